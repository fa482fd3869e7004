package dev.daveloper.embedded;

import java.util.List;

/** A thread that reads, on a connection that cannot write. Sees whatever was committed before it began. */
final class Reader implements Runnable {
    private final SqliteConnection connection;
    private final Inbox inbox;

    Reader(SqliteConnection connection, Inbox inbox) {
        this.connection = connection;
        this.inbox = inbox;
    }

    /** Ends when the inbox is closed and all its jobs are answered. */
    @Override
    public void run() {
        for (List<Job<?>> jobs = inbox.take(1); !jobs.isEmpty(); jobs = inbox.take(1)) {
            Job<?> job = jobs.getFirst();
            if (job.claim()) {
                job.succeedsOn(connection);
                job.answer();
            }
        }
    }
}
