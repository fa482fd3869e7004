package dev.daveloper.redis.cache;

import dev.daveloper.domain.failures.StoreUnavailable;
import io.lettuce.core.RedisCommandExecutionException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks Redis for no longer than a cache may cost. One that did not answer is left alone for a while and then asked by a
 * single caller, so that one that is frozen costs one caller in that time, and not each. Safe for use by many threads.
 */
final class Asking {
    /** So long one that did not answer is left alone. */
    static final Duration LEFT_ALONE = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(Asking.class);

    private final Duration wait;
    private final AtomicLong againAtNanos = new AtomicLong();
    private volatile boolean away;

    /** @param wait for an answer */
    Asking(Duration wait) {
        this.wait = wait;
    }

    /** One or several commands whose answers are waited for. */
    interface Question<R> {
        /** @throws StoreUnavailable when the answer is not there in time */
        R answer(Deadline deadline);
    }

    /** @param atNanos by {@link System#nanoTime} */
    record Deadline(long atNanos) {
        Duration left() {
            return Duration.ofNanos(Math.max(0, atNanos - System.nanoTime()));
        }
    }

    /** Whether it did not answer when it was asked last. */
    boolean isAway() {
        return away;
    }

    /** Empty when there was no answer in time, or it is left alone at the moment. */
    <R> Optional<R> ask(Question<R> question) {
        return ask(wait, question);
    }

    /** As {@link #ask(Question)}, for what nobody's request waits for. */
    <R> Optional<R> ask(Duration within, Question<R> question) {
        if (!mayAsk()) {
            return Optional.empty();
        }
        try {
            R answer = question.answer(new Deadline(System.nanoTime() + within.toNanos()));
            away = false;
            return Optional.of(answer);
        } catch (StoreUnavailable e) {
            if (isSilence(e)) {
                againAtNanos.set(System.nanoTime() + LEFT_ALONE.toNanos());
                away = true;
            }
            return Optional.empty();
        } catch (IllegalStateException e) {
            LOG.warn("the cache was refused something", e);
            return Optional.empty();
        }
    }

    /** One that is away is asked by whoever comes first when its time has come. */
    private boolean mayAsk() {
        if (!away) {
            return true;
        }
        long again = againAtNanos.get();
        long now = System.nanoTime();
        return now - again >= 0 && againAtNanos.compareAndSet(again, now + LEFT_ALONE.toNanos());
    }

    /** One that says no has answered, and who was interrupted did not wait long enough to know. */
    private static boolean isSilence(StoreUnavailable e) {
        return !(e.getCause() instanceof RedisCommandExecutionException)
                && !(e.getCause() instanceof InterruptedException);
    }
}
