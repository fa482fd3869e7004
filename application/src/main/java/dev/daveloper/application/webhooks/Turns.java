package dev.daveloper.application.webhooks;

import dev.daveloper.application.events.out.EventListener;
import dev.daveloper.domain.events.GatewayEvent;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread that takes a turn when it is woken, and by itself after a while. A turn that fails is told of once, until
 * one succeeds again, and is taken again after a pause that grows.
 */
final class Turns {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final int DOUBLED_AT_MOST = 5;

    private final Turn turn;
    private final EventListener listener;
    private final InstantSource clock;
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Thread thread;
    private volatile boolean closed;
    /** Of the thread alone: turns that failed in a row. */
    private int failures;

    /** One turn; answers how long to wait before the next when nobody wakes. */
    @FunctionalInterface
    interface Turn {
        Duration take() throws InterruptedException;
    }

    Turns(String name, Turn turn, EventListener listener, InstantSource clock) {
        this.turn = turn;
        this.listener = listener;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Has the next turn taken at once. Returns at once, and costs nothing while that is to come anyway. */
    void wake() {
        if (!woken.getAndSet(true)) {
            LockSupport.unpark(thread);
        }
    }

    /** Takes no further turn; one under way may go on for so long, and is interrupted then. Idempotent. */
    void close(Duration patience) throws InterruptedException {
        closed = true;
        LockSupport.unpark(thread);
        if (thread.getState() != Thread.State.NEW && !thread.join(patience)) {
            thread.interrupt();
        }
    }

    /** Ends it without waiting. */
    void stop() {
        closed = true;
        thread.interrupt();
    }

    private void run() {
        try {
            while (!closed) {
                woken.set(false);
                take();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void take() throws InterruptedException {
        try {
            Duration pause = turn.take();
            failures = 0;
            pause(pause, true);
        } catch (RuntimeException e) {
            failures++;
            if (failures == 1) {
                listener.on(new GatewayEvent.Trouble(thread.getName(), e, clock.instant()));
            }
            Duration longer = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, DOUBLED_AT_MOST));
            pause(longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer, false);
        }
    }

    /** After a failure nobody's wish shortens the pause. */
    private void pause(Duration pause, boolean unlessWoken) throws InterruptedException {
        long until = System.nanoTime() + pause.toNanos();
        for (long left = pause.toNanos();
                left > 0 && !closed && !(unlessWoken && woken.get());
                left = until - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }
}
