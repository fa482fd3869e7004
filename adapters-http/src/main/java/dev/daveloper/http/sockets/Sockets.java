package dev.daveloper.http.sockets;

import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.http.HttpLimits;
import dev.daveloper.http.HttpTimes;
import dev.daveloper.http.SocketListener;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** The WebSockets of this process, and whose they are. Safe for use by many threads. */
public final class Sockets implements AutoCloseable {
    private final Semaphore places;
    private final int maxPerSession;
    private final HttpTimes times;
    private final SocketListener listener;
    private final SocketTimer timer = new SocketTimer();
    private final Set<OpenSocket> open = ConcurrentHashMap.newKeySet();
    private final Map<SessionId, Set<OpenSocket>> bySession = new ConcurrentHashMap<>();
    private volatile boolean closed;

    public Sockets(HttpLimits limits, HttpTimes times, SocketListener listener) {
        this.places = new Semaphore(limits.maxSockets());
        this.maxPerSession = limits.maxSocketsPerSession();
        this.times = times;
        this.listener = listener;
    }

    HttpTimes times() {
        return times;
    }

    SocketTimer timer() {
        return timer;
    }

    /** Takes the socket in, or closes it when there is no place. */
    void enter(OpenSocket socket) {
        if (!places.tryAcquire()) {
            socket.close(CloseCode.TOO_MANY);
            return;
        }
        open.add(socket);
        listener.opened();
        if (closed) {
            socket.close(CloseCode.GOING_AWAY);
        }
    }

    /** Notes whose the socket is; answers false when the session has as many as it may have. */
    public boolean belongs(OpenSocket socket, SessionId session) {
        Set<OpenSocket> own = bySession.compute(session, (id, known) -> {
            Set<OpenSocket> sockets = known == null ? Set.of() : known;
            if (sockets.size() >= maxPerSession) {
                return sockets;
            }
            Set<OpenSocket> more = new HashSet<>(sockets);
            more.add(socket);
            return Set.copyOf(more);
        });
        return own.contains(socket);
    }

    void leave(OpenSocket socket) {
        if (open.remove(socket)) {
            places.release();
            listener.closed();
        }
        socket.sessionId()
                .ifPresent(session -> bySession.computeIfPresent(session, (id, sockets) -> {
                    Set<OpenSocket> fewer = new HashSet<>(sockets);
                    fewer.remove(socket);
                    return fewer.isEmpty() ? null : Set.copyOf(fewer);
                }));
    }

    /** Closes the sockets of a session. */
    public void closeSession(SessionId session, Closing why) {
        for (OpenSocket socket : open) {
            if (socket.sessionId().filter(session::equals).isPresent()) {
                socket.close(why);
            }
        }
    }

    /** Tells every viewer to reconnect, and waits a moment for them to have heard it. */
    @Override
    public void close() {
        closed = true;
        open.forEach(socket -> socket.close(CloseCode.GOING_AWAY));
        long until = System.nanoTime() + times.closeGrace().multipliedBy(2).toNanos();
        try {
            for (OpenSocket socket : open) {
                socket.awaitEnd(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            timer.close();
        }
    }
}
