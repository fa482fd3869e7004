package dev.daveloper.application.chat.out;

import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.Lease;
import dev.daveloper.domain.chat.LoggedEvent;
import dev.daveloper.domain.chat.RunRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The copy of every run's log outside the owner's memory: for viewers on other nodes, and for what is left when the
 * owner is gone. It is written in batches, a moment behind the owner's own tail, and is a cache of the answer that
 * history keeps. Safe for use by many threads; throws {@link dev.daveloper.domain.failures.StoreUnavailable}.
 */
public interface RunLog {
    /**
     * Adds events behind all that is there. A batch is seen whole or not at all, and a batch that is added twice is
     * there once.
     *
     * @param batch in order, without gaps, of the lease's epoch; not empty
     */
    Appended append(Lease lease, List<LoggedEvent> batch);

    /** What came of {@link #append}. Only {@link Written} has changed anything. */
    sealed interface Appended {
        /**
         * All of the batch is in the log.
         *
         * @param followed whether somebody reads it from another node
         */
        record Written(boolean followed) implements Appended {}

        /**
         * The batch does not join on to what is there: the store has lost what was written before, as it may when a
         * copy of it takes over. The owner writes again from here on.
         *
         * @param topSeq the last seq of this epoch in the log, 0 for none
         */
        record Behind(long topSeq) implements Appended {}

        /** A higher epoch owns the run. */
        record Superseded() implements Appended {}

        /** The session's runs were forgotten, by its owner's wish. */
        record Cleared() implements Appended {}

        /** The store knows nothing of the run, and nobody wished so: see {@link RunStore#restore}. */
        record Lost() implements Appended {}
    }

    /** The events behind this cursor, oldest first. */
    Slice read(RunRef run, Cursor after, int maxEvents);

    /** A part of a log. */
    sealed interface Slice {
        /** Empty when nothing has come behind the cursor. */
        record Held(List<LoggedEvent> events) implements Slice {}

        /** There is no log of this run, or no longer. */
        record Gone() implements Slice {}
    }

    /**
     * Waits until there may be something behind this cursor, or patience ends. May return early for no reason. Whoever
     * waits counts as a viewer to the run's owner. Not called by a store that only one node writes to in the course of
     * a run, where viewers read the owner's tail.
     */
    void awaitMore(RunRef run, Cursor after, Duration patience) throws InterruptedException;

    /** Forgets the logs of runs that ended before this moment. */
    void forget(Instant endedBefore);
}
