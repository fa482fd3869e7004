package dev.daveloper.embedded;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The one thread that writes. Whatever waits when it is free shares one transaction, so that many small writes cost one
 * commit. Each behind the first lies in a savepoint of its own, so that one that fails takes back its own changes only.
 */
final class Writer implements Runnable {
    private static final String BEGIN = "BEGIN IMMEDIATE";

    private final SqliteConnection connection;
    private final Inbox inbox;
    private final int writesPerCommit;
    private final Commits commits;

    Writer(SqliteConnection connection, Inbox inbox, int writesPerCommit, Commits commits) {
        this.connection = connection;
        this.inbox = inbox;
        this.writesPerCommit = writesPerCommit;
        this.commits = commits;
    }

    /** Ends when the inbox is closed and all its jobs are answered. */
    @Override
    public void run() {
        for (List<Job<?>> group = inbox.take(writesPerCommit); !group.isEmpty(); group = inbox.take(writesPerCommit)) {
            commit(group);
        }
    }

    private void commit(List<Job<?>> group) {
        List<Job<?>> taken = new ArrayList<>(group.size());
        List<Job<?>> claimed = new ArrayList<>(group.size());
        long beganAt = System.nanoTime();
        try {
            connection.update(BEGIN);
            // What has come while these were done goes with them.
            for (List<Job<?>> more = group; !more.isEmpty(); more = inbox.takeNow(writesPerCommit - taken.size())) {
                taken.addAll(more);
                doAll(more, claimed);
            }
            connection.update("COMMIT");
        } catch (Throwable e) {
            rollBack(e);
            taken.stream().filter(Job::claim).forEach(claimed::add);
            commits.failed();
            claimed.forEach(job -> job.fail(e));
            return;
        }
        commits.done(claimed.size(), System.nanoTime() - beganAt);
        claimed.forEach(Job::answer);
    }

    private void doAll(List<Job<?>> jobs, List<Job<?>> claimed) throws SQLException {
        for (Job<?> job : jobs) {
            if (job.claim()) {
                claimed.add(job);
                if (claimed.size() == 1) {
                    doFirst(job);
                } else {
                    doWithinSavepoint(job);
                }
            }
        }
    }

    /** There is nothing before it that would have to stay, should it fail. */
    private void doFirst(Job<?> job) throws SQLException {
        if (!job.succeedsOn(connection)) {
            connection.update("ROLLBACK");
            connection.update(BEGIN);
        }
    }

    private void doWithinSavepoint(Job<?> job) throws SQLException {
        connection.update("SAVEPOINT job");
        if (!job.succeedsOn(connection)) {
            connection.update("ROLLBACK TO job");
        }
        connection.update("RELEASE job");
    }

    /** After some errors SQLite has rolled back by itself, and says that there is nothing to roll back. */
    private void rollBack(Throwable cause) {
        try {
            connection.update("ROLLBACK");
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }
}
