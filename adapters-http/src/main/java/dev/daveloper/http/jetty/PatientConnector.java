package dev.daveloper.http.jetty;

import dev.daveloper.http.security.LineBudget;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes on accepting when it cannot, such as when the process may open no more files: it waits for a while, and a line a
 * minute says so.
 */
final class PatientConnector extends ServerConnector {
    private static final Logger LOG = LoggerFactory.getLogger(PatientConnector.class);
    private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);

    private final LineBudget lines = new LineBudget(1, BETWEEN_LINES, System::nanoTime);

    PatientConnector(Server server, ConnectionFactory... factories) {
        super(server, factories);
    }

    @Override
    protected boolean handleAcceptFailure(Throwable failure) {
        if (failure instanceof ClosedChannelException) {
            // It is closed for good: the server stops.
            return false;
        }
        boolean interrupted = failure instanceof InterruptedException || failure instanceof InterruptedIOException;
        if (interrupted || !isRunning()) {
            return super.handleAcceptFailure(failure);
        }
        if (lines.take().isPresent()) {
            LOG.warn("no connection can be accepted, it is tried again and again: {}", failure.toString());
        }
        try {
            Thread.sleep(BETWEEN_TRIES);
            return true;
        } catch (InterruptedException e) {
            return super.handleAcceptFailure(e);
        }
    }
}
