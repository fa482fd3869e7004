package dev.daveloper.redis;

/**
 * Hears of every command that stores, limits and the cache send, on the threads that send them and on those of the
 * connections, which it must not block.
 */
public interface CommandListener {
    /** What stands for a command whose name is not known, because it was refused before it was one. */
    String OTHER = "OTHER";

    /** What became of a command. */
    enum Result {
        /** Redis answered. */
        OK,
        /** Redis said that it does not do it. */
        ERROR,
        /** There was no answer in time. */
        TIMEOUT,
        /** The connection was not there, broke or was full. */
        AWAY
    }

    /** A command is about to be sent. */
    void began();

    /**
     * What came of it; once for each that began. Whoever waited may have given up before.
     *
     * @param command in upper case as Redis calls it, or the script's name in lower case, with its folder, such as
     *     {@code chat/append}; all come from us, so there are some thirty
     * @param nanos until it was answered, the wait for those before it included
     */
    void ended(String command, Result result, long nanos);
}
