package dev.daveloper.http.failures;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How often each kind of failure was told since the start, on every transport. Safe for use by many threads. */
public final class FailureCounts {
    private final Instant since;
    /** One for each kind of the table, from the start on: it never grows. */
    private final Map<String, LongAdder> byCode = new LinkedHashMap<>();

    public FailureCounts(Instant since) {
        this.since = since;
        FailureTable.ALL.forEach(type -> byCode.put(type.code(), new LongAdder()));
    }

    void count(ProblemType type) {
        LongAdder adder = byCode.get(type.code());
        if (adder != null) {
            adder.increment();
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
        LongAdder adder = byCode.get(code);
        return adder == null ? 0 : adder.sum();
    }

    /** Every code that occurred, in the order of the table. */
    public Map<String, Long> occurred() {
        Map<String, Long> occurred = new LinkedHashMap<>();
        byCode.forEach((code, adder) -> {
            long count = adder.sum();
            if (count > 0) {
                occurred.put(code, count);
            }
        });
        return occurred;
    }
}
