package dev.daveloper.embedded;

import java.util.concurrent.atomic.LongAdder;

/** What became of a database's transactions. Written by its one writer, read by many threads. */
final class Commits {
    private final LongAdder failed = new LongAdder();
    private volatile CommitListener listener = CommitListener.NONE;

    /** Tells this one of the commits from now on. */
    void tell(CommitListener told) {
        listener = told;
    }

    void done(int writes, long nanos) {
        listener.committed(writes, nanos);
    }

    void failed() {
        failed.increment();
    }

    /** How many were rolled back. */
    long failures() {
        return failed.sum();
    }
}
