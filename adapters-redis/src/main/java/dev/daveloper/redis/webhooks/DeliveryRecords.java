package dev.daveloper.redis.webhooks;

import dev.daveloper.application.webhooks.out.DeliveryQueue.Backlog;
import dev.daveloper.application.webhooks.out.DeliveryQueue.Known;
import dev.daveloper.domain.Page;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.domain.failures.InvalidValue;
import dev.daveloper.domain.webhooks.Delivery;
import dev.daveloper.domain.webhooks.DeliveryId;
import dev.daveloper.domain.webhooks.DeliveryState.Kind;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.redis.Keys;
import dev.daveloper.redis.Redis;
import dev.daveloper.redis.Reply;
import dev.daveloper.redis.Script;
import dev.daveloper.stored.EpochNanos;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is remembered of deliveries: to look at, to send again, to forget. */
final class DeliveryRecords {
    private static final Script AGAIN = Script.beside(DeliveryRecords.class, "again");
    private static final Script BACKLOG = Script.beside(DeliveryRecords.class, "backlog");
    private static final Script DROP = Script.beside(DeliveryRecords.class, "drop");
    private static final int AT_ONCE = 200;

    private final Redis redis;
    private final Keys keys;
    private final SealedEvents events;

    DeliveryRecords(Redis redis, SealedEvents events) {
        this.redis = redis;
        this.keys = redis.keys();
        this.events = events;
    }

    /** The newest of each set that is wanted, together, the newest of all first. */
    Page<Delivery> list(EndpointId endpoint, Optional<Kind> only, PageRequest page) {
        Hook hook = new Hook(keys, endpoint);
        Range<byte[]> before = page.cursor()
                .map(DeliveryRecords::idOf)
                .map(last -> Range.from(
                        Range.Boundary.<byte[]>unbounded(), Range.Boundary.excluding(Redis.bytes(last.value()))))
                .orElseGet(Range::unbounded);
        List<Redis.Call<List<byte[]>>> calls = new ArrayList<>();
        for (Kind kind : only.map(List::of).orElseGet(() -> List.of(Kind.values()))) {
            byte[] name = Redis.bytes(hook.in(kind));
            calls.add(redis.send(commands -> commands.zrevrangebylex(name, before, Limit.create(0, page.limit() + 1))));
        }
        List<DeliveryId> ids = calls.stream()
                .flatMap(call -> call.await().stream())
                .map(id -> new DeliveryId(new String(id, StandardCharsets.US_ASCII)))
                .distinct()
                .sorted(Comparator.comparing(DeliveryId::value).reversed())
                .limit(page.limit() + 1L)
                .toList();
        boolean more = ids.size() > page.limit();
        List<DeliveryId> shown = more ? ids.subList(0, page.limit()) : ids;
        List<Delivery> found =
                all(hook, shown).stream().map(stored -> stored.delivery(events)).toList();
        return new Page<>(found, more ? Optional.of(shown.getLast().value()) : Optional.empty());
    }

    private static DeliveryId idOf(String cursor) {
        try {
            return new DeliveryId(cursor);
        } catch (InvalidValue e) {
            throw new InvalidRequest("#/cursor", "The cursor is not one of this list.");
        }
    }

    /** Those of them that are still there. */
    private List<StoredDelivery> all(Hook hook, List<DeliveryId> ids) {
        List<Redis.Call<Map<byte[], byte[]>>> calls = new ArrayList<>();
        for (DeliveryId id : ids) {
            calls.add(fields(hook.delivery(id)));
        }
        List<StoredDelivery> found = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            StoredDelivery.of(ids.get(i), calls.get(i).await()).ifPresent(found::add);
        }
        return found;
    }

    private Redis.Call<Map<byte[], byte[]>> fields(String name) {
        return redis.send(commands -> commands.hgetall(Redis.bytes(name)));
    }

    Optional<Known> find(DeliveryId delivery) {
        return stored(delivery).map(stored -> stored.known(events));
    }

    /** Nobody knows whose it is before it is found: all shards are asked, in one go. */
    private Optional<StoredDelivery> stored(DeliveryId delivery) {
        List<Redis.Call<Map<byte[], byte[]>>> calls = new ArrayList<>();
        for (int shard = 0; shard < Keys.SHARDS; shard++) {
            calls.add(fields(keys.deliveries(shard) + delivery));
        }
        Optional<StoredDelivery> found = Optional.empty();
        for (Redis.Call<Map<byte[], byte[]>> call : calls) {
            Optional<StoredDelivery> here = StoredDelivery.of(delivery, call.await());
            found = here.isPresent() ? here : found;
        }
        return found;
    }

    Optional<Delivery> redeliver(DeliveryId delivery, Instant now) {
        Optional<StoredDelivery> known = stored(delivery);
        if (known.isEmpty()) {
            return Optional.empty();
        }
        Hook hook = new Hook(keys, known.get().endpoint());
        again(hook.endpoint(), delivery, "", now).await();
        return all(hook, List.of(delivery)).stream().findFirst().map(again -> again.delivery(events));
    }

    /** @param ticket of a claim that is given back; empty to have it sent again whatever became of it */
    Redis.Call<Reply> again(EndpointId endpoint, DeliveryId delivery, String ticket, Instant dueAt) {
        Hook hook = new Hook(keys, endpoint);
        return redis.send(
                AGAIN,
                List.of(
                        hook.delivery(delivery),
                        hook.due(),
                        hook.leased(),
                        hook.waiting(),
                        hook.sending(),
                        hook.delivered(),
                        hook.dead(),
                        hook.next()),
                delivery,
                endpoint,
                ticket,
                EpochNanos.of(dueAt),
                Hook.millis(dueAt),
                redis.config().keeping().delivery().toMillis());
    }

    int recover(EndpointId endpoint, Instant since, Instant now, int max) {
        Hook hook = new Hook(keys, endpoint);
        int recovered = 0;
        for (int from = 0; recovered < max; ) {
            List<DeliveryId> some = oldest(hook.dead(), from);
            List<Redis.Call<Reply>> calls = new ArrayList<>();
            for (StoredDelivery dead : all(hook, some)) {
                if (!dead.createdAt().isBefore(since) && recovered + calls.size() < max) {
                    calls.add(again(endpoint, dead.id(), "", now));
                }
            }
            calls.forEach(Redis.Call::await);
            recovered += calls.size();
            from += some.size() - calls.size();
            if (some.size() < AT_ONCE) {
                break;
            }
        }
        return recovered;
    }

    private List<DeliveryId> oldest(String set, int from) {
        return redis.send(commands -> commands.zrange(Redis.bytes(set), from, from + AT_ONCE - 1L)).await().stream()
                .map(id -> new DeliveryId(new String(id, StandardCharsets.US_ASCII)))
                .toList();
    }

    Backlog backlog(EndpointId endpoint) {
        Hook hook = new Hook(keys, endpoint);
        Reply reply = redis.run(
                BACKLOG, List.of(hook.due(), hook.leased(), hook.waiting(), hook.sending()), hook.deliveries());
        return new Backlog(
                reply.number(0),
                reply.optional(1).filter(nanos -> !nanos.isEmpty()).map(nanos -> EpochNanos.at(Long.parseLong(nanos))),
                reply.optional(2)
                        .filter(millis -> !millis.isEmpty())
                        .map(millis -> Instant.ofEpochMilli(Long.parseLong(millis))));
    }

    void forget(EndpointId endpoint) {
        Hook hook = new Hook(keys, endpoint);
        for (Kind kind : Kind.values()) {
            List<DeliveryId> some;
            do {
                some = oldest(hook.in(kind), 0);
                drop(hook, some);
            } while (!some.isEmpty());
        }
        List<Redis.Call<Long>> calls = new ArrayList<>();
        calls.add(unlink(hook.standing()));
        long last = Hook.hourOf(
                redis.config().clock().orElse(InstantSource.system()).instant());
        for (long hour = last - Hook.KEPT.toHours(); hour <= last + 1; hour++) {
            calls.add(unlink(hook.hour(hour)));
        }
        calls.forEach(Redis.Call::await);
    }

    private Redis.Call<Long> unlink(String name) {
        return redis.send(commands -> commands.unlink(Redis.bytes(name)));
    }

    private void drop(Hook hook, List<DeliveryId> ids) {
        if (ids.isEmpty()) {
            return;
        }
        List<String> names = new ArrayList<>(hook.sets());
        names.add(hook.next());
        List<Object> values = new ArrayList<>(List.of(hook.endpoint(), hook.deliveries()));
        values.addAll(ids);
        redis.run(DROP, names, values.toArray());
    }

    int forgetBefore(Instant moment, Set<EndpointId> endpoints, int max) {
        int forgotten = 0;
        for (EndpointId endpoint : endpoints) {
            Hook hook = new Hook(keys, endpoint);
            for (Kind kind : List.of(Kind.DELIVERED, Kind.DEAD, Kind.WAITING)) {
                forgotten += forgetBefore(moment, hook, kind, max - forgotten);
            }
        }
        return forgotten;
    }

    /** The oldest first; what comes behind one that is not old is not looked at before the next round. */
    private int forgetBefore(Instant moment, Hook hook, Kind kind, int max) {
        int forgotten = 0;
        while (forgotten < max) {
            List<DeliveryId> some = oldest(hook.in(kind), 0);
            Map<DeliveryId, StoredDelivery> there =
                    all(hook, some).stream().collect(Collectors.toMap(StoredDelivery::id, Function.identity()));
            List<DeliveryId> old = some.stream()
                    .filter(id -> isOld(there.get(id), moment))
                    .limit(max - forgotten)
                    .toList();
            drop(hook, old);
            forgotten += old.size();
            if (old.size() < AT_ONCE) {
                break;
            }
        }
        return forgotten;
    }

    /** What Redis has forgotten by itself is old: without its record it stands in its set for nothing. */
    private static boolean isOld(@Nullable StoredDelivery delivery, Instant moment) {
        return delivery == null || delivery.isOld(moment);
    }
}
