package dev.daveloper.redis.sessions;

import dev.daveloper.domain.sessions.Session;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.sessions.TokenHash;
import dev.daveloper.redis.Keys;
import dev.daveloper.redis.Near;
import dev.daveloper.redis.Redis;
import dev.daveloper.redis.Reply;
import dev.daveloper.redis.Script;
import dev.daveloper.stored.EpochNanos;
import io.lettuce.core.KeyValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The records by which sessions are found. One that was read is held near until it is changed, here or anywhere: it
 * costs no command to recognise a visitor again, and a token that is worth nothing any more is refused as soon as this
 * node hears of it. Safe for use by many threads.
 */
final class TokenRecords {
    /** Some 40 MB. */
    static final int MAX_NEAR = 100_000;

    private static final Duration NEAR_FOR = Duration.ofSeconds(30);

    private static final Script TOUCH = script("touch-token");
    private static final Script TAKE = script("take-token");
    private static final Script WRITE = script("write-token");

    /** A record outlives its session by this much at most, should nobody end the session. */
    private static final Duration MARGIN = Duration.ofHours(1);

    private static final byte[] ID = Redis.bytes("id");
    private static final byte[] CREATED = Redis.bytes("created");
    private static final byte[] SEEN = Redis.bytes("seen");
    private static final byte[] NEXT = Redis.bytes("next");

    private final Redis redis;
    private final Keys keys;
    private final KnownTokens known = new KnownTokens();
    private final Near<Session> near;

    TokenRecords(Redis redis) {
        this.redis = redis;
        this.keys = redis.keys();
        this.near = new Near<>(redis.tracking(), MAX_NEAR, NEAR_FOR);
    }

    Optional<SessionId> recall(TokenHash token) {
        return known.find(token);
    }

    Optional<Session> find(TokenHash token) {
        return near.get(keys.token(token), () -> read(token));
    }

    /** One command, so that it goes in the same round trip as whatever else a request needs. */
    private Optional<Session> read(TokenHash token) {
        List<KeyValue<byte[], byte[]>> fields = redis.send(
                        commands -> commands.hmget(Redis.bytes(keys.token(token)), ID, CREATED, SEEN, NEXT))
                .await();
        if (!fields.get(0).hasValue() || fields.get(3).hasValue()) {
            known.remove(token);
            return Optional.empty();
        }
        Session found = new Session(
                new SessionId(text(fields.get(0))),
                EpochNanos.at(Long.parseLong(text(fields.get(1)))),
                EpochNanos.at(Long.parseLong(text(fields.get(2)))));
        if (!known.find(token).equals(Optional.of(found.id()))) {
            known.add(token, found.id());
        }
        return Optional.of(found);
    }

    /** Sends the record and returns at once; {@link #written} follows when it is there. */
    Redis.Call<Reply> write(TokenHash token, Session session, Instant expiresAt) {
        return redis.send(
                WRITE,
                List.of(keys.token(token)),
                session.id(),
                EpochNanos.of(session.createdAt()),
                EpochNanos.of(session.lastSeenAt()),
                keepMillis(session.lastSeenAt(), expiresAt));
    }

    /** The token is this session's, and good. */
    void written(TokenHash token, SessionId session) {
        known.add(token, session);
    }

    void touch(TokenHash token, Instant lastSeenAt, Instant expiresAt) {
        changing(token, TOUCH, EpochNanos.of(lastSeenAt), keepMillis(lastSeenAt, expiresAt));
    }

    /** Makes it worthless in favour of the next, and says whose it was and when that was opened; empty if too late. */
    Reply take(TokenHash token, TokenHash next) {
        return changing(token, TAKE, next.hex());
    }

    void delete(TokenHash token) {
        known.remove(token);
        String key = keys.token(token);
        near.drop(key);
        try {
            redis.send(commands -> commands.del(Redis.bytes(key))).await();
        } finally {
            near.drop(key);
        }
    }

    private Reply changing(TokenHash token, Script script, Object... values) {
        String key = keys.token(token);
        near.drop(key);
        try {
            return redis.run(script, List.of(key), values);
        } finally {
            near.drop(key);
        }
    }

    private static long keepMillis(Instant now, Instant expiresAt) {
        return Duration.between(now, expiresAt).plus(MARGIN).toMillis();
    }

    private static String text(KeyValue<byte[], byte[]> field) {
        return new String(field.getValue(), StandardCharsets.US_ASCII);
    }

    private static Script script(String name) {
        return Script.beside(TokenRecords.class, name);
    }
}
