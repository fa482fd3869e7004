package dev.daveloper.redis.sessions;

import dev.daveloper.application.sessions.out.SessionStore;
import dev.daveloper.domain.sessions.Session;
import dev.daveloper.domain.sessions.SessionCounts;
import dev.daveloper.domain.sessions.SessionEnd;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.sessions.TokenHash;
import dev.daveloper.domain.webhooks.WebhookEvent;
import dev.daveloper.redis.Keys;
import dev.daveloper.redis.Redis;
import dev.daveloper.redis.Reply;
import dev.daveloper.redis.Script;
import dev.daveloper.redis.webhooks.OutboxStep;
import dev.daveloper.stored.EpochNanos;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.ScoredValue;
import io.lettuce.core.ZAddArgs;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sessions in Redis. Each has two records, because nothing but the token is known of whoever comes: one found by the
 * token's hash, which alone is read to recognise a visitor, and one found by the session, which says what its token is.
 * They may lie on different nodes of a cluster, so that what concerns both is done in an order in which a crash between
 * leaves no token valid that should not be.
 */
public final class RedisSessionStore implements SessionStore {
    private static final Script CREATE = script("create");
    private static final Script TOUCH = script("touch");
    private static final Script RENEW = script("renew");
    private static final Script END = script("end");
    private static final Script DELETE = script("delete");

    private static final byte[] TOKEN = Redis.bytes("token");

    private final Redis redis;
    private final Keys keys;
    private final LiveFrom liveFrom = new LiveFrom();
    private final TokenRecords tokens;
    private final OutboxStep outbox;

    /** @param outbox where what is told of is put in the same script */
    public RedisSessionStore(Redis redis, OutboxStep outbox) {
        this.redis = redis;
        this.outbox = outbox;
        this.keys = redis.keys();
        this.tokens = new TokenRecords(redis);
    }

    @Override
    public boolean create(
            Session session,
            TokenHash token,
            Instant expiresAt,
            Optional<AddressQuota> quota,
            Optional<WebhookEvent> told) {
        if (quota.isPresent() && !liveFrom.add(session.id(), quota.get(), this::lives)) {
            return false;
        }
        boolean created = false;
        try {
            Redis.Call<Reply> record = tokens.write(token, session, expiresAt);
            List<Object> values = new ArrayList<>(List.of(
                    session.id(),
                    token.hex(),
                    EpochNanos.of(session.createdAt()),
                    EpochNanos.of(session.lastSeenAt()),
                    millisFrom(expiresAt),
                    redis.config().keeping().session().toMillis()));
            runTelling(CREATE, session.id(), values, told);
            record.await();
            tokens.written(token, session.id());
            created = true;
            return true;
        } finally {
            if (created) {
                liveFrom.opened(session.id());
            } else {
                liveFrom.remove(session.id());
            }
        }
    }

    @Override
    public Optional<Session> find(TokenHash token) {
        return tokens.find(token);
    }

    @Override
    public Optional<SessionId> recall(TokenHash token) {
        return tokens.recall(token);
    }

    @Override
    public void touch(SessionId session, Instant lastSeenAt, Instant expiresAt) {
        Reply token = redis.run(
                TOUCH,
                whatLivesWith(session),
                session,
                EpochNanos.of(lastSeenAt),
                millisFrom(expiresAt),
                redis.config().keeping().session().toMillis());
        if (!token.isEmpty()) {
            tokens.touch(new TokenHash(token.text(0)), lastSeenAt, expiresAt);
        }
    }

    /** The old token is worthless first and the new one good last: a crash between leaves neither. */
    @Override
    public boolean renew(SessionId session, TokenHash token, TokenHash next, Instant lastSeenAt, Instant expiresAt) {
        Reply taken = tokens.take(token, next);
        if (taken.isEmpty() || !taken.text(0).equals(session.value())) {
            return false;
        }
        Session renewed = new Session(session, EpochNanos.at(taken.number(1)), lastSeenAt);
        tokens.write(next, renewed, expiresAt).await();
        boolean noted = redis.run(
                                RENEW,
                                whatLivesWith(session),
                                session,
                                token.hex(),
                                next.hex(),
                                EpochNanos.of(lastSeenAt),
                                millisFrom(expiresAt),
                                redis.config().keeping().session().toMillis())
                        .number(0)
                == 1;
        tokens.delete(noted ? token : next);
        if (noted) {
            tokens.written(next, session);
        }
        return noted;
    }

    /**
     * The token goes before the session is noted as ended, and again after it, should it have been renewed between. It
     * is due before that: without a token its visitor cannot end it once more when this breaks off here.
     */
    @Override
    public boolean end(SessionId session, SessionEnd how, Instant forgetAt, Optional<WebhookEvent> told) {
        byte[] token = redis.send(commands -> commands.hget(Redis.bytes(keys.session(session)), TOKEN))
                .await();
        if (token == null) {
            return false;
        }
        redis.send(commands -> commands.zadd(
                        Redis.bytes(keys.expiries(Keys.shardOf(session))),
                        ZAddArgs.Builder.xx(),
                        (double) millisFrom(forgetAt),
                        Redis.bytes(session.value())))
                .await();
        tokens.delete(new TokenHash(new String(token, StandardCharsets.US_ASCII)));
        Reply ended =
                runTelling(END, session, new ArrayList<>(List.of(session, how.wireName(), millisFrom(forgetAt))), told);
        if (ended.isEmpty()) {
            return false;
        }
        tokens.delete(new TokenHash(ended.text(0)));
        liveFrom.remove(session);
        return true;
    }

    private Reply runTelling(Script script, SessionId session, List<Object> values, Optional<WebhookEvent> told) {
        int shard = Keys.shardOf(session);
        List<String> names = new ArrayList<>(List.of(keys.session(session), keys.expiries(shard), keys.counts(shard)));
        names.addAll(outbox.names(shard));
        values.addAll(outbox.values(told));
        Reply reply = redis.run(script, names, values.toArray());
        outbox.done(shard, told);
        return reply;
    }

    /** Hears that a session has ended on another node. */
    public void endedElsewhere(SessionId session) {
        liveFrom.remove(session);
    }

    @Override
    public void delete(SessionId session) {
        redis.run(DELETE, List.of(keys.session(session), keys.expiries(Keys.shardOf(session))), session);
    }

    @Override
    public List<SessionId> expired(Instant now, int max) {
        if (max <= 0) {
            return List.of();
        }
        Range<Long> due = Range.create(0L, now.toEpochMilli());
        List<Redis.Call<List<ScoredValue<byte[]>>>> calls = new ArrayList<>();
        for (int shard = 0; shard < Keys.SHARDS; shard++) {
            byte[] name = Redis.bytes(keys.expiries(shard));
            calls.add(redis.send(commands -> commands.zrangebyscoreWithScores(name, due, Limit.create(0, max))));
        }
        return calls.stream()
                .flatMap(call -> call.await().stream())
                .sorted(Comparator.comparingDouble(ScoredValue::getScore))
                .limit(max)
                .map(found -> new SessionId(new String(found.getValue(), StandardCharsets.US_ASCII)))
                .toList();
    }

    @Override
    public SessionCounts counts() {
        List<Redis.Call<Map<byte[], byte[]>>> calls = new ArrayList<>();
        for (int shard = 0; shard < Keys.SHARDS; shard++) {
            byte[] name = Redis.bytes(keys.counts(shard));
            calls.add(redis.send(commands -> commands.hgetall(name)));
        }
        Map<String, Long> sums = new HashMap<>();
        for (Redis.Call<Map<byte[], byte[]>> call : calls) {
            call.await()
                    .forEach((what, count) -> sums.merge(
                            new String(what, StandardCharsets.US_ASCII),
                            Long.valueOf(new String(count, StandardCharsets.US_ASCII)),
                            Long::sum));
        }
        long opened = sums.getOrDefault("opened", 0L);
        long ended = sums.getOrDefault(SessionEnd.ENDED.wireName(), 0L);
        long expired = sums.getOrDefault(SessionEnd.EXPIRED.wireName(), 0L);
        long revoked = sums.getOrDefault(SessionEnd.REVOKED.wireName(), 0L);
        return new SessionCounts(opened - ended - expired - revoked, opened, ended, expired, revoked);
    }

    private List<String> whatLivesWith(SessionId session) {
        return List.of(
                keys.session(session),
                keys.expiries(Keys.shardOf(session)),
                keys.runs(session),
                keys.order(session),
                keys.messages(session));
    }

    private boolean lives(SessionId session) {
        return redis.send(commands -> commands.hexists(Redis.bytes(keys.session(session)), TOKEN))
                .await();
    }

    /** Rounded up: nothing expires before its moment. */
    private static long millisFrom(Instant moment) {
        return moment.plusNanos(999_999).toEpochMilli();
    }

    private static Script script(String name) {
        return Script.beside(RedisSessionStore.class, name);
    }
}
