package dev.daveloper.http.graphql;

import org.jspecify.annotations.Nullable;

/**
 * What one subscription follows. It is closed with the subscription, also when that is over before it has begun: a
 * source that is opened afterwards is closed at once. Safe for use by many threads.
 */
final class Followed implements AutoCloseable {
    private @Nullable PulledPublisher publisher;
    private boolean closed;

    /** Takes over the source, for the field that gives it. */
    synchronized PulledPublisher open(EventSource source) {
        PulledPublisher opened = new PulledPublisher(source);
        if (closed) {
            opened.close();
        }
        publisher = opened;
        return opened;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (publisher != null) {
            publisher.close();
        }
    }
}
