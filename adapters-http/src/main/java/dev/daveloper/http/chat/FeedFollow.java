package dev.daveloper.http.chat;

import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.http.SocketFeed;
import dev.daveloper.http.sockets.SocketWriter;
import org.jspecify.annotations.Nullable;

/** What one WebSocket tells without being asked, on a virtual thread of its own. Safe for use by many threads. */
final class FeedFollow implements AutoCloseable {
    private final SocketFeed feed;
    private final SocketWriter writer;
    private @Nullable Thread thread;
    private boolean closed;

    FeedFollow(SocketFeed feed, SocketWriter writer) {
        this.feed = feed;
        this.writer = writer;
    }

    /** Begins, unless it has begun or the socket has ended. */
    synchronized void start(SessionId session) {
        if (!closed && thread == null) {
            thread = Thread.ofVirtual().name("socket-feed").start(() -> tell(session));
        }
    }

    private void tell(SessionId session) {
        try {
            feed.tell(session, writer::send);
        } catch (InterruptedException e) {
            // The socket is closed, and this thread ends with it.
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (thread != null) {
            thread.interrupt();
        }
    }
}
