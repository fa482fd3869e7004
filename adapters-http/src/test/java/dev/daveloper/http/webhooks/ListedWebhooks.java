package dev.daveloper.http.webhooks;

import dev.daveloper.application.webhooks.in.Webhooks;
import dev.daveloper.application.webhooks.out.DeliveryQueue.Known;
import dev.daveloper.domain.Ids;
import dev.daveloper.domain.Page;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.failures.Changed;
import dev.daveloper.domain.failures.NotFound;
import dev.daveloper.domain.failures.WebhookRefused;
import dev.daveloper.domain.webhooks.Attempt;
import dev.daveloper.domain.webhooks.Delivery;
import dev.daveloper.domain.webhooks.DeliveryId;
import dev.daveloper.domain.webhooks.DeliveryState;
import dev.daveloper.domain.webhooks.Endpoint;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.EndpointStats;
import dev.daveloper.domain.webhooks.EndpointUrl;
import dev.daveloper.domain.webhooks.EventId;
import dev.daveloper.domain.webhooks.EventType;
import dev.daveloper.domain.webhooks.FailureStreak;
import dev.daveloper.domain.webhooks.Latencies;
import dev.daveloper.domain.webhooks.Reachable;
import dev.daveloper.domain.webhooks.Signing;
import dev.daveloper.domain.webhooks.SigningSecret;
import dev.daveloper.domain.webhooks.Standing;
import dev.daveloper.domain.webhooks.Trouble;
import dev.daveloper.domain.webhooks.WebhookEvent;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;

/** Webhooks that keep their word about endpoints and send nothing: each delivery is dead after one attempt. */
public final class ListedWebhooks implements Webhooks {
    public static final int MAX = 5;
    private static final Attempt FAILED = new Attempt(
            1,
            Instant.parse("2026-01-02T03:04:05Z"),
            Duration.ofMillis(84),
            OptionalInt.of(503),
            Trouble.STATUS,
            "try later",
            Optional.of(Duration.ofSeconds(30)));

    private final SecureRandom random = new SecureRandom();
    private final Ids ids = new Ids(InstantSource.system(), random);
    private final Map<EndpointId, Endpoint> endpoints = new LinkedHashMap<>();
    private final Map<DeliveryId, Known> deliveries = new LinkedHashMap<>();
    /** Changes that are to find another version than they read. */
    private final AtomicInteger races = new AtomicInteger();

    /** So many changes to come are overtaken by another. */
    public void overtake(int times) {
        races.set(times);
    }

    @Override
    public EndpointUrl urlOf(String text) {
        return EndpointUrl.of(text, EndpointUrl.Rules.STRICT, Reachable.PUBLIC);
    }

    @Override
    public synchronized Endpoint create(NewEndpoint wish) {
        if (endpoints.size() >= MAX) {
            throw WebhookRefused.tooMany(MAX);
        }
        Instant now = Instant.now();
        Endpoint made = new Endpoint(
                EndpointId.next(ids),
                wish.url(),
                wish.description(),
                wish.subscription(),
                wish.headers(),
                wish.perSecond(),
                Signing.with(wish.secret().orElseGet(() -> SigningSecret.next(random))),
                standing(wish.enabled(), now),
                now,
                now,
                1);
        endpoints.put(made.id(), made);
        return made;
    }

    private static Standing standing(boolean enabled, Instant now) {
        return enabled ? Standing.ENABLED : new Standing.Disabled(Standing.Reason.REQUESTED, now);
    }

    @Override
    public synchronized List<Endpoint> list() {
        return List.copyOf(endpoints.values());
    }

    @Override
    public synchronized Endpoint find(EndpointId endpoint) {
        return Optional.ofNullable(endpoints.get(endpoint)).orElseThrow(() -> new NotFound("webhook"));
    }

    private Endpoint at(EndpointId endpoint, Optional<Long> version) {
        Endpoint found = find(endpoint);
        if (version.isPresent() && version.get() != found.version()) {
            throw new Changed("webhook");
        }
        return found;
    }

    @Override
    public synchronized Endpoint change(EndpointId endpoint, Optional<Long> version, Change change) {
        if (races.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            endpoints.computeIfPresent(endpoint, (id, now) -> now.with(now.standing(), Instant.now()));
        }
        Endpoint now = at(endpoint, version);
        Instant moment = Instant.now();
        Endpoint changed = new Endpoint(
                endpoint,
                change.url().orElse(now.url()),
                change.description().orElse(now.description()),
                change.subscription().orElse(now.subscription()),
                change.headers().orElse(now.headers()),
                change.perSecond().orElse(now.perSecond()),
                now.signing(),
                change.enabled().map(on -> standing(on, moment)).orElse(now.standing()),
                now.createdAt(),
                moment,
                now.version() + 1);
        endpoints.put(endpoint, changed);
        return changed;
    }

    @Override
    public synchronized void delete(EndpointId endpoint, Optional<Long> version) {
        endpoints.remove(at(endpoint, version).id());
    }

    @Override
    public synchronized Endpoint rotate(
            EndpointId endpoint, Optional<Long> version, Optional<SigningSecret> secret, Duration overlap) {
        Endpoint now = at(endpoint, version);
        Instant moment = Instant.now();
        if (now.signing().isRotating(moment) && !overlap.isZero()) {
            throw WebhookRefused.rotationUnderWay();
        }
        SigningSecret next = secret.orElseGet(() -> SigningSecret.next(random));
        Endpoint rotated = now.with(
                overlap.isZero() ? Signing.with(next) : now.signing().rotated(next, moment.plus(overlap)), moment);
        endpoints.put(endpoint, rotated);
        return rotated;
    }

    @Override
    public synchronized Delivery test(EndpointId endpoint) {
        find(endpoint);
        Instant now = Instant.now();
        WebhookEvent event = new WebhookEvent(
                EventId.next(ids),
                EventType.TEST,
                Optional.empty(),
                now,
                "{\"type\":\"webhook.test\",\"timestamp\":\"" + now + "\",\"data\":{\"ratio\":1.50}}",
                Optional.empty());
        Delivery dead = new Delivery(
                DeliveryId.of(event, endpoint),
                endpoint,
                event.id(),
                EventType.TEST,
                Optional.empty(),
                new DeliveryState.Dead(now, DeliveryState.Death.EXHAUSTED),
                1,
                now,
                Optional.of(FAILED));
        deliveries.put(dead.id(), new Known(dead, event, List.of(FAILED)));
        return waiting(dead);
    }

    private static Delivery waiting(Delivery dead) {
        return new Delivery(
                dead.id(),
                dead.endpoint(),
                dead.event(),
                dead.type(),
                dead.session(),
                new DeliveryState.Waiting(Instant.now()),
                dead.attempts(),
                dead.createdAt(),
                dead.last());
    }

    @Override
    public synchronized Page<Delivery> deliveries(
            EndpointId endpoint, Optional<DeliveryState.Kind> only, PageRequest page) {
        find(endpoint);
        List<Delivery> found = new ArrayList<>(deliveries.values().stream()
                .map(Known::delivery)
                .filter(delivery -> delivery.endpoint().equals(endpoint)
                        && only.map(kind -> kind == delivery.state().kind()).orElse(true))
                .toList());
        int from = page.cursor().map(Integer::parseInt).orElse(0);
        List<Delivery> newest = found.reversed();
        int to = Math.min(newest.size(), from + page.limit());
        return new Page<>(
                newest.subList(from, to), to < newest.size() ? Optional.of(Integer.toString(to)) : Optional.empty());
    }

    @Override
    public synchronized Known delivery(DeliveryId delivery) {
        return Optional.ofNullable(deliveries.get(delivery)).orElseThrow(() -> new NotFound("delivery"));
    }

    @Override
    public Delivery redeliver(DeliveryId delivery) {
        return waiting(delivery(delivery).delivery());
    }

    @Override
    public synchronized int recover(EndpointId endpoint, Instant since) {
        find(endpoint);
        return (int) deliveries.values().stream()
                .filter(known -> known.delivery().endpoint().equals(endpoint)
                        && !known.delivery().createdAt().isBefore(since))
                .count();
    }

    @Override
    public EndpointStats stats(EndpointId endpoint, Instant since) {
        int made = recover(endpoint, Instant.EPOCH);
        List<Long> counts = new ArrayList<>(Latencies.NONE.counts());
        counts.set(Latencies.classOf(FAILED.took()), (long) made);
        return new EndpointStats(
                since,
                made == 0 ? Map.of() : Map.of(Trouble.STATUS, (long) made),
                0,
                made,
                new Latencies(counts),
                made,
                made == 0 ? Optional.empty() : Optional.of(FAILED.at()),
                made == 0 ? Optional.empty() : Optional.of(FAILED),
                made == 0 ? FailureStreak.NONE : new FailureStreak(Optional.of(FAILED.at()), made, Optional.empty()));
    }

    @Override
    public Overview overview() {
        return Overview.EMPTY;
    }
}
