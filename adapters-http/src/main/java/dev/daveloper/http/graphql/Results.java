package dev.daveloper.http.graphql;

import graphql.ExecutionResult;
import java.time.Duration;

/** What an operation gives: one result, or one for each event. One thread pulls at a time, any may close it. */
interface Results extends AutoCloseable {
    /** The next result, waiting for it no longer than this. */
    Pulled next(Duration patience) throws InterruptedException;

    @Override
    void close();

    /** What one pull gives. */
    sealed interface Pulled {}

    /**
     * @param result without data when it is the failure of the whole
     * @param last whether nothing comes behind it
     */
    record Next(ExecutionResult result, boolean last) implements Pulled {}

    /** Nothing came within the puller's patience; something may. */
    enum Quiet implements Pulled {
        QUIET
    }

    /** Nothing more will come. */
    enum Ended implements Pulled {
        ENDED
    }

    /** This one alone. */
    static Results of(ExecutionResult result) {
        return new Results() {
            private boolean given;

            @Override
            public Pulled next(Duration patience) {
                boolean before = given;
                given = true;
                return before ? Ended.ENDED : new Next(result, true);
            }

            @Override
            public void close() {
                given = true;
            }
        };
    }
}
