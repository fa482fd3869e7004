package dev.daveloper.application.cache;

import dev.daveloper.application.cache.in.Caching.Answer;
import dev.daveloper.application.cache.out.Cache.Ticket;
import dev.daveloper.domain.cache.CacheKey;
import dev.daveloper.domain.cache.Tag;
import dev.daveloper.domain.failures.AtCapacity;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Something that one caller has made for all who ask for it meanwhile. */
final class Flight {
    private final Set<Tag> tags;
    private final CompletableFuture<Answer> landing = new CompletableFuture<>();

    /** @param tags what it is made from */
    Flight(Set<Tag> tags) {
        this.tags = tags;
    }

    /**
     * What is made for whom: whoever asks after a change does not join those who asked before it.
     *
     * @param ticket how the tags stood; empty while nobody knows
     */
    record Name(CacheKey key, Optional<Ticket> ticket) {}

    boolean isMadeFrom(Set<Tag> changed) {
        return !Collections.disjoint(tags, changed);
    }

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
