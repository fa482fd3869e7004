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
            switch (e.getCause()) {
                case CannotStart known -> throw known;
                case RuntimeException unexpected -> throw unexpected;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(e);
            }
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
