package dev.daveloper.redis.webhooks;

import dev.daveloper.application.webhooks.out.DeliveryQueue;
import dev.daveloper.application.webhooks.out.Outbox;
import dev.daveloper.domain.UnreadableContent;
import dev.daveloper.domain.webhooks.Awaited;
import dev.daveloper.domain.webhooks.DeliveryId;
import dev.daveloper.domain.webhooks.DeliveryState;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.EventId;
import dev.daveloper.domain.webhooks.PutOff;
import dev.daveloper.domain.webhooks.WebhookEvent;
import dev.daveloper.redis.Keys;
import dev.daveloper.redis.Redis;
import dev.daveloper.redis.Reply;
import dev.daveloper.redis.Script;
import dev.daveloper.stored.EpochNanos;
import dev.daveloper.stored.webhooks.AwaitedText;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.ZAddArgs;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An outbox in each shard, so that an event lies where what it tells of is written. Endpoints lie in shards of their
 * own: each gets its delivery by a script, which does nothing the second time, and then the event is taken out, in a
 * cluster when as many copies as are configured have its deliveries.
 */
public final class RedisOutbox implements Outbox {
    private static final Logger LOG = LoggerFactory.getLogger(RedisOutbox.class);

    private static final Script PUT = Script.beside(RedisOutbox.class, "put");
    private static final Script WAITING = Script.beside(RedisOutbox.class, "waiting");
    private static final Script LEAVE = Script.beside(RedisOutbox.class, "leave");
    private static final Script ADD = Script.beside(RedisOutbox.class, "add");
    private static final Script TAKE_OUT = Script.beside(RedisOutbox.class, "take-out");
    private static final byte[] NOTHING = {};

    /** When copies were waited for in vain, nobody waits for them again for so long. */
    private static final Duration WITHOUT_COPIES = Duration.ofSeconds(5);

    private final Redis redis;
    private final Keys keys;
    private final SealedEvents events;
    private final Shards outboxes;
    private final Shards endpoints;
    private final AtomicLong missedAtNanos = new AtomicLong(System.nanoTime() - WITHOUT_COPIES.toNanos());

    /** @param outboxes is told by whoever puts events down in a step of its own */
    public RedisOutbox(Redis redis, Shards outboxes, Shards endpoints) {
        this.redis = redis;
        this.keys = redis.keys();
        this.events = new SealedEvents(redis.config().contentKeys());
        this.outboxes = outboxes;
        this.endpoints = endpoints;
    }

    @Override
    public void put(WebhookEvent event) {
        int shard = shardOf(event);
        try {
            redis.runDurably(PUT, List.of(keys.outbox(shard), keys.outgoing(shard)), event.id(), events.seal(event));
        } finally {
            // Also when nobody said so: it may have been put there.
            outboxes.used(shard);
        }
    }

    /** That of its session, whose end it may tell, or of its id. */
    private static int shardOf(WebhookEvent event) {
        return event.session().map(session -> Keys.shardOf(session)).orElseGet(() -> Keys.shardOf(event.id()));
    }

    @Override
    public List<WebhookEvent> waiting(int max) {
        Set<Integer> asked = outboxes.take();
        try {
            return waiting(asked, max);
        } catch (RuntimeException e) {
            asked.forEach(outboxes::used);
            throw e;
        }
    }

    private List<WebhookEvent> waiting(Set<Integer> asked, int max) {
        Instant now = redis.config().clock().orElse(InstantSource.system()).instant();
        Map<Integer, Redis.Call<Reply>> calls = new TreeMap<>();
        for (int shard : asked) {
            List<String> names = List.of(keys.outbox(shard), keys.outgoing(shard));
            calls.put(shard, redis.send(WAITING, names, now.toEpochMilli(), max));
        }
        List<WebhookEvent> waiting = new ArrayList<>();
        List<Left> left = new ArrayList<>();
        calls.forEach((shard, call) -> {
            Reply reply = call.await();
            if (!reply.isEmpty()) {
                outboxes.used(shard);
            }
            for (int i = 0; i + 1 < reply.size() && waiting.size() < max; i += 2) {
                EventId id = new EventId(reply.text(i));
                try {
                    waiting.add(events.open(id, reply.has(i + 1) ? reply.bytes(i + 1) : NOTHING));
                } catch (UnreadableContent e) {
                    left.add(new Left(leave(shard, id, now), e));
                }
            }
        });
        left.forEach(one -> LOG.warn(
                "an event is {}: {}", one.outcome().await().text(0), one.why().getMessage()));
        return waiting;
    }

    private record Left(Redis.Call<Reply> outcome, UnreadableContent why) {}

    private Redis.Call<Reply> leave(int shard, EventId id, Instant now) {
        return redis.send(
                LEAVE,
                List.of(keys.outbox(shard), keys.outgoing(shard)),
                id,
                now.toEpochMilli(),
                PutOff.SHORTEST.toMillis(),
                PutOff.LONGEST.toMillis(),
                redis.config().keeping().delivery().toMillis());
    }

    @Override
    public void distribute(WebhookEvent event, Set<EndpointId> to, Instant now, int maxWaiting) {
        byte[] sealed = events.seal(event);
        // In one server the copies get deliveries before they hear that the event is gone; several know no such order.
        boolean copied =
                redis.config().durability().copies() == 0 || redis.masters().size() == 1;
        boolean waits = !copied && System.nanoTime() - missedAtNanos.get() >= WITHOUT_COPIES.toNanos();
        List<Redis.Call<Reply>> calls = new ArrayList<>();
        for (EndpointId endpoint : to) {
            endpoints.used(endpoint);
            Delivering delivering = delivering(event, sealed, endpoint, now, maxWaiting);
            if (waits) {
                waits = redis.runCopied(
                                ADD, delivering.names(), delivering.values().toArray())
                        .isEnough();
            } else {
                calls.add(
                        redis.send(ADD, delivering.names(), delivering.values().toArray()));
            }
        }
        calls.forEach(Redis.Call::await);
        if (copied || waits || to.isEmpty()) {
            takeOut(event);
        } else {
            missing(event, now);
        }
    }

    /** Its deliveries are there, but might be lost with the servers that they lie in: they are made again later. */
    private void missing(WebhookEvent event, Instant now) {
        leave(shardOf(event), event.id(), now).await();
        long missedAt = missedAtNanos.get();
        long at = System.nanoTime();
        if (at - missedAt >= WITHOUT_COPIES.toNanos() && missedAtNanos.compareAndSet(missedAt, at)) {
            LOG.warn(
                    "there are too few copies of deliveries, so that events stay in the outbox, such as {}",
                    event.id());
        }
    }

    /** What the script that makes a delivery is given. */
    private record Delivering(List<String> names, List<Object> values) {}

    private Delivering delivering(WebhookEvent event, byte[] sealed, EndpointId endpoint, Instant now, int maxWaiting) {
        DeliveryId id = DeliveryId.of(event, endpoint);
        Hook hook = new Hook(keys, endpoint);
        return new Delivering(
                List.of(
                        hook.delivery(id),
                        hook.due(),
                        hook.leased(),
                        hook.waiting(),
                        hook.dead(),
                        hook.hour(now),
                        hook.next()),
                List.of(
                        id,
                        endpoint,
                        sealed,
                        EpochNanos.of(now),
                        Hook.millis(now),
                        maxWaiting,
                        redis.config().keeping().delivery().toMillis(),
                        Hook.KEPT.toMillis(),
                        DeliveryState.Death.BACKLOG_FULL.wireName(),
                        event.id(),
                        DeliveryQueue.MAX_OVER,
                        hook.deliveries(),
                        event.type().wireName()));
    }

    private void takeOut(WebhookEvent event) {
        int shard = shardOf(event);
        redis.run(TAKE_OUT, List.of(keys.outbox(shard), keys.outgoing(shard)), event.id());
    }

    @Override
    public void await(Awaited awaited, Instant now) {
        byte[] what = Redis.bytes(AwaitedText.write(awaited));
        redis.send(commands -> commands.zadd(
                        Redis.bytes(keys.awaited()), ZAddArgs.Builder.nx(), (double) now.toEpochMilli(), what))
                .await();
    }

    @Override
    public List<Awaited> awaited(Instant since, int max) {
        Range<Double> before =
                Range.from(Range.Boundary.unbounded(), Range.Boundary.excluding((double) since.toEpochMilli()));
        return redis
                .send(commands -> commands.zrangebyscore(Redis.bytes(keys.awaited()), before, Limit.create(0, max)))
                .await()
                .stream()
                .map(what -> AwaitedText.read(new String(what, StandardCharsets.US_ASCII)))
                .toList();
    }

    @Override
    public void settle(Awaited awaited) {
        byte[] what = Redis.bytes(AwaitedText.write(awaited));
        redis.send(commands -> commands.zrem(Redis.bytes(keys.awaited()), what)).await();
    }
}
