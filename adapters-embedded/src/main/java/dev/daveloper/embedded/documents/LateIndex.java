package dev.daveloper.embedded.documents;

import java.util.Collection;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * An index that is made once, when it is first wanted or when there is time for it: making one of the documentation
 * takes longer than everything else that a gateway needs to begin. Safe for use by many threads.
 */
public final class LateIndex implements AutoCloseable {
    private final FutureTask<PassageIndex> making;
    private volatile boolean begun;

    private LateIndex(FutureTask<PassageIndex> making) {
        this.making = making;
    }

    /** @param documents asked for when it is made */
    public static LateIndex of(Supplier<? extends Collection<SourceDocument>> documents) {
        return new LateIndex(new FutureTask<>(() -> PassageIndex.of(documents.get())));
    }

    /** One that is there; whoever opened it closes it. */
    public static LateIndex ready(PassageIndex index) {
        LateIndex ready = new LateIndex(new FutureTask<>(() -> index));
        ready.making.run();
        return ready;
    }

    /** Has it made by a thread of its own, unless somebody did. Returns at once. */
    public void begin() {
        begun = true;
        Thread.ofPlatform().daemon().name("library-index").start(making);
    }

    /**
     * The index. Makes it, or waits for whoever does, about a second; who is interrupted meanwhile stays interrupted.
     *
     * @throws IllegalStateException when it cannot be made
     */
    public PassageIndex get() {
        begun = true;
        making.run();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return making.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("the documentation cannot be searched", e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Closes what was made, if anything could be. To be called when nobody asks for it any more. */
    @Override
    public void close() {
        if (!begun) {
            return;
        }
        PassageIndex made;
        try {
            made = get();
        } catch (IllegalStateException e) {
            // Whoever asked was told, and whoever closes has more to close.
            return;
        }
        made.close();
    }
}
