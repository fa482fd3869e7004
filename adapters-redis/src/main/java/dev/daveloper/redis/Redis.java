package dev.daveloper.redis;

import dev.daveloper.domain.failures.StoreUnavailable;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.pubsub.RedisPubSubListener;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The way to Redis for all stores: commands of many callers on one connection, each of which waits for its own answer.
 * Connects in the background, again and again until it is closed; as long as there is no connection every call is
 * refused at once. Safe for use by many threads.
 */
public final class Redis implements AutoCloseable {
    /** No moment of {@link System#nanoTime}. */
    static final long NEVER = Long.MIN_VALUE;

    /** Beyond the time for a command: Lettuce ends those that take too long itself. */
    private static final Duration MARGIN = Duration.ofMillis(500);

    /** How long owners of runs have to put back what a server lost that came back without memory. */
    private static final Duration PUT_BACK_WITHIN = Duration.ofSeconds(10);

    private final RedisConfig config;
    private final Keys keys;
    private final Connection connection;
    private final AtomicLong refusedAtNanos = new AtomicLong(NEVER);

    Redis(RedisConfig config) {
        this.config = config;
        this.keys = new Keys(config.keeping().prefix());
        this.connection = new Connection(config, () -> refusedAtNanos.set(System.nanoTime()));
    }

    /** Connects in the background, and listens as soon as there is a connection. */
    void start(Listening listening) {
        connection.start(listening);
    }

    /** What is heard, and on which channels. */
    record Listening(RedisPubSubListener<byte[], byte[]> listener, List<String> channels) {}

    public RedisConfig config() {
        return config;
    }

    public Keys keys() {
        return keys;
    }

    /** What scripts measure by: empty for the clock of the server. */
    public byte[] moment() {
        return config.clock().map(clock -> bytes(clock.millis())).orElseGet(() -> new byte[0]);
    }

    /** Waits for the first connection no longer than this. */
    boolean awaitConnected(Duration patience) throws InterruptedException {
        return connection.awaitConnected(patience);
    }

    /** How long ago a call was refused last because Redis was away; empty when it never was. */
    public Optional<Duration> sinceRefusal() {
        return since(refusedAtNanos.get());
    }

    private static Optional<Duration> since(long atNanos) {
        return atNanos == NEVER ? Optional.empty() : Optional.of(Duration.ofNanos(System.nanoTime() - atNanos));
    }

    /**
     * To be called before somebody is told that a run is not there.
     *
     * @throws StoreUnavailable when a connection was lost or a call refused a moment ago: Redis may have come back
     *     without memory, and the run's owner is about to put it back
     */
    public void requireMemory() {
        if (Stream.of(since(connection.lostAtNanos()), sinceRefusal())
                .flatMap(Optional::stream)
                .anyMatch(since -> since.compareTo(PUT_BACK_WITHIN) < 0)) {
            throw new StoreUnavailable(new IllegalStateException("what is not there may be put back"));
        }
    }

    /** Runs the script and waits for its answer. */
    public Reply run(Script script, List<String> names, Object... values) {
        return send(script, names, values).await();
    }

    /** Sends the script and returns at once, so that several go in one round trip. */
    public Call<Reply> send(Script script, List<String> names, Object... values) {
        byte[][] keyBytes = bytes(names.toArray());
        byte[][] valueBytes = bytes(values);
        RedisClusterAsyncCommands<byte[], byte[]> commands = commands(Link::commands);
        return new Call<>(
                sent(() -> eval(commands, script, keyBytes, valueBytes)),
                () -> evalText(commands, script, keyBytes, valueBytes));
    }

    /**
     * Runs the script and waits for its answer, and for as many copies of what it wrote as are configured.
     *
     * @throws StoreUnavailable also when there are too few copies in time; the script has done its work then
     */
    public Reply runDurably(Script script, List<String> names, Object... values) {
        int copies = config.durability().copies();
        if (copies == 0) {
            return run(script, names, values);
        }
        byte[][] keyBytes = bytes(names.toArray());
        byte[][] valueBytes = bytes(values);
        long withinMillis = Math.min(
                config.durability().within().toMillis(),
                config.timeouts().command().toMillis());
        RedisClusterAsyncCommands<byte[], byte[]> commands = commands(chosen -> chosen.apart(keyBytes[0]));
        Call<Reply> call = new Call<>(
                sent(() -> eval(commands, script, keyBytes, valueBytes)),
                () -> evalText(commands, script, keyBytes, valueBytes));
        Reply reply = call.await();
        long copied = await(sent(() -> commands.waitForReplication(copies, withinMillis)));
        if (copied < copies) {
            throw unavailable(new IllegalStateException(copied + " of " + copies + " copies in time"));
        }
        return reply;
    }

    /** Sends a command and returns at once. */
    public <T> Call<T> send(Function<RedisClusterAsyncCommands<byte[], byte[]>, RedisFuture<T>> command) {
        RedisClusterAsyncCommands<byte[], byte[]> commands = commands(Link::commands);
        return new Call<>(sent(() -> command.apply(commands)), null);
    }

    /** An answer that is under way. */
    public final class Call<T> {
        private final CompletionStage<T> answer;
        private final @Nullable Again<T> again;

        private Call(CompletionStage<T> answer, @Nullable Again<T> again) {
            this.answer = answer;
            this.again = again;
        }

        /** @throws StoreUnavailable when Redis does not answer in time, or cannot do it now */
        public T await() {
            try {
                return Redis.this.await(answer);
            } catch (RedisNoScriptException e) {
                if (again == null) {
                    throw e;
                }
                return Redis.this.await(sent(again::send));
            }
        }
    }

    private interface Again<T> {
        CompletionStage<T> send();
    }

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(long number) {
        return bytes(Long.toString(number));
    }

    static byte[][] bytes(Object... values) {
        byte[][] all = new byte[values.length][];
        for (int i = 0; i < values.length; i++) {
            all[i] = values[i] instanceof byte[] bytes ? bytes : bytes(String.valueOf(values[i]));
        }
        return all;
    }

    private static CompletionStage<Reply> eval(
            RedisClusterAsyncCommands<byte[], byte[]> commands, Script script, byte[][] names, byte[][] values) {
        RedisFuture<List<@Nullable Object>> answer =
                commands.evalsha(script.hash(), ScriptOutputType.MULTI, names, values);
        return answer.thenApply(Reply::new);
    }

    private static CompletionStage<Reply> evalText(
            RedisClusterAsyncCommands<byte[], byte[]> commands, Script script, byte[][] names, byte[][] values) {
        RedisFuture<List<@Nullable Object>> answer =
                commands.eval(script.text(), ScriptOutputType.MULTI, names, values);
        return answer.thenApply(Reply::new);
    }

    private RedisClusterAsyncCommands<byte[], byte[]> commands(
            Function<Link, RedisClusterAsyncCommands<byte[], byte[]>> choice) {
        Link open = connection.link().orElseThrow(() -> unavailable(new RedisException("not connected")));
        try {
            return choice.apply(open);
        } catch (RedisException e) {
            throw unavailable(e);
        }
    }

    /** The client refuses some commands by an exception, and of one that is closed all, by whatever it meets first. */
    private <T> CompletionStage<T> sent(Supplier<? extends CompletionStage<T>> sending) {
        try {
            return sending.get();
        } catch (RuntimeException e) {
            if (connection.isClosed() || Absence.isOne(e)) {
                throw unavailable(e);
            }
            throw e;
        }
    }

    private <T> T await(CompletionStage<T> answer) {
        try {
            T said = answer.toCompletableFuture()
                    .get(config.timeouts().command().plus(MARGIN).toNanos(), TimeUnit.NANOSECONDS);
            connection.heard();
            return said;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailable(e);
        } catch (java.util.concurrent.ExecutionException e) {
            Throwable cause = e.getCause();
            throw translated(cause == null ? e : cause);
        } catch (java.util.concurrent.TimeoutException e) {
            connection.notHeard();
            throw unavailable(e);
        } catch (java.util.concurrent.CancellationException e) {
            throw unavailable(e);
        }
    }

    private RuntimeException translated(Throwable cause) {
        if (cause instanceof RedisCommandTimeoutException) {
            connection.notHeard();
        } else if (cause instanceof RedisCommandExecutionException) {
            connection.heard();
        }
        if (cause instanceof RedisNoScriptException unknown) {
            return unknown;
        }
        return Absence.isOne(cause)
                ? unavailable(cause)
                : new IllegalStateException("Redis refused a command: " + cause.getMessage(), cause);
    }

    private StoreUnavailable unavailable(Throwable cause) {
        refusedAtNanos.set(System.nanoTime());
        return new StoreUnavailable(cause);
    }

    /** Ends every connection and every thread of them. A second call does nothing. */
    @Override
    public void close() {
        connection.close();
    }
}
