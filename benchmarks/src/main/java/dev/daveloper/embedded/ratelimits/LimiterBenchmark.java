package dev.daveloper.embedded.ratelimits;

import dev.daveloper.domain.ratelimits.Check;
import dev.daveloper.domain.ratelimits.Decision;
import dev.daveloper.domain.ratelimits.PolicyText;
import dev.daveloper.domain.ratelimits.Subject;
import dev.daveloper.domain.sessions.ClientAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to count one call, by one policy or by two, for one of a thousand callers. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class LimiterBenchmark {
    private static final int CALLERS = 1_000;
    private static final String ONE = "a: 100000000 per 1m by address on all";
    private static final String OTHER = "b: 100000000 per 1m by address on reads";

    private final EmbeddedRateLimiter limiter = new EmbeddedRateLimiter(InstantSource.system());
    private final List<List<Check>> one = checks(ONE);
    private final List<List<Check>> two = checks(ONE, OTHER);
    private int next;

    @Param({"1", "2"})
    public int policies;

    private static List<List<Check>> checks(String... policies) {
        List<List<Check>> checks = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            Subject caller = Subject.of(new ClientAddress(Integer.toHexString(i)));
            checks.add(List.of(policies).stream()
                    .map(policy -> new Check(PolicyText.read(policy), caller, 1))
                    .toList());
        }
        return checks;
    }

    @Benchmark
    public Decision ask() {
        next = (next + 1) % CALLERS;
        return limiter.ask((policies == 1 ? one : two).get(next), "ticket").await();
    }
}
