package dev.daveloper.http;

import java.time.Duration;

/** Where the events of one stream come from. The thread that writes the stream pulls them, one at a time. */
public interface SseSource {
    /**
     * The next event, waiting for it no longer than this.
     *
     * @throws dev.daveloper.domain.failures.GatewayException when nothing more can be had; the stream ends, so that its
     *     viewer comes back
     */
    Pulled next(Duration patience) throws InterruptedException;

    /** What one pull gives. */
    sealed interface Pulled {}

    /**
     * @param bytes the event as it is written, with the blank line that ends it; not changed afterwards
     * @param last whether the stream ends with it
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Event(byte[] bytes, boolean last) implements Pulled {}

    /** Nothing came within the puller's patience; something may. */
    enum Quiet implements Pulled {
        QUIET
    }

    /** Nothing more will come. */
    enum Ended implements Pulled {
        ENDED
    }
}
