package dev.daveloper.http.jetty;

import dev.daveloper.http.security.LineBudget;
import java.time.Duration;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bounds how many connections are open at once; what comes beyond that waits, and a line a minute says so. */
final class ConnectionBound extends NetworkConnectionLimit {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionBound.class);
    private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);

    private final LineBudget lines = new LineBudget(1, BETWEEN_LINES, System::nanoTime);

    ConnectionBound(int most, ServerConnector connector) {
        super(most, connector);
    }

    @Override
    protected void limit() {
        super.limit();
        if (lines.take().isPresent()) {
            LOG.warn("{} connections are open, as many as may be: further ones wait", getMaxNetworkConnectionCount());
        }
    }
}
