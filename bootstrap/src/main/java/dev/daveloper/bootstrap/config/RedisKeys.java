package dev.daveloper.bootstrap.config;

import dev.daveloper.redis.RedisConfig;
import dev.daveloper.redis.RedisConfig.Ahead;
import dev.daveloper.redis.RedisConfig.Caching;
import dev.daveloper.redis.RedisConfig.Durability;
import dev.daveloper.redis.RedisConfig.Keeping;
import dev.daveloper.redis.RedisConfig.Timeouts;
import dev.daveloper.redis.RedisUrl;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The Redis that many nodes share, in the place of what one node keeps for itself. */
final class RedisKeys {
    static final Setting<Optional<RedisUrl>> URL = Setting.secretOf(
            "redis.url",
            Kinds.REDIS_URL,
            "Where sessions and conversations are kept when many nodes share them, with user and password if need be:"
                    + " redis://host:6379, redis-sentinel://host:26379,host:26379#master or"
                    + " redis-cluster://host:6379,host:6379; rediss in the place of redis speaks TLS. Empty keeps them"
                    + " in data.dir, for one node.");
    static final Setting<Duration> TIMEOUT = Setting.of(
            "redis.timeout",
            Kinds.duration(Duration.ofMillis(10), Duration.ofSeconds(30)),
            "1s",
            "Time for an answer of Redis, before the store counts as unavailable.");
    static final Setting<Duration> CONNECT_TIMEOUT = Setting.of(
            "redis.connect-timeout",
            Kinds.duration(Duration.ofMillis(10), Duration.ofSeconds(30)),
            "2s",
            "Time for a connection to Redis; also how long the start waits for the first one.");
    static final Setting<Duration> RECONNECT = Setting.of(
            "redis.reconnect-within",
            Kinds.duration(Duration.ofMillis(10), Duration.ofMinutes(1)),
            "1s",
            "Longest pause between two tries to connect to a Redis that is away.");
    static final Setting<Optional<Path>> CERTIFICATES = Setting.of(
            "redis.certificates",
            Kinds.OPTIONAL_PATH,
            "",
            "PEM file with the certificates that Redis is believed by over TLS. Empty: those that the JDK believes.");
    static final Setting<String> PREFIX = Setting.of(
            "redis.prefix",
            Kinds.FILLED_TEXT,
            "dv",
            "What every key and channel in Redis begins with. Gateways with different prefixes can share a Redis and"
                    + " know nothing of each other.");
    static final Setting<Integer> MAX_MESSAGES = Setting.of(
            "redis.max-messages",
            Kinds.wholeNumber(4, 1_000_000),
            "2000",
            "Messages of one session that are kept in Redis; the oldest make room.");
    static final Setting<Integer> REPLICAS = Setting.of(
            "redis.wait-replicas",
            Kinds.wholeNumber(0, Durability.MAX_COPIES),
            "0",
            "Replicas that must have a message and its answer before they count, so that a failover loses none; 0 does"
                    + " not wait.");
    static final Setting<Duration> REPLICAS_TIMEOUT = Setting.of(
            "redis.wait-timeout",
            Kinds.duration(Duration.ofMillis(1), Duration.ofSeconds(30)),
            "500ms",
            "Time that these replicas have, before the store counts as unavailable.");
    static final Setting<Duration> BATCH_WINDOW = Setting.of(
            "redis.batch-window",
            Kinds.duration(Duration.ofMillis(1), Duration.ofSeconds(10)),
            "250ms",
            "Time that parts of an answer are gathered before they are written to Redis while nobody watches from"
                    + " another node; otherwise it is chat.batch-window. The end of a node in mid-answer loses no more"
                    + " than this.");

    static final Group GROUP = new Group(
            "Redis",
            List.of(
                    URL,
                    TIMEOUT,
                    CONNECT_TIMEOUT,
                    RECONNECT,
                    CERTIFICATES,
                    PREFIX,
                    MAX_MESSAGES,
                    REPLICAS,
                    REPLICAS_TIMEOUT,
                    BATCH_WINDOW));

    /** Beyond the greatest age of a session, so that what forgets first is the gateway. */
    private static final Duration MARGIN = Duration.ofDays(1);

    private RedisKeys() {}

    static boolean isChosen(Values values) {
        return values.get(URL).isPresent();
    }

    /** Longer than the gateway keeps one, and never shorter than one waits for an attempt. */
    private static Duration keptDelivery(Duration retention) {
        Duration usual = Keeping.DEFAULT.delivery();
        Duration longer = retention.plus(MARGIN);
        return longer.compareTo(usual) > 0 ? longer : usual;
    }

    static RedisConfig bind(Values values) {
        return new RedisConfig(
                values.get(URL).orElseThrow(),
                new Timeouts(
                        values.get(TIMEOUT),
                        values.get(CONNECT_TIMEOUT),
                        values.get(RECONNECT),
                        values.get(LimitKeys.TIMEOUT)),
                new Keeping(
                        values.get(PREFIX),
                        values.get(SessionKeys.MAX_AGE).plus(MARGIN),
                        values.get(ChatKeys.LOG_RETENTION),
                        values.get(ChatKeys.KEY_RETENTION),
                        values.get(MAX_MESSAGES),
                        keptDelivery(values.get(WebhookKeys.RETENTION))),
                new Durability(values.get(REPLICAS), values.get(REPLICAS_TIMEOUT)),
                values.get(CERTIFICATES),
                EncryptionKeys.read(DataKeys.ENCRYPTION_KEYS.key(), values.get(DataKeys.ENCRYPTION_KEYS)),
                Ahead.DEFAULT,
                new Caching(values.get(CacheKeys.TIMEOUT), values.get(CacheKeys.MAX_BYTES)),
                Optional.empty());
    }
}
