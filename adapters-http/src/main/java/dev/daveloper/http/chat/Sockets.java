package dev.daveloper.http.chat;

import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.http.SocketListener;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** The WebSockets of this process, and whose they are. Safe for use by many threads. */
final class Sockets implements AutoCloseable {
    private final Semaphore places;
    private final int maxPerSession;
    private final Duration closeGrace;
    private final SocketListener listener;
    private final Set<ChatSocket> open = ConcurrentHashMap.newKeySet();
    private final Map<SessionId, Set<ChatSocket>> bySession = new ConcurrentHashMap<>();
    private volatile boolean closed;

    Sockets(int maxSockets, int maxPerSession, Duration closeGrace, SocketListener listener) {
        this.places = new Semaphore(maxSockets);
        this.maxPerSession = maxPerSession;
        this.closeGrace = closeGrace;
        this.listener = listener;
    }

    /** Takes the socket in, or closes it when there is no place. */
    void enter(ChatSocket socket) {
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
    boolean belongs(ChatSocket socket, SessionId session) {
        Set<ChatSocket> own = bySession.compute(session, (id, known) -> {
            Set<ChatSocket> sockets = known == null ? Set.of() : known;
            if (sockets.size() >= maxPerSession) {
                return sockets;
            }
            Set<ChatSocket> more = new HashSet<>(sockets);
            more.add(socket);
            return Set.copyOf(more);
        });
        return own.contains(socket);
    }

    void leave(ChatSocket socket) {
        if (open.remove(socket)) {
            places.release();
            listener.closed();
        }
        socket.sessionId()
                .ifPresent(session -> bySession.computeIfPresent(session, (id, sockets) -> {
                    Set<ChatSocket> fewer = new HashSet<>(sockets);
                    fewer.remove(socket);
                    return fewer.isEmpty() ? null : Set.copyOf(fewer);
                }));
    }

    /** Closes the sockets of a session. */
    void closeSession(SessionId session, CloseCode why) {
        for (ChatSocket socket : open) {
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
        long until = System.nanoTime() + closeGrace.multipliedBy(2).toNanos();
        try {
            for (ChatSocket socket : open) {
                socket.awaitEnd(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
