package dev.daveloper.http.graphql;

import java.time.Duration;

/** Where the events of one subscription come from. One thread pulls at a time, any may close it. */
interface EventSource extends AutoCloseable {
    /**
     * The next event, waiting for it no longer than this.
     *
     * @throws dev.daveloper.domain.failures.GatewayException when nothing more can be had
     */
    Pulled next(Duration patience) throws InterruptedException;

    /** Lets go of what is followed, at once. */
    @Override
    void close();

    /** What one pull gives. */
    sealed interface Pulled {}

    /**
     * @param value of which the fields below the subscription are asked
     * @param last whether nothing comes behind it
     */
    record Event(Object value, boolean last) implements Pulled {}

    /** Nothing came within the puller's patience; something may. */
    enum Quiet implements Pulled {
        QUIET
    }

    /** Nothing more will come. */
    enum Ended implements Pulled {
        ENDED
    }
}
