package dev.daveloper.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Threads that do something together; what one of them fails with is thrown where they are waited for. */
final class Together {
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    interface Part {
        void run() throws Exception;
    }

    /** @param virtual for thousands; a thread of the system's own is woken sooner */
    void start(boolean virtual, Part part) {
        Thread.Builder builder = virtual ? Thread.ofVirtual() : Thread.ofPlatform();
        threads.add(builder.start(() -> {
            try {
                part.run();
            } catch (Exception e) {
                failure.compareAndSet(null, e);
            }
        }));
    }

    boolean hasFailed() {
        return failure.get() != null;
    }

    void join() throws Exception {
        for (Thread thread : threads) {
            thread.join();
        }
        if (hasFailed()) {
            throw failure.get();
        }
    }
}
