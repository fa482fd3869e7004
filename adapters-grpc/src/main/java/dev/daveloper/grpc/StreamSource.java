package dev.daveloper.grpc;

import java.time.Duration;
import java.util.function.Consumer;

/** Where the messages of an answer come from. One thread pulls, any thread may close. */
public interface StreamSource<A> extends AutoCloseable {
    /**
     * Gives what comes next, waiting for it no longer than this; nothing when nothing came.
     *
     * @return whether more may come
     */
    boolean next(Duration patience, Consumer<A> messages) throws InterruptedException;

    /** Nobody wants more. Idempotent; a pull that waits returns soon. */
    @Override
    void close();
}
