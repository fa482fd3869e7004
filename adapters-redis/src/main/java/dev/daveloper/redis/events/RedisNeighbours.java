package dev.daveloper.redis.events;

import dev.daveloper.application.events.out.Neighbours;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.chat.RunRef;
import dev.daveloper.domain.events.Signal;
import dev.daveloper.domain.failures.GatewayException;
import dev.daveloper.domain.failures.InvalidValue;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.redis.Redis;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signals by publish and subscribe on one channel, each a line: the teller, what happened, to what. A line that is not
 * understood, such as one from a later version, is passed over. Listeners are called on a thread of its own.
 */
public final class RedisNeighbours implements Neighbours, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisNeighbours.class);
    private static final String RUN_CANCELLED = "run-cancelled";
    private static final String SESSION_ENDED = "session-ended";
    private static final String SESSION_RENEWED = "session-renewed";
    private static final String POLICIES_CHANGED = "policies-changed";
    private static final String WEBHOOKS_CHANGED = "webhooks-changed";
    private static final String NOBODY = "-";
    private static final int PARTS = 3;

    /** How many signals may wait for the listeners; what comes beyond is lost, as any signal may be. */
    private static final int MAX_WAITING = 10_000;

    private final Redis redis;
    private final String node;
    private final List<Consumer<Signal>> listeners = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Signal> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final Thread passing;

    /** @param node this node's name among all that share the Redis */
    public RedisNeighbours(Redis redis, String node) {
        this.redis = redis;
        this.node = node;
        this.passing = Thread.ofVirtual().name("neighbours").start(this::pass);
    }

    @Override
    public void tell(Signal signal) {
        String line = node + " " + written(signal);
        try {
            redis.send(commands -> commands.publish(Redis.bytes(redis.keys().signals()), Redis.bytes(line)));
        } catch (GatewayException e) {
            LOG.debug("a signal is lost while Redis is away", e);
        }
    }

    @Override
    public void listen(Consumer<Signal> listener) {
        listeners.add(listener);
    }

    /** Hears a line from the channel, and returns at once. */
    public void heard(String line) {
        String[] parts = line.split(" ", PARTS + 1);
        if (parts.length == PARTS && !parts[0].equals(node)) {
            read(parts[1], parts[2])
                    .filter(signal -> !waiting.offer(signal))
                    .ifPresent(signal -> LOG.warn("more signals than can be heard: {} is lost", signal));
        }
    }

    @Override
    public void close() {
        passing.interrupt();
    }

    private void pass() {
        try {
            while (true) {
                Signal signal = waiting.take();
                listeners.forEach(listener -> listener.accept(signal));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String written(Signal signal) {
        return switch (signal) {
            case Signal.RunCancelled cancelled ->
                RUN_CANCELLED + " " + cancelled.run().session() + "/"
                        + cancelled.run().id();
            case Signal.SessionEnded ended -> SESSION_ENDED + " " + ended.session();
            case Signal.SessionRenewed renewed -> SESSION_RENEWED + " " + renewed.session();
            case Signal.PoliciesChanged changed -> POLICIES_CHANGED + " " + NOBODY;
            case Signal.WebhooksChanged changed -> WEBHOOKS_CHANGED + " " + NOBODY;
        };
    }

    private static Optional<Signal> read(String what, String whom) {
        try {
            return Optional.ofNullable(
                    switch (what) {
                        case RUN_CANCELLED -> new Signal.RunCancelled(runOf(whom));
                        case SESSION_ENDED -> new Signal.SessionEnded(new SessionId(whom));
                        case SESSION_RENEWED -> new Signal.SessionRenewed(new SessionId(whom));
                        case POLICIES_CHANGED -> new Signal.PoliciesChanged();
                        case WEBHOOKS_CHANGED -> new Signal.WebhooksChanged();
                        default -> null;
                    });
        } catch (InvalidValue e) {
            LOG.debug("a signal is not understood", e);
            return Optional.empty();
        }
    }

    private static RunRef runOf(String whom) {
        int slash = whom.indexOf('/');
        return new RunRef(new SessionId(whom.substring(0, Math.max(0, slash))), new RunId(whom.substring(slash + 1)));
    }
}
