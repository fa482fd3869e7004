package dev.daveloper.application.webhooks;

import dev.daveloper.application.events.out.EventListener;
import dev.daveloper.application.webhooks.out.Outbox;
import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.domain.failures.StoreUnavailable;
import dev.daveloper.domain.webhooks.Awaited;
import dev.daveloper.domain.webhooks.WebhookEvent;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Puts events into the outbox whose cause nobody keeps there, on a thread of its own, and as long as it takes. Callers
 * never wait.
 */
final class LateEvents {
    /** That wait while the outbox is away; the oldest go then. */
    static final int MOST = 1_000;

    private static final Duration PACE = Duration.ofMinutes(1);

    private final Outbox outbox;
    private final InstantSource clock;
    private final EventListener listener;
    private final Runnable put;
    private final Turns turns;
    private final Deque<Late> waiting = new ArrayDeque<>();

    /** @param awaited the note that goes once the event is put */
    private record Late(Optional<WebhookEvent> event, Optional<Awaited> awaited) {}

    /** @param put something was put into the outbox */
    LateEvents(Outbox outbox, InstantSource clock, EventListener listener, Runnable put) {
        this.outbox = outbox;
        this.clock = clock;
        this.listener = listener;
        this.put = put;
        this.turns = new Turns("webhook-events", this::turn, listener, clock);
    }

    void start() {
        turns.start();
    }

    void stop() {
        turns.stop();
    }

    void put(WebhookEvent event) {
        add(new Late(Optional.of(event), Optional.empty()));
    }

    /** Puts the event, if there is one, and then removes the note. */
    void settle(Optional<WebhookEvent> event, Awaited awaited) {
        add(new Late(event, Optional.of(awaited)));
    }

    /** Puts what waits, unless that takes longer than this. */
    void close(Duration patience) throws InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        synchronized (waiting) {
            for (long left = patience.toMillis();
                    left > 0 && !waiting.isEmpty();
                    left = (until - System.nanoTime()) / 1_000_000) {
                waiting.wait(left);
            }
        }
        turns.close(patience);
    }

    private void add(Late late) {
        boolean full;
        synchronized (waiting) {
            full = waiting.size() >= MOST;
            if (full) {
                waiting.removeFirst();
            }
            waiting.addLast(late);
        }
        if (full) {
            IllegalStateException lost = new IllegalStateException("an event of webhooks was dropped");
            listener.on(new GatewayEvent.Trouble("webhook-events", lost, clock.instant()));
        }
        turns.wake();
    }

    private Duration turn() {
        for (Optional<Late> first = first(); first.isPresent(); first = first()) {
            Late late = first.get();
            try {
                late.event().ifPresent(outbox::put);
                late.awaited().ifPresent(outbox::settle);
            } catch (StoreUnavailable e) {
                throw e;
            } catch (RuntimeException e) {
                // It would fail for ever, and all behind it would wait.
                listener.on(new GatewayEvent.Trouble("webhook-events", e, clock.instant()));
            }
            synchronized (waiting) {
                waiting.remove(late);
                waiting.notifyAll();
            }
            if (late.event().isPresent()) {
                put.run();
            }
        }
        return PACE;
    }

    private Optional<Late> first() {
        synchronized (waiting) {
            return Optional.ofNullable(waiting.peekFirst());
        }
    }
}
