package dev.daveloper.http;

import dev.daveloper.domain.sessions.SessionId;

/** What a WebSocket tells its session without being asked. */
@FunctionalInterface
public interface SocketFeed {
    /**
     * Tells the session's events for as long as somebody listens; runs on a thread of the socket's own, which is
     * interrupted when the socket ends.
     */
    void tell(SessionId session, Listener listener) throws InterruptedException;

    /** Whoever sits on the other side of the socket. */
    @FunctionalInterface
    interface Listener {
        /** Takes one message, a JSON object; answers false when nothing more will be taken. */
        boolean take(String message) throws InterruptedException;
    }
}
