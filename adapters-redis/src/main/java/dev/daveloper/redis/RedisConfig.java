package dev.daveloper.redis;

import dev.daveloper.domain.ContentKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * How the stores are kept in Redis.
 *
 * @param url where Redis is; shows no password
 * @param timeouts how long Redis may take
 * @param keeping how long and how much is kept
 * @param durability which writes wait for copies
 * @param certificates a PEM file with the certificates that Redis is believed by over TLS; empty for those that the
 *     Java platform believes
 * @param contentKeys what texts of messages are encrypted with
 * @param ahead how much quota is drawn for callers who ask often
 * @param caching what the cache may cost
 * @param clock what leases and expiry are measured by; empty for the clock of Redis, which all nodes share
 */
public record RedisConfig(
        RedisUrl url,
        Timeouts timeouts,
        Keeping keeping,
        Durability durability,
        Optional<Path> certificates,
        ContentKeys contentKeys,
        Ahead ahead,
        Caching caching,
        Optional<InstantSource> clock) {

    /** How most run it. */
    public static RedisConfig at(RedisUrl url) {
        return new RedisConfig(
                url,
                Timeouts.DEFAULT,
                Keeping.DEFAULT,
                Durability.DEFAULT,
                Optional.empty(),
                ContentKeys.NONE,
                Ahead.DEFAULT,
                Caching.DEFAULT,
                Optional.empty());
    }

    /** The same with other timeouts. */
    public RedisConfig with(Timeouts other) {
        return new RedisConfig(url, other, keeping, durability, certificates, contentKeys, ahead, caching, clock);
    }

    /** The same with another way of keeping. */
    public RedisConfig with(Keeping other) {
        return new RedisConfig(url, timeouts, other, durability, certificates, contentKeys, ahead, caching, clock);
    }

    /** The same with other copies to wait for. */
    public RedisConfig with(Durability other) {
        return new RedisConfig(url, timeouts, keeping, other, certificates, contentKeys, ahead, caching, clock);
    }

    /** The same with other keys. */
    public RedisConfig with(ContentKeys other) {
        return new RedisConfig(url, timeouts, keeping, durability, certificates, other, ahead, caching, clock);
    }

    /** The same with more or less drawn ahead. */
    public RedisConfig with(Ahead other) {
        return new RedisConfig(url, timeouts, keeping, durability, certificates, contentKeys, other, caching, clock);
    }

    /** The same with another cache. */
    public RedisConfig with(Caching other) {
        return new RedisConfig(url, timeouts, keeping, durability, certificates, contentKeys, ahead, other, clock);
    }

    /** The same, believing these certificates. */
    public RedisConfig withCertificates(Path pem) {
        return new RedisConfig(
                url, timeouts, keeping, durability, Optional.of(pem), contentKeys, ahead, caching, clock);
    }

    /** The same, measured by this clock, which then has to be one for all nodes. */
    public RedisConfig withClock(InstantSource other) {
        return new RedisConfig(
                url, timeouts, keeping, durability, certificates, contentKeys, ahead, caching, Optional.of(other));
    }

    /**
     * How long Redis may take.
     *
     * @param command for an answer, before the store counts as unavailable
     * @param connect for a connection, before the next try
     * @param reconnectWithin the longest pause between two tries to connect, which grows up to it
     * @param limits for an answer on rate limits, which every request waits for
     */
    public record Timeouts(Duration command, Duration connect, Duration reconnectWithin, Duration limits) {
        private static final Duration FOR_LIMITS = Duration.ofMillis(50);

        public static final Timeouts DEFAULT =
                new Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(1));

        public Timeouts {
            require("command timeout", command);
            require("connect timeout", connect);
            require("reconnect pause", reconnectWithin);
            require("limits timeout", limits);
        }

        /** With the usual time for limits. */
        public Timeouts(Duration command, Duration connect, Duration reconnectWithin) {
            this(command, connect, reconnectWithin, FOR_LIMITS);
        }
    }

    /**
     * How long and how much is kept. What Redis is told to forget by itself is the last resort: the gateway forgets
     * earlier.
     *
     * @param prefix what every key and channel begins with
     * @param session how long the data of a session that is never ended by anybody stays, at most
     * @param log how long a run's log stays after its end
     * @param idempotencyKey how long an idempotency key stays
     * @param messages of one session, at most; the oldest go first
     * @param delivery how long a delivery of a webhook stays after the last that was done with it
     */
    public record Keeping(
            String prefix, Duration session, Duration log, Duration idempotencyKey, int messages, Duration delivery) {
        /** Two of a run that is being made, and as many before it. */
        private static final int MIN_MESSAGES = 4;

        public static final Keeping DEFAULT =
                new Keeping("dv", Duration.ofDays(8), Duration.ofMinutes(15), Duration.ofHours(24), 2_000);

        /** With the usual time for deliveries. */
        public Keeping(String prefix, Duration session, Duration log, Duration idempotencyKey, int messages) {
            this(prefix, session, log, idempotencyKey, messages, Duration.ofDays(8));
        }

        public Keeping {
            if (!prefix.matches("[A-Za-z0-9_.-]{1,32}")) {
                throw new IllegalArgumentException(
                        "the prefix of names in Redis must have 1 to 32 of A-Z, a-z, 0-9, '_', '.' and '-', not '"
                                + prefix + "'");
            }
            require("time to keep a session", session);
            require("time to keep a log", log);
            require("time to keep an idempotency key", idempotencyKey);
            require("time to keep a delivery", delivery);
            if (messages < MIN_MESSAGES) {
                throw new IllegalArgumentException(
                        "messages of a session must be " + MIN_MESSAGES + " or more, not " + messages);
            }
        }
    }

    /**
     * Which writes wait for copies: the beginning and the end of a run, which are a message and its answer.
     *
     * @param copies on how many replicas they are before they count; 0 does not wait
     * @param within how long that may take, before the store counts as unavailable
     */
    public record Durability(int copies, Duration within) {
        public static final int MAX_COPIES = 5;
        public static final Durability DEFAULT = new Durability(0, Duration.ofMillis(500));

        public Durability {
            if (copies < 0 || copies > MAX_COPIES) {
                throw new IllegalArgumentException("copies must be 0 to " + MAX_COPIES + ", not " + copies);
            }
            require("time for copies", within);
        }
    }

    /**
     * Quota that is drawn ahead for callers who ask often, so that Redis need not be asked for each of their calls.
     *
     * @param calls what so many calls cost is drawn at first, and no more than an eighth of what is left; 0 for nothing
     * @param most what so many calls cost is drawn at most, for whom what was drawn is spent at once
     * @param keep within what time somebody asks again who asks often, and how long what is drawn may be spent
     */
    public record Ahead(int calls, int most, Duration keep) {
        public static final int MAX_CALLS = 1_000;
        public static final Ahead DEFAULT = new Ahead(16, 512, Duration.ofMillis(250));
        public static final Ahead NOTHING = new Ahead(0, 0, DEFAULT.keep());

        public Ahead {
            if (calls < 0 || calls > most || most > MAX_CALLS) {
                throw new IllegalArgumentException("calls must be 0 to " + MAX_CALLS
                        + ", the first no more than the most: " + calls + ", " + most);
            }
            require("time to keep what is drawn", keep);
        }
    }

    /**
     * What the cache may cost.
     *
     * @param patience for an answer, before the cache counts as away
     * @param nearBytes of this node's memory, about
     */
    public record Caching(Duration patience, long nearBytes) {
        /** Less holds next to nothing. */
        public static final long MIN_NEAR_BYTES = 64 * 1024;

        public static final Caching DEFAULT = new Caching(Duration.ofMillis(50), 64L * 1024 * 1024);

        public Caching {
            require("patience of the cache", patience);
            if (nearBytes < MIN_NEAR_BYTES) {
                throw new IllegalArgumentException(
                        "bytes of the near cache must be " + MIN_NEAR_BYTES + " or more, not " + nearBytes);
            }
        }
    }

    private static void require(String what, Duration duration) {
        if (duration.toMillis() < 1) {
            throw new IllegalArgumentException(what + " must be at least 1 ms, not " + duration);
        }
    }
}
