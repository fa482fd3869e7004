package dev.daveloper.application.webhooks;

import dev.daveloper.application.events.out.EventListener;
import dev.daveloper.application.webhooks.out.DeliveryQueue;
import dev.daveloper.application.webhooks.out.DeliveryQueue.Claim;
import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.domain.failures.StoreUnavailable;
import dev.daveloper.domain.webhooks.Endpoint;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.Verdict;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The attempts that are under way on this node, each on a thread of its own. */
final class Flights {
    /** At all endpoints together. */
    static final int MOST = 2_048;

    /** After a defect of ours a delivery is tried again in so long, without that counting as an attempt. */
    private static final Duration AFTER_DEFECT = Duration.ofMinutes(1);

    /** How long what was broken off may take to give back what it claimed. */
    private static final Duration GIVING_BACK = Duration.ofSeconds(2);

    private final DeliveryQueue queue;
    private final Attempts attempts;
    private final InstantSource clock;
    private final EventListener listener;
    private final Consumer<EndpointId> landed;
    private final Set<Thread> underWay = ConcurrentHashMap.newKeySet();

    /** @param landed hears, on any thread, that an attempt at this endpoint is over */
    Flights(
            DeliveryQueue queue,
            Attempts attempts,
            InstantSource clock,
            EventListener listener,
            Consumer<EndpointId> landed) {
        this.queue = queue;
        this.attempts = attempts;
        this.clock = clock;
        this.listener = listener;
        this.landed = landed;
    }

    int count() {
        return underWay.size();
    }

    /** How many more may begin. */
    int room() {
        return Math.max(0, MOST - underWay.size());
    }

    void begin(Endpoint endpoint, Claim claim, Lane lane) {
        lane.begin();
        Thread thread = Thread.ofVirtual().name("webhook " + claim.id()).unstarted(() -> fly(endpoint, claim, lane));
        underWay.add(thread);
        thread.start();
    }

    private void fly(Endpoint endpoint, Claim claim, Lane lane) {
        try {
            Verdict verdict = attempts.make(endpoint, claim);
            lane.ended(verdict, clock.instant());
        } catch (InterruptedException e) {
            lane.released();
            release(claim, Duration.ZERO);
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            lane.released();
            listener.on(new GatewayEvent.Trouble("webhooks", e, clock.instant()));
            release(claim, AFTER_DEFECT);
        } finally {
            underWay.remove(Thread.currentThread());
            landed.accept(endpoint.id());
        }
    }

    /** What cannot be given back comes back by itself when its lease runs out. */
    private void release(Claim claim, Duration in) {
        try {
            queue.release(claim, clock.instant().plus(in));
        } catch (StoreUnavailable e) {
            // As said.
        }
    }

    /** Lets them end within this time, breaks off the others, and comes back when all are over, or soon after. */
    void close(Duration patience) throws InterruptedException {
        join(patience);
        stop();
        join(GIVING_BACK);
    }

    /** Breaks off all of them, without waiting. */
    void stop() {
        underWay.forEach(Thread::interrupt);
    }

    private void join(Duration patience) throws InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        for (Thread thread : Set.copyOf(underWay)) {
            Duration left = Duration.ofNanos(Math.max(1, until - System.nanoTime()));
            if (!thread.join(left)) {
                return;
            }
        }
    }
}
