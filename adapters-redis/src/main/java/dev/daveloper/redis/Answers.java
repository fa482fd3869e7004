package dev.daveloper.redis;

import dev.daveloper.domain.failures.StoreUnavailable;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** Waits for answers, and says in our words what became of them. Safe for use by many threads. */
final class Answers {
    /** Beyond the time for a command: Lettuce ends those that take too long itself. */
    private static final Duration MARGIN = Duration.ofMillis(500);

    private final Connection connection;
    private final Duration command;
    private final AtomicLong refusedAtNanos;

    /**
     * @param connection is told whether something was heard
     * @param command what a command may take
     * @param refusedAtNanos where refusals are noted, by {@link System#nanoTime}
     */
    Answers(Connection connection, Duration command, AtomicLong refusedAtNanos) {
        this.connection = connection;
        this.command = command;
        this.refusedAtNanos = refusedAtNanos;
    }

    /** When a call was refused last because Redis was away, or {@link Redis#NEVER}. */
    long refusedAtNanos() {
        return refusedAtNanos.get();
    }

    /** As long as a command may take. */
    <T> T await(CompletionStage<T> answer) {
        try {
            return answered(answer, command.plus(MARGIN).toNanos());
        } catch (TimeoutException e) {
            connection.notHeard();
            throw unavailable(e);
        }
    }

    /** No longer than this; an answer that is only late says nothing of the connection. */
    <T> T await(CompletionStage<T> answer, Duration patience) {
        try {
            return answered(answer, patience.toNanos());
        } catch (TimeoutException e) {
            throw new StoreUnavailable(e);
        }
    }

    private <T> T answered(CompletionStage<T> answer, long nanos) throws TimeoutException {
        try {
            T said = answer.toCompletableFuture().get(nanos, TimeUnit.NANOSECONDS);
            connection.heard();
            return said;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailable(e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw translated(cause == null ? e : cause);
        } catch (CancellationException e) {
            throw unavailable(e);
        }
    }

    private RuntimeException translated(Throwable cause) {
        if (cause instanceof RedisCommandTimeoutException) {
            connection.notHeard();
        } else if (cause instanceof RedisCommandExecutionException) {
            connection.heard();
        }
        return connection.isClosed() || Absence.isOne(cause)
                ? unavailable(cause)
                : new IllegalStateException("Redis refused a command: " + cause.getMessage(), cause);
    }

    /** Notes that a call is refused because Redis is away. */
    StoreUnavailable unavailable(Throwable cause) {
        refusedAtNanos.set(System.nanoTime());
        return new StoreUnavailable(cause);
    }
}
