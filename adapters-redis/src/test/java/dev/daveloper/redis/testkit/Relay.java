package dev.daveloper.redis.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * Stands between a client and a server, on a port of its own of the loopback address, and is the network that fails.
 * Every link has two virtual threads, which end with it; {@link #close()} ends all. Safe for use by many threads.
 */
public final class Relay implements AutoCloseable {
    private static final int MAX_END_SECONDS = 10;
    private static final int MAX_PORTS_TRIED = 5;
    private static final int BACKLOG = 50;

    private final int target;
    private final Optional<SSLContext> tls;
    private final Gate toServer = new Gate();
    private final Gate toClient = new Gate();
    private final Set<RelayLink> links = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final int port;
    /** Closed while new connections are refused; guarded by this, as is who stands at it. */
    private ServerSocket door;

    private Future<?> porter;

    private Relay(int target, Optional<SSLContext> tls) {
        this.target = target;
        this.tls = tls;
        this.door = openAnywhere();
        this.port = door.getLocalPort();
        this.porter = welcome(door);
    }

    /** Passes bytes on as they are. */
    public static Relay to(int target) {
        return new Relay(target, Optional.empty());
    }

    /** Speaks TLS with the client, such as {@link TlsIdentity#context()} lets it, and plainly with the server. */
    public static Relay tls(int target, SSLContext context) {
        return new Relay(target, Optional.of(context));
    }

    public int port() {
        return port;
    }

    /** {@code redis://127.0.0.1:PORT}, or {@code rediss:} for TLS. */
    public String url() {
        return (tls.isPresent() ? "rediss" : "redis") + "://127.0.0.1:" + port;
    }

    /** How many connections there are. */
    public int connections() {
        return links.size();
    }

    /** How many connections there have been. */
    public int accepted() {
        return accepted.get();
    }

    /** Ends every connection that there is; new ones are taken. What was not passed on yet is lost. */
    public void cut() {
        for (RelayLink link : List.copyOf(links)) {
            link.cut();
            // Its threads do so too, but may be held by a stall.
            links.remove(link);
        }
    }

    /**
     * Whether new connections are refused, as by a machine on which nothing listens. Those that exist go on.
     *
     * @throws UncheckedIOException if another took the port meanwhile
     */
    public synchronized void refuse(boolean now) {
        try {
            if (now) {
                door.close();
                // The system takes connections until nobody waits for one.
                porter.get(MAX_END_SECONDS, TimeUnit.SECONDS);
            } else if (door.isClosed()) {
                door = open(port);
                porter = welcome(door);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (ExecutionException | TimeoutException failed) {
            throw new IllegalStateException("port " + port + " is still open", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while port " + port + " was closed", interrupted);
        }
    }

    /**
     * Whether no byte is passed on in either direction, nor that a side has ended; connections are kept, and new ones
     * taken.
     */
    public void stall(boolean now) {
        toServer.shut(now);
        toClient.shut(now);
    }

    /** Whether answers are held back: the server does what it is asked, and the client does not learn it. */
    public void stallReplies(boolean now) {
        toClient.shut(now);
    }

    private static ServerSocket openAnywhere() {
        for (int tried = 1; ; tried++) {
            try {
                return open(FreePort.any());
            } catch (IOException taken) {
                if (tried == MAX_PORTS_TRIED) {
                    throw new UncheckedIOException(taken);
                }
            }
        }
    }

    private static ServerSocket open(int port) throws IOException {
        ServerSocket opened = new ServerSocket();
        try {
            opened.setReuseAddress(true);
            opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
            return opened;
        } catch (IOException taken) {
            opened.close();
            throw taken;
        }
    }

    private Future<?> welcome(ServerSocket door) {
        return threads.submit(() -> {
            while (!door.isClosed()) {
                try {
                    link(door.accept());
                } catch (IOException closed) {
                    // The condition of the loop says whether that was the door or one connection.
                }
            }
        });
    }

    /** A server that cannot be reached costs the client its connection, as it would without a relay. */
    private void link(Socket client) throws IOException {
        accepted.incrementAndGet();
        try {
            Socket plain = tls.isPresent() ? serving(client, tls.get()) : client;
            RelayLink link = new RelayLink(client, Resp.connect(target), toServer, toClient);
            links.add(link);
            start(link, () -> link.passRequests(plain));
            start(link, () -> link.passReplies(plain));
        } catch (IOException unreachable) {
            client.close();
        }
    }

    private void start(RelayLink link, Runnable direction) {
        threads.execute(() -> {
            try {
                direction.run();
            } finally {
                links.remove(link);
            }
        });
    }

    private static SSLSocket serving(Socket client, SSLContext context) throws IOException {
        SSLSocket over =
                (SSLSocket) context.getSocketFactory().createSocket(client, "127.0.0.1", client.getPort(), true);
        over.setUseClientMode(false);
        return over;
    }

    /**
     * Ends every connection and every thread.
     *
     * @throws IllegalStateException if one has not ended after 10 seconds
     */
    @Override
    public void close() {
        refuse(true);
        threads.shutdownNow();
        cut();
        try {
            if (!threads.awaitTermination(MAX_END_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a relay's thread has not ended after " + MAX_END_SECONDS + " s");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
