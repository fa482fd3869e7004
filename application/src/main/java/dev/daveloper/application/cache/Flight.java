package dev.daveloper.application.cache;

import dev.daveloper.application.cache.in.Caching.Answer;
import dev.daveloper.domain.failures.AtCapacity;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Something that one caller has made for all who ask for it meanwhile. */
final class Flight {
    private final CompletableFuture<Answer> landing = new CompletableFuture<>();

    void landed(Answer answer) {
        landing.complete(answer);
    }

    void failed(Throwable failure) {
        landing.completeExceptionally(failure);
    }

    /**
     * What was made.
     *
     * @throws AtCapacity when it is not ready in time
     * @throws RuntimeException what went wrong when it was made
     */
    Answer await(Duration patience) throws InterruptedException {
        try {
            return landing.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw AtCapacity.waiting();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("what was to be kept could not be made", e.getCause());
        }
    }
}
