package dev.daveloper.embedded;

/**
 * How a database is doing at the moment.
 *
 * @param writes the queue of what is to be written
 * @param reads the queue of what is to be read; in memory the same one
 * @param bytes what its files take, the write-ahead log included; 0 in memory
 * @param failedCommits transactions that were rolled back, since it was opened
 */
public record SqliteStats(QueueOf writes, QueueOf reads, long bytes, long failedCommits) {
    /**
     * @param waiting for their turn at the moment
     * @param limit how many may
     * @param refused how many were refused since it was opened, because there was no room or their turn did not come
     */
    public record QueueOf(int waiting, int limit, long refused) {}
}
