package dev.daveloper.bootstrap.metrics;

import dev.daveloper.redis.CommandListener;
import dev.daveloper.redis.RedisStats;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Counts and times what is asked of Redis. A command costs two looks into maps and one measurement. */
final class RedisMetrics implements CommandListener {
    /** A healthy one answers within a millisecond, and nobody waits longer than for a second or two. */
    private static final Duration[] BUCKETS = Stream.of(
                    100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000)
            .map(micros -> Duration.ofNanos(micros * 1_000L))
            .toArray(Duration[]::new);

    /** There are some thirty commands and scripts; should they ever be more, the rest is one. */
    private static final int MAX_COMMANDS = 64;

    private final MeterRegistry registry;
    private final LongAdder pending = new LongAdder();
    private final Map<String, Map<Result, Timer>> byCommand = new ConcurrentHashMap<>();

    RedisMetrics(MeterRegistry registry, Supplier<RedisStats> stats) {
        this.registry = registry;
        Glance<RedisStats> glance = new Glance<>(stats, Glance.A_MOMENT);
        Gauge.builder("daveloper.redis.commands.pending", pending::sum)
                .description("Commands that are not answered yet.")
                .register(registry);
        connected("commands", glance, RedisStats::commands);
        connected("apart", glance, RedisStats::apart);
        connected("listening", glance, RedisStats::listening);
        timer("probe", Result.OK);
    }

    private void connected(String link, Supplier<RedisStats> stats, Predicate<RedisStats> stands) {
        Gauge.builder("daveloper.redis.connected", () -> stands.test(stats.get()) ? 1 : 0)
                .description("1 while this connection to Redis stands, else 0.")
                .tag("link", link)
                .register(registry);
    }

    @Override
    public void began() {
        pending.increment();
    }

    @Override
    public void ended(String command, Result result, long nanos) {
        pending.decrement();
        Map<Result, Timer> timers = byCommand.get(command);
        String kept = timers == null && byCommand.size() >= MAX_COMMANDS ? OTHER : command;
        if (timers == null) {
            timers = byCommand.computeIfAbsent(kept, any -> new ConcurrentHashMap<>());
        }
        Timer timer = timers.get(result);
        if (timer == null) {
            timer = timers.computeIfAbsent(result, any -> timer(kept, result));
        }
        timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** There is one of each at most: the registry gives the same again. */
    private Timer timer(String command, Result result) {
        return Timer.builder("daveloper.redis.commands")
                .description("Commands and scripts that were sent to Redis, by the time until they were answered.")
                .tag("command", command.equals(OTHER) ? OTHER : command.toLowerCase(Locale.ROOT))
                .tag("result", result.name().toLowerCase(Locale.ROOT))
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }
}
