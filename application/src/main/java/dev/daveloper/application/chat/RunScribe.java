package dev.daveloper.application.chat;

import dev.daveloper.application.chat.out.RunLog;
import dev.daveloper.domain.chat.LoggedEvent;
import dev.daveloper.domain.failures.StoreUnavailable;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Copies a run's tail to the store's log in batches, on a thread of its own, so that neither the agent nor a viewer
 * ever waits for the store. While the store is away the tail keeps what is not written yet.
 */
final class RunScribe implements Runnable {
    /** How often a batch is tried; with the pause between tries, about half a minute. */
    static final int MAX_TRIES = 60;

    private static final long PAUSE_MILLIS = 500;

    private final LiveRun live;
    private final RunTail tail;
    private final RunLog log;
    private final CountDownLatch stopped = new CountDownLatch(1);

    RunScribe(LiveRun live, RunLog log) {
        this.live = live;
        this.tail = live.tail();
        this.log = log;
    }

    /**
     * Ends when the tail has ended and all of it is written, when another owner writes, or when the store stays away.
     */
    @Override
    public void run() {
        try {
            for (List<LoggedEvent> batch = tail.takeBatch(); !batch.isEmpty(); batch = tail.takeBatch()) {
                if (!write(batch)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Gives up waiting for a store that is away. */
    void stop() {
        stopped.countDown();
    }

    private boolean write(List<LoggedEvent> batch) throws InterruptedException {
        for (int tries = 1; tries <= MAX_TRIES; tries++) {
            try {
                if (!log.append(tail.lease(), batch)) {
                    live.lose();
                    return false;
                }
                return true;
            } catch (StoreUnavailable e) {
                if (stopped.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                    return false;
                }
            }
        }
        return false;
    }
}
