package dev.daveloper.http.chat;

import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.http.SocketFeed;
import dev.daveloper.http.sockets.SocketWriter;
import org.jspecify.annotations.Nullable;

/** What one WebSocket tells without being asked. Safe for use by many threads. */
final class FeedFollow implements AutoCloseable {
    private final SocketFeed feed;
    private final SocketWriter writer;
    private SocketFeed.@Nullable Telling telling;
    private boolean closed;

    FeedFollow(SocketFeed feed, SocketWriter writer) {
        this.feed = feed;
        this.writer = writer;
    }

    /** Begins, unless it has begun or the socket has ended. */
    synchronized void start(SessionId session) {
        if (!closed && telling == null) {
            telling = feed.tell(session, writer::send);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (telling != null) {
            telling.close();
        }
    }
}
