package dev.daveloper.http.failures;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * How often each kind of failure was told since the start, on every transport, and when. Safe for use by many threads.
 */
public final class FailureCounts {
    private final InstantSource clock;
    private final Instant since;
    /** One for each kind of the table, from the start on: it never grows. */
    private final Map<String, Tally> byCode = new LinkedHashMap<>();

    /** One kind's; what is counted has been seen, for the count comes last. */
    private static final class Tally {
        final AtomicReference<@Nullable Instant> first = new AtomicReference<>();
        final AtomicReference<@Nullable Latest> latest = new AtomicReference<>();
        final LongAdder count = new LongAdder();
    }

    private record Latest(Instant at, String traceId) {}

    /**
     * A kind of failure that occurred.
     *
     * @param traceId of the last of them
     */
    public record Occurred(String code, long count, Instant first, Instant last, String traceId) {}

    public FailureCounts(InstantSource clock) {
        this.clock = clock;
        this.since = clock.instant();
        FailureTable.ALL.forEach(type -> byCode.put(type.code(), new Tally()));
    }

    void count(ProblemType type, String traceId) {
        Tally tally = byCode.get(type.code());
        if (tally != null) {
            Instant now = clock.instant();
            tally.first.compareAndSet(null, now);
            tally.latest.set(new Latest(now, traceId));
            tally.count.increment();
        }
    }

    public Instant since() {
        return since;
    }

    /** Every code there is, in the order of the table. */
    public List<String> codes() {
        return List.copyOf(byCode.keySet());
    }

    /** How often this one was told; 0 for any that there is not. */
    public long of(String code) {
        Tally tally = byCode.get(code);
        return tally == null ? 0 : tally.count.sum();
    }

    /** Every code that occurred, in the order of the table. */
    public Map<String, Long> occurred() {
        Map<String, Long> occurred = new LinkedHashMap<>();
        occurrences().forEach(one -> occurred.put(one.code(), one.count()));
        return occurred;
    }

    /** As {@link #occurred}, with when. */
    public List<Occurred> occurrences() {
        List<Occurred> occurred = new ArrayList<>();
        byCode.forEach((code, tally) -> {
            long count = tally.count.sum();
            Instant first = tally.first.get();
            Latest latest = tally.latest.get();
            if (count > 0 && first != null && latest != null) {
                occurred.add(new Occurred(code, count, first, latest.at(), latest.traceId()));
            }
        });
        return occurred;
    }
}
