package dev.daveloper.http.security;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** How many lines may be written within a stretch of time, so that callers cannot flood a log. For many threads. */
public final class LineBudget {
    private final int lines;
    private final long stretchNanos;
    private final LongSupplier nanoTime;
    private long since;
    private int written;
    private long unwritten;

    /** @param nanoTime as {@link System#nanoTime} has it */
    public LineBudget(int lines, Duration stretch, LongSupplier nanoTime) {
        this.lines = lines;
        this.stretchNanos = stretch.toNanos();
        this.nanoTime = nanoTime;
        this.since = nanoTime.getAsLong();
    }

    /** How many lines were not written since the last one that was, if another may be written; otherwise empty. */
    public synchronized OptionalLong take() {
        long now = nanoTime.getAsLong();
        if (now - since >= stretchNanos) {
            since = now;
            written = 0;
        }
        if (written == lines) {
            unwritten++;
            return OptionalLong.empty();
        }
        written++;
        long missed = unwritten;
        unwritten = 0;
        return OptionalLong.of(missed);
    }
}
