package dev.daveloper.http;

import dev.daveloper.domain.sessions.SessionId;

/** What a WebSocket tells its session without being asked. Safe for use by many threads. */
@FunctionalInterface
public interface SocketFeed {
    /** Tells the session's events from now on, on threads of its own, for as long as somebody listens. */
    Telling tell(SessionId session, Listener listener);

    /** Whoever sits on the other side of the socket. */
    @FunctionalInterface
    interface Listener {
        /** Takes one message, a JSON object; answers false when nothing more will be taken. */
        boolean take(String message) throws InterruptedException;
    }

    /** What is told on one socket, until it is closed. */
    interface Telling extends AutoCloseable {
        /** Tells no more; interrupts who is about to. */
        @Override
        void close();
    }
}
