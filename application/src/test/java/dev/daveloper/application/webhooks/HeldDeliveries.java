package dev.daveloper.application.webhooks;

import dev.daveloper.application.webhooks.out.DeliveryQueue;
import dev.daveloper.domain.Page;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.failures.StoreUnavailable;
import dev.daveloper.domain.webhooks.Attempt;
import dev.daveloper.domain.webhooks.Delivery;
import dev.daveloper.domain.webhooks.DeliveryId;
import dev.daveloper.domain.webhooks.DeliveryState;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.EndpointStats;
import dev.daveloper.domain.webhooks.FailureStreak;
import dev.daveloper.domain.webhooks.Latencies;
import dev.daveloper.domain.webhooks.WebhookEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** The queue of deliveries as the services' tests need it: plain maps and one lock. */
class HeldDeliveries implements DeliveryQueue {
    private static final class Held {
        final WebhookEvent event;
        final EndpointId endpoint;
        final DeliveryId id;
        final Instant createdAt;
        final List<Attempt> attempts = new ArrayList<>();
        DeliveryState state;
        int failures;
        int claims;

        Held(WebhookEvent event, EndpointId endpoint, Instant now) {
            this.event = event;
            this.endpoint = endpoint;
            this.id = DeliveryId.of(event, endpoint);
            this.createdAt = now;
            this.state = new DeliveryState.Waiting(now);
        }

        Instant dueAt() {
            return switch (state) {
                case DeliveryState.Waiting waiting -> waiting.dueAt();
                case DeliveryState.Sending sending -> sending.leaseUntil();
                case DeliveryState.Delivered delivered -> Instant.MAX;
                case DeliveryState.Dead dead -> Instant.MAX;
            };
        }

        Delivery delivery() {
            Optional<Attempt> last = attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.getLast());
            return new Delivery(
                    id, endpoint, event.id(), event.type(), event.session(), state, attempts.size(), createdAt, last);
        }
    }

    private final Map<DeliveryId, Held> all = new LinkedHashMap<>();
    private final Map<EndpointId, FailureStreak> streaks = new HashMap<>();
    private int calls;
    private boolean away;

    /** How often anything here was asked. */
    synchronized int calls() {
        return calls;
    }

    synchronized void away(boolean isAway) {
        away = isAway;
    }

    final synchronized void called() {
        calls++;
        if (away) {
            throw new StoreUnavailable(new IllegalStateException("away by the test's wish"));
        }
    }

    final synchronized void add(WebhookEvent event, EndpointId endpoint, Instant now) {
        Held held = new Held(event, endpoint, now);
        all.putIfAbsent(held.id, held);
    }

    @Override
    public synchronized Due due(Instant now) {
        called();
        Set<EndpointId> due = all.values().stream()
                .filter(held -> !held.dueAt().isAfter(now))
                .map(held -> held.endpoint)
                .collect(Collectors.toSet());
        return new Due(
                due,
                all.values().stream()
                        .map(Held::dueAt)
                        .filter(at -> at.isAfter(now) && at.isBefore(Instant.MAX))
                        .min(Comparator.naturalOrder()));
    }

    @Override
    public synchronized List<Claim> claim(
            EndpointId endpoint, int max, OptionalInt perSecond, Instant now, Duration leaseFor) {
        called();
        return all.values().stream()
                .filter(held -> held.endpoint.equals(endpoint) && !held.dueAt().isAfter(now))
                .sorted(Comparator.comparing(Held::dueAt))
                .limit(max)
                .map(held -> {
                    held.state = new DeliveryState.Sending(now.plus(leaseFor));
                    held.claims++;
                    return new Claim(
                            held.id,
                            endpoint,
                            held.event,
                            held.attempts.size() + 1,
                            held.failures,
                            String.valueOf(held.claims));
                })
                .toList();
    }

    private Optional<Held> held(Claim claim) {
        return Optional.ofNullable(all.get(claim.id()))
                .filter(held -> String.valueOf(held.claims).equals(claim.ticket()))
                .filter(held -> held.state instanceof DeliveryState.Sending);
    }

    @Override
    public synchronized Optional<FailureStreak> settle(Claim claim, Attempt attempt, Next next) {
        called();
        return held(claim).map(held -> {
            held.attempts.add(attempt);
            held.failures++;
            held.state = switch (next) {
                case Next.Delivered delivered -> new DeliveryState.Delivered(attempt.endedAt());
                case Next.Retry retry -> new DeliveryState.Waiting(retry.at());
                case Next.Dead dead -> new DeliveryState.Dead(attempt.endedAt(), dead.why());
            };
            return streaks.merge(
                    claim.endpoint(),
                    FailureStreak.NONE.after(attempt.verdict(), attempt.endedAt()),
                    (before, first) -> before.after(attempt.verdict(), attempt.endedAt()));
        });
    }

    @Override
    public synchronized void release(Claim claim, Instant dueAt) {
        called();
        held(claim).ifPresent(held -> held.state = new DeliveryState.Waiting(dueAt));
    }

    @Override
    public synchronized Page<Delivery> list(EndpointId endpoint, Optional<DeliveryState.Kind> only, PageRequest page) {
        called();
        List<Delivery> found = all.values().stream()
                .filter(held -> held.endpoint.equals(endpoint))
                .map(Held::delivery)
                .filter(held -> only.isEmpty() || only.get() == held.state().kind())
                .limit(page.limit())
                .toList();
        return new Page<>(found.reversed(), Optional.empty());
    }

    @Override
    public synchronized Optional<Known> find(DeliveryId delivery) {
        called();
        return Optional.ofNullable(all.get(delivery))
                .map(held -> new Known(held.delivery(), held.event, held.attempts));
    }

    @Override
    public synchronized Optional<Delivery> redeliver(DeliveryId delivery, Instant now) {
        called();
        return Optional.ofNullable(all.get(delivery)).map(held -> {
            if (!(held.state instanceof DeliveryState.Sending)) {
                held.state = new DeliveryState.Waiting(now);
                held.failures = 0;
            }
            return held.delivery();
        });
    }

    @Override
    public synchronized int recover(EndpointId endpoint, Instant since, Instant now, int max) {
        called();
        List<Held> dead = all.values().stream()
                .filter(held -> held.endpoint.equals(endpoint) && held.state instanceof DeliveryState.Dead)
                .filter(held -> !held.createdAt.isBefore(since))
                .limit(max)
                .toList();
        dead.forEach(held -> redeliver(held.id, now));
        return dead.size();
    }

    @Override
    public synchronized EndpointStats stats(EndpointId endpoint, Instant since, Instant now) {
        called();
        Backlog backlog = backlog(endpoint);
        return new EndpointStats(
                since,
                Map.of(),
                count(endpoint, DeliveryState.Kind.DELIVERED),
                count(endpoint, DeliveryState.Kind.DEAD),
                Latencies.NONE,
                backlog.waiting(),
                backlog.oldest(),
                Optional.empty(),
                streaks.getOrDefault(endpoint, FailureStreak.NONE));
    }

    private long count(EndpointId endpoint, DeliveryState.Kind kind) {
        return all.values().stream()
                .filter(held -> held.endpoint.equals(endpoint) && held.state.kind() == kind)
                .count();
    }

    @Override
    public synchronized Backlog backlog(EndpointId endpoint) {
        called();
        List<Held> waiting = all.values().stream()
                .filter(held -> held.endpoint.equals(endpoint) && held.dueAt().isBefore(Instant.MAX))
                .toList();
        return new Backlog(
                waiting.size(), waiting.stream().map(held -> held.createdAt).min(Comparator.naturalOrder()));
    }

    @Override
    public synchronized void forget(EndpointId endpoint) {
        called();
        all.values().removeIf(held -> held.endpoint.equals(endpoint));
    }

    @Override
    public synchronized int forgetBefore(Instant moment, Set<EndpointId> endpoints, int max) {
        called();
        int before = all.size();
        all.values().removeIf(held -> held.dueAt().equals(Instant.MAX) && held.createdAt.isBefore(moment));
        return before - all.size();
    }
}
