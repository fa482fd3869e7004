package dev.daveloper.bootstrap.tracing;

import java.util.concurrent.atomic.LongAdder;

/** What became of the spans that were recorded. Safe for use by many threads. */
public final class SpanCounts {
    private final LongAdder exported = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder failed = new LongAdder();

    void noteExported(int spans) {
        exported.add(spans);
    }

    void noteDropped() {
        dropped.increment();
    }

    void noteFailed(int spans) {
        failed.add(spans);
    }

    /** Those that the collector has taken. */
    public long exported() {
        return exported.sum();
    }

    /** Those that were given up because too many waited. */
    public long dropped() {
        return dropped.sum();
    }

    /** Those that were given up because the collector did not take them. */
    public long failed() {
        return failed.sum();
    }
}
