package dev.daveloper.bootstrap.operator;

import java.time.Duration;

/** Ends a conversation in which nothing moves any more. Safe for use by many threads. */
final class SilenceWatch implements AutoCloseable {
    /** How often it looks, of the time that it allows. */
    private static final int LOOKS = 10;

    private final Duration max;
    private final Thread watching;
    private volatile long movedAt = System.nanoTime();
    private volatile boolean ended;

    private SilenceWatch(Duration max, Runnable end) {
        this.max = max;
        this.watching = Thread.ofVirtual().name("silence-watch").unstarted(() -> watch(end));
    }

    /** @param end is called once when nothing moved for so long */
    static SilenceWatch start(Duration max, Runnable end) {
        SilenceWatch watch = new SilenceWatch(max, end);
        watch.watching.start();
        return watch;
    }

    /** Something moves. */
    void moved() {
        movedAt = System.nanoTime();
    }

    /** Whether it has ended the conversation. */
    boolean hasEnded() {
        return ended;
    }

    Duration max() {
        return max;
    }

    @Override
    public void close() {
        watching.interrupt();
    }

    private void watch(Runnable end) {
        try {
            while (System.nanoTime() - movedAt < max.toNanos()) {
                Thread.sleep(max.dividedBy(LOOKS));
            }
        } catch (InterruptedException e) {
            return;
        }
        ended = true;
        end.run();
    }
}
