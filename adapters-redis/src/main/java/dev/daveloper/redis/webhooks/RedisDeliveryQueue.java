package dev.daveloper.redis.webhooks;

import dev.daveloper.application.webhooks.out.DeliveryQueue;
import dev.daveloper.domain.Page;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.webhooks.Attempt;
import dev.daveloper.domain.webhooks.Delivery;
import dev.daveloper.domain.webhooks.DeliveryId;
import dev.daveloper.domain.webhooks.DeliveryState;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.EndpointStats;
import dev.daveloper.domain.webhooks.FailureStreak;
import dev.daveloper.domain.webhooks.Latencies;
import dev.daveloper.domain.webhooks.Verdict;
import dev.daveloper.redis.Keys;
import dev.daveloper.redis.Redis;
import dev.daveloper.redis.Reply;
import dev.daveloper.redis.Script;
import dev.daveloper.stored.EpochNanos;
import dev.daveloper.stored.webhooks.AttemptsCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** A queue for each endpoint in the endpoint's shard: one script claims a batch, one settles an attempt. */
public final class RedisDeliveryQueue implements DeliveryQueue {
    private static final Script DUE = script("due");
    private static final Script SETTLE = script("settle");

    private final Redis redis;
    private final Keys keys;
    private final Shards shards;
    private final DeliveryRecords records;
    private final Claims claims;

    /** @param shards in which endpoints lie that this node knows */
    public RedisDeliveryQueue(Redis redis, Shards shards) {
        this.redis = redis;
        this.keys = redis.keys();
        this.shards = shards;
        SealedEvents events = new SealedEvents(redis.config().contentKeys());
        this.records = new DeliveryRecords(redis, events);
        this.claims = new Claims(redis, events);
    }

    private static Script script(String name) {
        return Script.beside(RedisDeliveryQueue.class, name);
    }

    @Override
    public Due due(Instant now) {
        List<Redis.Call<Reply>> calls = new ArrayList<>();
        for (int shard : shards.toAsk()) {
            calls.add(redis.send(DUE, List.of(keys.hooksNext(shard)), now.toEpochMilli()));
        }
        Set<EndpointId> due = new HashSet<>();
        Optional<Instant> next = Optional.empty();
        for (Redis.Call<Reply> call : calls) {
            Reply reply = call.await();
            for (int i = 1; i < reply.size(); i++) {
                EndpointId endpoint = new EndpointId(reply.text(i));
                shards.used(endpoint);
                due.add(endpoint);
            }
            Optional<Instant> later = reply.optional(0)
                    .filter(score -> !score.isEmpty())
                    .map(score -> Instant.ofEpochMilli((long) Double.parseDouble(score)));
            if (later.isPresent() && (next.isEmpty() || later.get().isBefore(next.get()))) {
                next = later;
            }
        }
        return new Due(due, next);
    }

    @Override
    public List<Claim> claim(EndpointId endpoint, int max, OptionalInt perSecond, Instant now, Duration leaseFor) {
        return claims.take(new Claims.Wish(new Hook(keys, endpoint), perSecond, now, leaseFor), max);
    }

    @Override
    public Optional<FailureStreak> settle(Claim claim, Attempt attempt, Next next) {
        Hook hook = new Hook(keys, claim.endpoint());
        Instant ended = attempt.endedAt();
        Instant moment = next instanceof Next.Retry retry ? retry.at() : ended;
        Reply reply = redis.run(
                SETTLE,
                List.of(
                        hook.delivery(claim.id()),
                        hook.due(),
                        hook.leased(),
                        hook.waiting(),
                        hook.sending(),
                        hook.delivered(),
                        hook.dead(),
                        hook.standing(),
                        hook.hour(attempt.at()),
                        hook.next()),
                claim.id(),
                claim.endpoint(),
                claim.ticket(),
                AttemptsCodec.encode(List.of(attempt)),
                attempt.number(),
                stateAfter(next).wireName(),
                EpochNanos.of(moment),
                Hook.millis(moment),
                next instanceof Next.Dead dead ? dead.why().wireName() : "",
                attempt.trouble().wireName(),
                Latencies.classOf(attempt.took()),
                attempt.verdict() == Verdict.DELIVERED ? 1 : 0,
                EpochNanos.of(ended),
                ended.toEpochMilli(),
                Hook.KEPT.toMillis(),
                FailureStreak.SEVERAL,
                FailureStreak.APART.toMillis(),
                MAX_ATTEMPTS,
                MAX_OVER,
                hook.deliveries(),
                redis.config().keeping().delivery().toMillis());
        return reply.isEmpty() ? Optional.empty() : Optional.of(Standings.streak(reply));
    }

    private static DeliveryState.Kind stateAfter(Next next) {
        return switch (next) {
            case Next.Delivered delivered -> DeliveryState.Kind.DELIVERED;
            case Next.Retry retry -> DeliveryState.Kind.WAITING;
            case Next.Dead dead -> DeliveryState.Kind.DEAD;
        };
    }

    @Override
    public void release(Claim claim, Instant dueAt) {
        records.again(claim.endpoint(), claim.id(), claim.ticket(), dueAt).await();
    }

    @Override
    public Page<Delivery> list(EndpointId endpoint, Optional<DeliveryState.Kind> only, PageRequest page) {
        return records.list(endpoint, only, page);
    }

    @Override
    public Optional<Known> find(DeliveryId delivery) {
        return records.find(delivery);
    }

    @Override
    public Optional<Delivery> redeliver(DeliveryId delivery, Instant now) {
        return records.redeliver(delivery, now);
    }

    @Override
    public int recover(EndpointId endpoint, Instant since, Instant now, int max) {
        return records.recover(endpoint, since, now, max);
    }

    @Override
    public EndpointStats stats(EndpointId endpoint, Instant since, Instant now) {
        return new Standings(redis).since(endpoint, since, now, backlog(endpoint));
    }

    @Override
    public Backlog backlog(EndpointId endpoint) {
        return records.backlog(endpoint);
    }

    @Override
    public void forget(EndpointId endpoint) {
        records.forget(endpoint);
    }

    @Override
    public int forgetBefore(Instant moment, Set<EndpointId> endpoints, int max) {
        return records.forgetBefore(moment, endpoints, max);
    }
}
