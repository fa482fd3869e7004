package dev.daveloper.http.sockets;

import dev.daveloper.domain.sessions.SessionId;
import java.util.Optional;

/** What is said on one WebSocket. It is closed with its socket; any thread may do that. */
public interface Dialogue extends AutoCloseable {
    /** Hears a message; the next one is read when this has returned. */
    void onMessage(String text) throws InterruptedException;

    /** Whose socket it is, once that is proved. From any thread. */
    Optional<SessionId> sessionId();

    @Override
    void close();
}
