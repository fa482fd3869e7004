package dev.daveloper.http.jetty;

import dev.daveloper.http.HttpTimes;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.NegotiatingServerConnection;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.jspecify.annotations.Nullable;

/**
 * Cuts connections that hold a place without using it, however busy they look: whose request does not become complete,
 * whose TLS is not agreed on, or that do not take what is written to them. An HTTP/2 connection may go without a
 * request for as long as any may be idle. What it finds it finds at most an eighth too late.
 */
final class SlowClients extends AbstractLifeCycle implements Connection.Listener {
    private static final int LOOKS = 8;

    private final Duration headers;
    private final Duration idle;
    private final Duration pause;
    private final Map<Connection, Watched> connections = new ConcurrentHashMap<>();
    private final Set<PacedResponse> responses = ConcurrentHashMap.newKeySet();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private @Nullable Thread watcher;

    SlowClients(HttpTimes times) {
        this.headers = times.headers();
        this.idle = times.idle();
        Duration shortest = headers.compareTo(times.sendStuck()) < 0 ? headers : times.sendStuck();
        this.pause = shortest.dividedBy(LOOKS);
    }

    @Override
    public void onOpened(Connection connection) {
        if (connection instanceof ConnectionMetaData || connection instanceof NegotiatingServerConnection) {
            connections.put(connection, new Watched(connection));
        }
    }

    @Override
    public void onClosed(Connection connection) {
        connections.remove(connection);
    }

    /** This request is being handled from now on, and this response made, until it is complete. */
    void handling(Request request, PacedResponse response) {
        // Once for a request, not for each write: a stream of deltas shares nothing with the others.
        responses.add(response);
        Request.addCompletionListener(request, failure -> responses.remove(response));
        Watched watched = connections.get(request.getConnectionMetaData().getConnection());
        if (watched != null) {
            watched.began();
            Request.addCompletionListener(request, failure -> watched.ended());
        }
    }

    @Override
    protected void doStart() {
        watcher = Thread.ofVirtual().name("slow-clients").start(this::watch);
    }

    @Override
    protected void doStop() throws InterruptedException {
        stopped.countDown();
        Thread running = watcher;
        if (running != null) {
            running.join();
        }
    }

    private void watch() {
        try {
            while (!stopped.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                long now = System.nanoTime();
                connections.values().forEach(watched -> watched.look(now));
                responses.forEach(response -> response.look(now));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A connection. Its clock runs from its start, and from the first byte of what may become a request. */
    private final class Watched {
        private final Connection connection;
        private int underWay;
        private long bytes;
        private long requests;
        private boolean running = true;
        private boolean told;
        private long since = System.nanoTime();

        private Watched(Connection connection) {
            this.connection = connection;
            this.requests = connection.getMessagesIn();
        }

        private synchronized void began() {
            underWay++;
        }

        private synchronized void ended() {
            underWay--;
            reset(System.nanoTime());
        }

        private synchronized void look(long now) {
            if (underWay > 0) {
                return;
            }
            if (connection.getMessagesIn() != requests) {
                reset(now);
            } else if (!running && connection.getBytesIn() != bytes) {
                running = true;
                since = now;
            } else if (running && now - since > allowed().toNanos()) {
                cut();
            }
        }

        private void reset(long now) {
            requests = connection.getMessagesIn();
            bytes = connection.getBytesIn();
            running = isShared();
            since = now;
        }

        /** One that carries several requests at a time does not tell when the next of them begins. */
        private boolean isShared() {
            return connection instanceof ConnectionMetaData known && known.getHttpVersion() == HttpVersion.HTTP_2;
        }

        private Duration allowed() {
            return isShared() ? idle : headers;
        }

        /** One that is shared is told so first, so that a request on its way is sent again on another. */
        private void cut() {
            if (isShared() && !told) {
                told = true;
                connection.close();
            } else {
                connection.getEndPoint().close();
            }
        }
    }
}
