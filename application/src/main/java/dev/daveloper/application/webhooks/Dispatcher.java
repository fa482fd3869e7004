package dev.daveloper.application.webhooks;

import dev.daveloper.application.events.out.EventListener;
import dev.daveloper.application.webhooks.out.DeliveryQueue;
import dev.daveloper.application.webhooks.out.DeliveryQueue.Claim;
import dev.daveloper.domain.webhooks.Endpoint;
import dev.daveloper.domain.webhooks.EndpointId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds what is due and has it attempted: one thread claims, each attempt has a thread of its own. An endpoint gets no
 * more attempts at the same time than its {@link Lane} has room for, so that none is ever waited for on behalf of
 * another.
 */
final class Dispatcher {
    /** What other nodes or their death have made due is found within this. */
    private static final Duration PACE = Duration.ofSeconds(2);

    /** How soon is looked again where no more may begin within this second. */
    private static final Duration THROTTLED_PACE = Duration.ofMillis(100);

    /** How soon is looked again after something was due in between; no queue is asked more often for nothing. */
    private static final Duration SHORTEST_PACE = Duration.ofMillis(10);

    private final DeliveryQueue queue;
    private final EndpointsNear near;
    private final WebhookSettings settings;
    private final InstantSource clock;
    private final Flights flights;
    private final TestClaims tests;
    private final Turns turns;
    private final Map<EndpointId, Lane> lanes = new ConcurrentHashMap<>();

    /** Whose queues are known to hold what is due. */
    private final Set<EndpointId> ready = ConcurrentHashMap.newKeySet();

    /** Whose queues are to hold a test, which is sent whatever the endpoint's standing. */
    private final Set<EndpointId> tested = ConcurrentHashMap.newKeySet();

    /** With something due, and not among those who are known. */
    private final Set<EndpointId> strangers = ConcurrentHashMap.newKeySet();

    private final Runnable strange;

    private long lookAtNanos = System.nanoTime();

    /** @param strange there is something to be asked for by {@link #takeStrangers} */
    Dispatcher(
            DeliveryQueue queue,
            EndpointsNear near,
            Attempts attempts,
            WebhookSettings settings,
            InstantSource clock,
            EventListener listener,
            Runnable strange) {
        this.queue = queue;
        this.near = near;
        this.settings = settings;
        this.clock = clock;
        this.strange = strange;
        this.flights = new Flights(queue, attempts, clock, listener, this::landed);
        this.tests = new TestClaims(queue, leaseFor());
        this.turns = new Turns("webhook-dispatcher", this::turn, listener, clock);
    }

    void start() {
        turns.start();
    }

    /** Breaks off whatever is under way, and does not wait until it is over. */
    void stop() {
        turns.stop();
        flights.stop();
    }

    /** These have something that is due. */
    void due(Set<EndpointId> endpoints) {
        if (!endpoints.isEmpty()) {
            ready.addAll(endpoints);
            turns.wake();
        }
    }

    /** This one is not what it was: it is tried as if nothing was known of it. */
    void anew(EndpointId endpoint) {
        lanes.remove(endpoint);
        due(Set.of(endpoint));
    }

    /** Those whose queues hold something though nobody knew them; asked once. */
    Set<EndpointId> takeStrangers() {
        Set<EndpointId> taken = Set.copyOf(strangers);
        strangers.removeAll(taken);
        return taken;
    }

    /** This one has a test that is due. */
    void test(EndpointId endpoint) {
        tested.add(endpoint);
        turns.wake();
    }

    int sending() {
        return flights.count();
    }

    /** Whether it is tried now and then at most, because it failed several times in a row. */
    boolean isFailing(EndpointId endpoint) {
        Lane lane = lanes.get(endpoint);
        return lane != null && lane.isFailing();
    }

    /** How many endpoints this node leaves alone at the moment. */
    int leftAlone() {
        Instant now = clock.instant();
        return (int)
                lanes.values().stream().filter(lane -> lane.isLeftAlone(now)).count();
    }

    /** Claims nothing more, lets attempts under way end within this time, and breaks off and gives back the rest. */
    void close(Duration patience) throws InterruptedException {
        turns.close(patience);
        flights.close(patience);
    }

    private Duration turn() {
        Instant now = clock.instant();
        if (System.nanoTime() - lookAtNanos >= 0) {
            look(now);
        }
        lanes.entrySet().removeIf(lane -> lane.getValue().isIdle() && !ready.contains(lane.getKey()));
        for (EndpointId endpoint : List.copyOf(tested)) {
            test(endpoint, now);
        }
        for (EndpointId endpoint : List.copyOf(ready)) {
            Optional<Endpoint> found = near.find(endpoint);
            if (found.isEmpty() && near.isKnown()) {
                strangers.add(endpoint);
                strange.run();
            }
            found.filter(Endpoint::isEnabled)
                    .ifPresentOrElse(enabled -> take(enabled, now), () -> ready.remove(endpoint));
        }
        return Duration.ofNanos(Math.max(0, lookAtNanos - System.nanoTime()));
    }

    private void look(Instant now) {
        // A failure in what follows is followed by a pause, and then by another look.
        if (near.isKnown() && near.all().isEmpty()) {
            lookIn(PACE);
            return;
        }
        DeliveryQueue.Due due = queue.due(now);
        ready.addAll(due.now());
        Duration next = due.next().map(moment -> Duration.between(now, moment)).orElse(PACE);
        lookIn(PACE);
        lookIn(next);
    }

    /** In so long at the latest, and never in no time. */
    private void lookIn(Duration wait) {
        Duration bounded = wait.compareTo(SHORTEST_PACE) < 0 ? SHORTEST_PACE : wait;
        long at = System.nanoTime() + Math.min(bounded.toNanos(), PACE.toNanos());
        boolean past = System.nanoTime() - lookAtNanos >= 0;
        if (past || at - lookAtNanos < 0) {
            lookAtNanos = at;
        }
    }

    private void take(Endpoint endpoint, Instant now) {
        Lane lane = laneOf(endpoint.id());
        int room = Math.min(lane.room(now), flights.room());
        if (room == 0) {
            if (lane.isLeftAlone(now)) {
                ready.remove(endpoint.id());
                lookIn(Duration.between(now, lane.leftAloneUntil()));
            }
            return;
        }
        // Whoever puts something there from now on says so again.
        ready.remove(endpoint.id());
        List<Claim> claims = queue.claim(endpoint.id(), room, endpoint.perSecond(), now, leaseFor());
        claims.forEach(claim -> flights.begin(endpoint, claim, lane));
        if (claims.size() == room) {
            ready.add(endpoint.id());
        } else if (endpoint.perSecond().isPresent()) {
            lookIn(THROTTLED_PACE);
        }
    }

    private void test(EndpointId id, Instant now) {
        tested.remove(id);
        near.find(id).ifPresent(endpoint -> {
            Lane lane = laneOf(id);
            tests.claim(id, now).forEach(claim -> flights.begin(endpoint, claim, lane));
        });
    }

    private Lane laneOf(EndpointId endpoint) {
        return lanes.computeIfAbsent(endpoint, id -> new Lane(settings.perEndpoint()));
    }

    private Duration leaseFor() {
        return settings.timeout().plus(Attempts.NOTING);
    }

    /** There is room for another. */
    private void landed(EndpointId endpoint) {
        if (ready.contains(endpoint)) {
            turns.wake();
        }
    }
}
