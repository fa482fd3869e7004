package dev.daveloper.redis;

import dev.daveloper.redis.CommandListener.Result;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.protocol.RedisCommand;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells of every command, from its sending until its answer. Safe for use by many threads. */
final class HeardCommands {
    private volatile @Nullable CommandListener listener;

    /** Tells this one of the commands that begin from now on. */
    void tell(CommandListener told) {
        listener = told;
    }

    /** Sends a command, whose own name is told. */
    <T> CompletionStage<T> send(Supplier<? extends CompletionStage<T>> sending) {
        return send("", sending);
    }

    /** @param name what is told; empty for the command's own */
    <T> CompletionStage<T> send(String name, Supplier<? extends CompletionStage<T>> sending) {
        CommandListener told = listener;
        if (told == null) {
            return sending.get();
        }
        told.began();
        long startedAt = System.nanoTime();
        CompletionStage<T> answer;
        try {
            answer = sending.get();
        } catch (RuntimeException e) {
            told.ended(name.isEmpty() ? CommandListener.OTHER : name, result(e), System.nanoTime() - startedAt);
            throw e;
        }
        String known = name.isEmpty() ? nameOf(answer) : name;
        // The answer itself goes on: who waits for it is to see its own failure, not one that holds it.
        var unused = answer.whenComplete((said, failure) ->
                told.ended(known, failure == null ? Result.OK : result(failure), System.nanoTime() - startedAt));
        return answer;
    }

    private static String nameOf(CompletionStage<?> answer) {
        return answer instanceof RedisCommand<?, ?, ?> command
                ? command.getType().toString()
                : CommandListener.OTHER;
    }

    private static Result result(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return switch (cause) {
            case RedisCommandTimeoutException late -> Result.TIMEOUT;
            case RedisCommandExecutionException refused -> Result.ERROR;
            default -> Result.AWAY;
        };
    }
}
