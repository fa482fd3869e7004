package dev.daveloper.bootstrap;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Something that is being opened on a thread of its own, while the program does something else. */
final class Beginning<T extends AutoCloseable> {
    private final FutureTask<T> task;
    private boolean taken;

    private Beginning(FutureTask<T> task) {
        this.task = task;
    }

    static <T extends AutoCloseable> Beginning<T> of(String name, Callable<T> opening) {
        FutureTask<T> task = new FutureTask<>(opening);
        Thread.ofPlatform().name("open-" + name).daemon().start(task);
        return new Beginning<>(task);
    }

    /** Waits until it is open; what failed there is thrown here. */
    T get() throws CannotStart, InterruptedException {
        try {
            T opened = task.get();
            taken = true;
            return opened;
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof CannotStart known) {
                throw known;
            }
            if (cause instanceof RuntimeException unexpected) {
                throw unexpected;
            }
            throw new IllegalStateException(cause);
        }
    }

    /** Closes what nobody waited for. */
    void closeUnlessTaken() {
        if (taken) {
            return;
        }
        try {
            task.get().close();
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
