package dev.daveloper.redis;

import dev.daveloper.application.cache.out.Cache;
import dev.daveloper.application.chat.out.MessageStore;
import dev.daveloper.application.chat.out.RunLog;
import dev.daveloper.application.chat.out.RunStore;
import dev.daveloper.application.events.out.Neighbours;
import dev.daveloper.application.health.out.HealthProbe;
import dev.daveloper.application.ratelimits.out.PolicyStore;
import dev.daveloper.application.ratelimits.out.RateLimiter;
import dev.daveloper.application.sessions.out.SessionStore;
import dev.daveloper.application.webhooks.out.DeliveryQueue;
import dev.daveloper.application.webhooks.out.Outbox;
import dev.daveloper.application.webhooks.out.WebhookStore;
import dev.daveloper.domain.events.Signal;
import dev.daveloper.domain.failures.InvalidValue;
import dev.daveloper.redis.cache.RedisCache;
import dev.daveloper.redis.chat.RedisMessageStore;
import dev.daveloper.redis.chat.RedisRunLog;
import dev.daveloper.redis.chat.RedisRunStore;
import dev.daveloper.redis.events.RedisNeighbours;
import dev.daveloper.redis.ratelimits.RedisPolicyStore;
import dev.daveloper.redis.ratelimits.RedisRateLimiter;
import dev.daveloper.redis.sessions.RedisSessionStore;
import dev.daveloper.redis.webhooks.OutboxStep;
import dev.daveloper.redis.webhooks.RedisDeliveryQueue;
import dev.daveloper.redis.webhooks.RedisOutbox;
import dev.daveloper.redis.webhooks.RedisWebhookStore;
import dev.daveloper.redis.webhooks.Shards;
import dev.daveloper.stored.chat.NearHistory;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door to the stores in Redis, which any number of nodes share. While Redis is away every call is refused at once
 * or within the command timeout, and all heals by itself when it is back.
 */
public final class RedisAdapters implements AutoCloseable {
    /** What {@link #close} may take. */
    public static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(RedisAdapters.class);

    /** How often events are looked for that other nodes have put down, which they hand on themselves if they can. */
    private static final Duration OTHERS_EVENTS = Duration.ofSeconds(2);

    /** How often deliveries are looked for of endpoints that this node does not know. */
    private static final Duration OTHERS_DELIVERIES = Duration.ofSeconds(30);

    private static final int NODE_NAME_BYTES = 8;

    private final Redis redis;
    private final RedisRunStore runStore;
    private final RedisRunLog runLog;
    private final RedisMessageStore messageStore;
    private final RedisSessionStore sessionStore;
    private final RateLimiter rateLimiter;
    private final PolicyStore policyStore;
    private final RedisWebhookStore webhookStore;
    private final RedisOutbox outbox;
    private final RedisDeliveryQueue deliveryQueue;
    private final RedisCache cache;
    private final RedisNeighbours neighbours;
    private final RedisProbe probe;

    private RedisAdapters(RedisConfig config) {
        String node = newName();
        Keys keys = new Keys(config.keeping().prefix());
        this.redis = new Redis(config);
        NearHistory history = new NearHistory();
        Shards outboxes = new Shards(OTHERS_EVENTS);
        Shards endpoints = new Shards(OTHERS_DELIVERIES);
        OutboxStep telling = new OutboxStep(redis, outboxes);
        this.runStore = new RedisRunStore(redis, history, telling);
        this.runLog = new RedisRunLog(redis, node);
        this.messageStore = new RedisMessageStore(redis, history);
        this.sessionStore = new RedisSessionStore(redis, telling);
        this.rateLimiter = new RedisRateLimiter(redis, config.timeouts().limits(), config.ahead());
        this.policyStore = new RedisPolicyStore(redis);
        this.webhookStore = new RedisWebhookStore(redis, endpoints);
        this.outbox = new RedisOutbox(redis, outboxes, endpoints);
        this.deliveryQueue = new RedisDeliveryQueue(redis, endpoints);
        this.cache = new RedisCache(redis);
        this.neighbours = new RedisNeighbours(redis, node);
        this.probe = new RedisProbe(redis);
        neighbours.listen(signal -> {
            if (signal instanceof Signal.SessionEnded ended) {
                sessionStore.endedElsewhere(ended.session());
                history.drop(ended.session());
            }
        });
        redis.start(new Redis.Listening(new Ear(keys), List.of(keys.wake(node), keys.signals())));
    }

    /**
     * Connects, and waits for the first connection no longer than one may take: a Redis that is away does not keep the
     * gateway from starting, only from being ready.
     */
    public static RedisAdapters connect(RedisConfig config) throws InterruptedException {
        RedisAdapters adapters = new RedisAdapters(config);
        try {
            adapters.redis.awaitConnected(
                    config.timeouts().connect().plus(config.timeouts().command()));
            return adapters;
        } catch (InterruptedException e) {
            adapters.close();
            throw e;
        }
    }

    public RunStore runStore() {
        return runStore;
    }

    public RunLog runLog() {
        return runLog;
    }

    public MessageStore messageStore() {
        return messageStore;
    }

    public SessionStore sessionStore() {
        return sessionStore;
    }

    /** Counts for all nodes that share this Redis, and says within {@code config.timeouts().limits()} what it knows. */
    public RateLimiter rateLimiter() {
        return rateLimiter;
    }

    public PolicyStore policyStore() {
        return policyStore;
    }

    /** Endpoints, for all nodes; none is added without keys to seal it by. */
    public WebhookStore webhookStore() {
        return webhookStore;
    }

    public Outbox outbox() {
        return outbox;
    }

    public DeliveryQueue deliveryQueue() {
        return deliveryQueue;
    }

    /** Hears of changes to what is held near. */
    Tracking tracking() {
        return redis.tracking();
    }

    /** Keeps for all nodes that share this Redis, and costs nobody more than {@code config.caching().patience()}. */
    public Cache cache() {
        return cache;
    }

    /** Measures from now on how late changes in Redis are heard of; the cache's usage tells. */
    public void measureLag() {
        cache.measureLag();
    }

    /** The other nodes that share this Redis. */
    public Neighbours neighbours() {
        return neighbours;
    }

    /** Asks, as {@code redis} and vital, whether Redis can be written to. */
    public HealthProbe probe() {
        return probe;
    }

    /** Tells this one, and no other, of every command from now on. */
    public void hear(CommandListener listener) {
        redis.hear(listener);
    }

    /** Which connections stand at the moment; cheap. */
    public RedisStats stats() {
        return redis.stats();
    }

    /** Gives up every connection and ends every thread. A second call does nothing. */
    @Override
    public void close() {
        cache.close();
        redis.close();
        neighbours.close();
    }

    private static String newName() {
        byte[] bytes = new byte[NODE_NAME_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Hears what other nodes say, on the connection's own thread; whoever it concerns only takes note there. */
    private final class Ear extends RedisPubSubAdapter<byte[], byte[]> {
        private final byte[] signals;

        Ear(Keys keys) {
            this.signals = Redis.bytes(keys.signals());
        }

        @Override
        public void message(byte[] channel, byte[] said) {
            String line = new String(said, StandardCharsets.UTF_8);
            try {
                if (Arrays.equals(channel, signals)) {
                    neighbours.heard(line);
                } else {
                    runLog.wake(line);
                }
            } catch (InvalidValue e) {
                LOG.debug("what another node said is not understood", e);
            }
        }

        /** Also after a connection was lost and made again. */
        @Override
        public void subscribed(byte[] channel, long count) {
            runLog.wakeAll();
        }
    }
}
