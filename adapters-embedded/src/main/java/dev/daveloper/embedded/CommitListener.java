package dev.daveloper.embedded;

/** Hears of a database's commits, on the thread that writes, which it must not block. */
public interface CommitListener {
    /** Nobody hears. */
    CommitListener NONE = (writes, nanos) -> {};

    /**
     * A transaction is committed.
     *
     * @param writes how many shared it
     * @param nanos from its begin to its end, the work of all of them included
     */
    void committed(int writes, long nanos);
}
