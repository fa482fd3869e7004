package dev.daveloper.redis;

import dev.daveloper.redis.RedisConfig.Timeouts;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.TrackingArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.push.PushMessage;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears of every change to keys with certain beginnings, whoever makes it, so that this node may hold near what it has
 * read of them. Each master is asked for it ({@code CLIENT TRACKING ON BCAST}) on a connection of its own. Whenever one
 * of these is lost or silent, a server is no master any more, or masters may be others, all that is held is worth
 * nothing at once, and nothing may be held until all masters have been asked anew; that goes on until this is closed.
 *
 * <p>Safe for use by many threads. Without the right to {@code CLIENT TRACKING} it is never armed.
 *
 * @see <a href="https://redis.io/docs/latest/develop/reference/client-side-caching/">Client-side caching</a>
 */
public final class Tracking implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Tracking.class);

    /** How often each master is looked at: one that is silent is noticed after this and the time for a command. */
    private static final Duration PACE = Duration.ofSeconds(1);

    private static final byte[] MASTER = Redis.bytes("master");
    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final int PAUSE_GROWTH = 2;

    /** Who holds what was read. Told on threads of the client, which it must not block. */
    public interface Listener {
        /** This key was changed, is gone, or has run out. */
        void invalidated(byte[] key);

        /** Everything may have changed. */
        void flushed();
    }

    private final Masters masters;
    private final RedisConfig config;
    private final TrackingArgs wanted;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Semaphore doubts = new Semaphore(0);
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean armed;
    private volatile @Nullable Thread supervising;
    private boolean told;

    /** @param prefixes what the keys begin with, none of which begins with another */
    Tracking(Masters masters, RedisConfig config, List<String> prefixes) {
        this.masters = masters;
        this.config = config;
        this.wanted = TrackingArgs.Builder.enabled().bcast().prefixes(prefixes.toArray(String[]::new));
        masters.onDoubt(this::doubt);
    }

    void start() {
        supervising = Thread.ofVirtual().name("redis-tracking").start(this::supervise);
    }

    /**
     * Whether every change is heard of. What was read while this was so, and not flushed or invalidated since the
     * reading began, is what Redis has, give or take the way here.
     */
    public boolean armed() {
        return armed;
    }

    /** For as long as this lives. */
    public void listen(Listener listener) {
        listeners.add(listener);
    }

    private void supervise() {
        try {
            Duration pause = FIRST_PAUSE;
            while (!isClosed()) {
                pause = keepArmed() ? FIRST_PAUSE : longer(pause);
                closed.await(pause.toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration longer(Duration pause) {
        Duration grown = pause.multipliedBy(PAUSE_GROWTH);
        Duration longest = config.timeouts().reconnectWithin();
        return grown.compareTo(longest) < 0 ? grown : longest;
    }

    /** Returns when there is doubt, and answers whether there was none for a while. */
    private boolean keepArmed() throws InterruptedException {
        List<StatefulRedisConnection<byte[], byte[]>> servers = new ArrayList<>();
        boolean lasted = false;
        try {
            doubts.drainPermits();
            Map<String, RedisURI> where = masters.now();
            for (RedisURI master : where.values()) {
                StatefulRedisConnection<byte[], byte[]> server = masters.connect(master);
                servers.add(server);
                server.addListener(this::heard);
                answered(server.async().clientTracking(wanted));
            }
            requireMasters(servers);
            if (arm()) {
                while (!doubts.tryAcquire(PACE.toNanos(), TimeUnit.NANOSECONDS)
                        && masters.now().keySet().equals(where.keySet())) {
                    requireMasters(servers);
                    lasted = true;
                }
            }
        } catch (RedisException e) {
            tell(e);
        } finally {
            doubt();
            servers.forEach(StatefulRedisConnection::close);
        }
        return lasted;
    }

    /** Flushed first, so that nothing is left of who began to read when changes were not heard of. */
    private synchronized boolean arm() {
        if (isClosed() || doubts.availablePermits() > 0) {
            return false;
        }
        listeners.forEach(Listener::flushed);
        armed = true;
        told = false;
        LOG.debug("changes in Redis at {} are heard of", config.url());
        return true;
    }

    private synchronized void doubt() {
        armed = false;
        doubts.release();
        listeners.forEach(Listener::flushed);
    }

    private void heard(PushMessage message) {
        if (!message.getType().equals("invalidate")) {
            return;
        }
        List<Object> content = message.getContent(Tracking::copied);
        if (content.size() > 1 && content.get(1) instanceof List<?> keys) {
            for (Object key : keys) {
                listeners.forEach(listener -> listener.invalidated((byte[]) key));
            }
        } else {
            listeners.forEach(Listener::flushed);
        }
    }

    private static Object copied(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    /** All are asked at once. A server that does not let itself be asked for its role has answered too. */
    private void requireMasters(List<StatefulRedisConnection<byte[], byte[]>> servers) {
        List<RedisFuture<List<Object>>> roles =
                servers.stream().map(server -> server.async().role()).toList();
        for (RedisFuture<List<Object>> role : roles) {
            try {
                List<Object> said = answered(role);
                if (!(said.getFirst() instanceof byte[] name) || !Arrays.equals(name, MASTER)) {
                    throw new RedisException("a server is no master any more");
                }
            } catch (RedisCommandExecutionException e) {
                LOG.trace("the role is not told", e);
            }
        }
    }

    private <T> T answered(RedisFuture<T> answer) {
        Timeouts timeouts = config.timeouts();
        return LettuceFutures.awaitOrCancel(answer, timeouts.command().toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Once for each time that it is away. */
    private void tell(RedisException failure) {
        if (!told && !isClosed()) {
            told = true;
            LOG.warn(
                    "changes in Redis at {} are not heard of, so that nothing is held near until they are: {}",
                    config.url(),
                    Connection.reason(failure));
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Ends its connections and its thread. A second call does nothing. */
    @Override
    public void close() {
        if (isClosed()) {
            return;
        }
        closed.countDown();
        doubt();
        Thread thread = supervising;
        if (thread != null) {
            thread.interrupt();
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
