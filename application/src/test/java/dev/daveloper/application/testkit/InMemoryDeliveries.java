package dev.daveloper.application.testkit;

import dev.daveloper.application.webhooks.out.DeliveryQueue;
import dev.daveloper.domain.Page;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.UnreadableContent;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.domain.webhooks.Attempt;
import dev.daveloper.domain.webhooks.Delivery;
import dev.daveloper.domain.webhooks.DeliveryId;
import dev.daveloper.domain.webhooks.DeliveryState;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.EndpointStats;
import dev.daveloper.domain.webhooks.EventId;
import dev.daveloper.domain.webhooks.FailureStreak;
import dev.daveloper.domain.webhooks.PutOff;
import dev.daveloper.domain.webhooks.WebhookEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Deliveries in a map. */
public final class InMemoryDeliveries implements DeliveryQueue {
    private static final Comparator<HeldDelivery> NEWEST_FIRST = Comparator.comparing(
                    (HeldDelivery held) -> held.event.at())
            .thenComparing(held -> held.id.value())
            .reversed();

    private final Map<DeliveryId, HeldDelivery> all = new LinkedHashMap<>();
    private final Map<EndpointId, HeldStats> stats = new HashMap<>();
    private final Map<EndpointId, Double> takenUntil = new HashMap<>();
    private final Runnable requireHere;
    private final Predicate<EventId> unreadable;
    private long tickets;

    InMemoryDeliveries(Runnable requireHere, Predicate<EventId> unreadable) {
        this.requireHere = requireHere;
        this.unreadable = unreadable;
    }

    synchronized void add(WebhookEvent event, EndpointId endpoint, Instant now, int maxWaiting) {
        DeliveryId id = DeliveryId.of(event, endpoint);
        if (all.containsKey(id)) {
            return;
        }
        HeldDelivery held = new HeldDelivery(id, endpoint, event, now);
        if (backlog(endpoint).waiting() >= maxWaiting) {
            held.state = new DeliveryState.Dead(now, DeliveryState.Death.BACKLOG_FULL);
            statsOf(endpoint).died(now);
        }
        all.put(id, held);
    }

    @Override
    public synchronized Due due(Instant now) {
        requireHere.run();
        Set<EndpointId> due = new HashSet<>();
        Optional<Instant> next = Optional.empty();
        for (HeldDelivery held : all.values()) {
            Optional<Instant> at = held.dueAt();
            if (at.isPresent() && !at.get().isAfter(now)) {
                due.add(held.endpoint);
            } else if (at.isPresent() && (next.isEmpty() || at.get().isBefore(next.get()))) {
                next = at;
            }
        }
        return new Due(due, next);
    }

    @Override
    public synchronized List<Claim> claim(
            EndpointId endpoint, int max, OptionalInt perSecond, Instant now, Duration leaseFor) {
        requireHere.run();
        due(endpoint, now)
                .filter(held -> unreadable.test(held.event.id()))
                .forEach(held -> held.waitUntil(PutOff.until(held.id, now)));
        List<HeldDelivery> due = due(endpoint, now)
                .sorted(Comparator.comparing((HeldDelivery held) -> held.dueAt().orElseThrow()))
                .limit(Math.min(max, allowance(endpoint, perSecond, now)))
                .toList();
        take(endpoint, perSecond, now, due.size());
        return due.stream()
                .map(held -> held.claim(now.plus(leaseFor), Long.toString(++tickets)))
                .toList();
    }

    private Stream<HeldDelivery> due(EndpointId endpoint, Instant now) {
        return of(endpoint)
                .filter(held -> held.dueAt().filter(at -> !at.isAfter(now)).isPresent());
    }

    private int allowance(EndpointId endpoint, OptionalInt perSecond, Instant now) {
        if (perSecond.isEmpty()) {
            return Integer.MAX_VALUE;
        }
        double free = seconds(now) + 1 - Math.max(seconds(now), takenUntil.getOrDefault(endpoint, 0.0));
        return (int) Math.floor(free * perSecond.getAsInt() + 1e-6);
    }

    private void take(EndpointId endpoint, OptionalInt perSecond, Instant now, int count) {
        if (perSecond.isPresent()) {
            double from = Math.max(seconds(now), takenUntil.getOrDefault(endpoint, 0.0));
            takenUntil.put(endpoint, from + (double) count / perSecond.getAsInt());
        }
    }

    private static double seconds(Instant moment) {
        return moment.toEpochMilli() / 1_000.0;
    }

    @Override
    public synchronized Optional<FailureStreak> settle(Claim claim, Attempt attempt, Next next) {
        requireHere.run();
        HeldDelivery held = all.get(claim.id());
        if (held == null || !held.ticket.equals(Optional.of(claim.ticket()))) {
            return Optional.empty();
        }
        held.settle(attempt, next);
        HeldStats counted = statsOf(claim.endpoint());
        counted.attempted(attempt, next);
        trim(claim.endpoint(), DeliveryState.Kind.DELIVERED);
        trim(claim.endpoint(), DeliveryState.Kind.DEAD);
        return Optional.of(counted.streak());
    }

    private void trim(EndpointId endpoint, DeliveryState.Kind kind) {
        of(endpoint)
                .filter(held -> held.state.kind() == kind)
                .sorted(NEWEST_FIRST)
                .skip(MAX_OVER)
                .toList()
                .forEach(held -> all.remove(held.id));
    }

    @Override
    public synchronized void release(Claim claim, Instant dueAt) {
        requireHere.run();
        HeldDelivery held = all.get(claim.id());
        if (held != null && held.ticket.equals(Optional.of(claim.ticket()))) {
            held.waitUntil(dueAt);
        }
    }

    @Override
    public synchronized Page<Delivery> list(EndpointId endpoint, Optional<DeliveryState.Kind> only, PageRequest page) {
        requireHere.run();
        List<HeldDelivery> listed = of(endpoint)
                .filter(held -> only.isEmpty() || only.get() == held.state.kind())
                .sorted(NEWEST_FIRST)
                .toList();
        int from = 0;
        if (page.cursor().isPresent()) {
            HeldDelivery last =
                    Optional.ofNullable(all.get(idOf(page.cursor().get()))).orElseThrow(InMemoryDeliveries::badCursor);
            from = (int) listed.stream()
                    .filter(held -> NEWEST_FIRST.compare(held, last) <= 0)
                    .count();
        }
        int to = Math.min(listed.size(), from + page.limit());
        List<Delivery> items =
                listed.subList(from, to).stream().map(HeldDelivery::view).toList();
        return new Page<>(
                items, to < listed.size() ? Optional.of(items.getLast().id().value()) : Optional.empty());
    }

    private static DeliveryId idOf(String cursor) {
        try {
            return new DeliveryId(cursor);
        } catch (RuntimeException e) {
            throw badCursor();
        }
    }

    private static InvalidRequest badCursor() {
        return new InvalidRequest("#/cursor", "The cursor is not one of this list.");
    }

    @Override
    public synchronized Optional<Known> find(DeliveryId delivery) {
        requireHere.run();
        return Optional.ofNullable(all.get(delivery)).map(held -> {
            if (unreadable.test(held.event.id())) {
                throw new UnreadableContent("by the test's wish");
            }
            return new Known(held.view(), held.event, held.attempts());
        });
    }

    @Override
    public synchronized Optional<Delivery> redeliver(DeliveryId delivery, Instant now) {
        requireHere.run();
        return Optional.ofNullable(all.get(delivery)).map(held -> held.again(now));
    }

    @Override
    public synchronized int recover(EndpointId endpoint, Instant since, Instant now, int max) {
        requireHere.run();
        List<HeldDelivery> dead = of(endpoint)
                .filter(held -> held.state.kind() == DeliveryState.Kind.DEAD && !held.createdAt.isBefore(since))
                .sorted(NEWEST_FIRST.reversed())
                .limit(max)
                .toList();
        dead.forEach(held -> held.again(now));
        return dead.size();
    }

    @Override
    public synchronized EndpointStats stats(EndpointId endpoint, Instant since, Instant now) {
        requireHere.run();
        Backlog backlog = backlog(endpoint);
        return statsOf(endpoint).since(since, backlog);
    }

    @Override
    public synchronized Backlog backlog(EndpointId endpoint) {
        requireHere.run();
        List<HeldDelivery> waiting =
                of(endpoint).filter(held -> held.dueAt().isPresent()).toList();
        return new Backlog(
                waiting.size(),
                waiting.stream().map(held -> held.createdAt).min(Comparator.naturalOrder()),
                waiting.stream().flatMap(held -> held.dueAt().stream()).min(Comparator.naturalOrder()));
    }

    @Override
    public synchronized void forget(EndpointId endpoint) {
        requireHere.run();
        all.values().removeIf(held -> held.endpoint.equals(endpoint));
        stats.remove(endpoint);
        takenUntil.remove(endpoint);
    }

    @Override
    public synchronized int forgetBefore(Instant moment, Set<EndpointId> endpoints, int max) {
        requireHere.run();
        List<DeliveryId> old = all.values().stream()
                .filter(held -> held.isOldAt(moment))
                .map(held -> held.id)
                .limit(max)
                .toList();
        old.forEach(all::remove);
        return old.size();
    }

    private Stream<HeldDelivery> of(EndpointId endpoint) {
        return all.values().stream().filter(held -> held.endpoint.equals(endpoint));
    }

    private HeldStats statsOf(EndpointId endpoint) {
        return stats.computeIfAbsent(endpoint, id -> new HeldStats());
    }
}
