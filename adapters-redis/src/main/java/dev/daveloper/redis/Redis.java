package dev.daveloper.redis;

import dev.daveloper.domain.failures.StoreUnavailable;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.pubsub.RedisPubSubListener;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The way to Redis for all stores: commands of many callers on one connection, each of which waits for its own answer.
 * Connects in the background, again and again until it is closed; as long as there is no connection every call is
 * refused at once. Safe for use by many threads.
 */
public final class Redis implements AutoCloseable {
    /** No moment of {@link System#nanoTime}. */
    static final long NEVER = Long.MIN_VALUE;

    /** How long owners of runs have to put back what a server lost that came back without memory. */
    private static final Duration PUT_BACK_WITHIN = Duration.ofSeconds(10);

    private final RedisConfig config;
    private final Keys keys;
    private final Connection connection;
    private final Answers answers;
    private final Tracking tracking;
    private final HeardCommands heard = new HeardCommands();

    Redis(RedisConfig config) {
        this.config = config;
        this.keys = new Keys(config.keeping().prefix());
        AtomicLong refusedAtNanos = new AtomicLong(NEVER);
        this.connection = new Connection(config, () -> refusedAtNanos.set(System.nanoTime()));
        this.answers = new Answers(connection, config.timeouts().command(), refusedAtNanos);
        this.tracking = new Tracking(connection.masters(), config, keys.tracked());
    }

    /** Connects in the background, and listens as soon as there is a connection. */
    void start(Listening listening) {
        connection.start(listening);
        tracking.start();
    }

    /** Tells this one, and no other, of every command from now on. */
    void hear(CommandListener listener) {
        heard.tell(listener);
    }

    /** Which connections stand at the moment. */
    RedisStats stats() {
        return connection.link().map(Link::standing).orElse(RedisStats.NONE);
    }

    /** What is heard, and on which channels. */
    record Listening(RedisPubSubListener<byte[], byte[]> listener, List<String> channels) {}

    public RedisConfig config() {
        return config;
    }

    public Keys keys() {
        return keys;
    }

    /** Hears of changes to {@link Keys#tracked}. */
    public Tracking tracking() {
        return tracking;
    }

    /** What scripts measure by: empty for the clock of the server. */
    public byte[] moment() {
        return config.clock().map(clock -> bytes(clock.millis())).orElseGet(() -> new byte[0]);
    }

    /** Waits for the first connection no longer than this. */
    boolean awaitConnected(Duration patience) throws InterruptedException {
        return connection.awaitConnected(patience);
    }

    /** All servers, copies too. */
    Servers servers() {
        return connection.servers();
    }

    /** How long ago a call was refused last because Redis was away; empty when it never was. */
    public Optional<Duration> sinceRefusal() {
        return since(answers.refusedAtNanos());
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
        return send(commands(Link::commands), script, bytes(names.toArray()), bytes(values));
    }

    private Call<Reply> send(
            RedisClusterAsyncCommands<byte[], byte[]> commands, Script script, byte[][] names, byte[][] values) {
        return new Call<>(sent(() -> heard.send(script.title(), () -> script.run(commands, names, values))));
    }

    /**
     * Runs the script and waits for its answer, and for as many copies of what it wrote as are configured.
     *
     * @throws StoreUnavailable also when there are too few copies in time; the script has done its work then
     */
    public Reply runDurably(Script script, List<String> names, Object... values) {
        Copied copied = runCopied(script, names, values);
        if (!copied.isEnough()) {
            throw answers.unavailable(
                    new IllegalStateException(copied.copies() + " of " + copied.wanted() + " copies in time"));
        }
        return copied.reply();
    }

    /** What a script answered, and how many copies of what it wrote there were in time. */
    public record Copied(Reply reply, long copies, int wanted) {
        public boolean isEnough() {
            return copies >= wanted;
        }
    }

    /** The same, for whoever has something better to do without copies than to give up. */
    public Copied runCopied(Script script, List<String> names, Object... values) {
        int copies = config.durability().copies();
        if (copies == 0) {
            return new Copied(run(script, names, values), 0, 0);
        }
        byte[][] keyBytes = bytes(names.toArray());
        byte[][] valueBytes = bytes(values);
        long withinMillis = Math.min(
                config.durability().within().toMillis(),
                config.timeouts().command().toMillis());
        RedisClusterAsyncCommands<byte[], byte[]> commands = commands(chosen -> chosen.apart(keyBytes[0]));
        Reply reply = send(commands, script, keyBytes, valueBytes).await();
        long copied = answers.await(sent(() -> heard.send(() -> commands.waitForReplication(copies, withinMillis))));
        return new Copied(reply, copied, copies);
    }

    /** Sends a command and returns at once. */
    public <T> Call<T> send(Function<RedisClusterAsyncCommands<byte[], byte[]>, RedisFuture<T>> command) {
        RedisClusterAsyncCommands<byte[], byte[]> commands = commands(Link::commands);
        return new Call<>(sent(() -> heard.send(() -> command.apply(commands))));
    }

    /** The names of the servers that are written to, always in the same order; empty while there is no connection. */
    public List<String> masters() {
        return connection.link().map(Link::masters).orElse(List.of());
    }

    /** Sends a command to the server of this name, whatever its keys, and returns at once. */
    public <T> Call<T> sendTo(
            String master, Function<RedisClusterAsyncCommands<byte[], byte[]>, RedisFuture<T>> command) {
        RedisClusterAsyncCommands<byte[], byte[]> commands = commands(link -> link.master(master));
        return new Call<>(sent(() -> heard.send(() -> command.apply(commands))));
    }

    /** An answer that is under way, whether anybody waits for it or not. */
    public final class Call<T> {
        private final CompletionStage<T> answer;

        private Call(CompletionStage<T> answer) {
            this.answer = answer;
        }

        /** @throws StoreUnavailable when Redis does not answer in time, or cannot do it now */
        public T await() {
            return answers.await(answer);
        }

        /**
         * As {@link #await()}, but gives up after this time. An answer that is only late does not count as a refusal;
         * what was asked for may have been done or be done yet.
         */
        public T await(Duration patience) {
            return answers.await(answer, patience);
        }

        /** The same answer; as soon as it is there, on whatever thread, something is done that does not block. */
        public Call<T> then(Consumer<T> next) {
            return new Call<>(answer.thenApply(said -> {
                next.accept(said);
                return said;
            }));
        }
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

    private RedisClusterAsyncCommands<byte[], byte[]> commands(
            Function<Link, RedisClusterAsyncCommands<byte[], byte[]>> choice) {
        Link open = connection.link().orElseThrow(() -> answers.unavailable(new RedisException("not connected")));
        try {
            return choice.apply(open);
        } catch (RedisException e) {
            throw answers.unavailable(e);
        }
    }

    /** The client refuses some commands by an exception, and of one that is closed all, by whatever it meets first. */
    private <T> CompletionStage<T> sent(Supplier<? extends CompletionStage<T>> sending) {
        try {
            return sending.get();
        } catch (RuntimeException e) {
            if (connection.isClosed() || Absence.isOne(e)) {
                throw answers.unavailable(e);
            }
            throw e;
        }
    }

    /** Ends every connection and every thread of them. A second call does nothing. */
    @Override
    public void close() {
        tracking.close();
        connection.close();
    }
}
