package dev.daveloper.bootstrap.metrics;

import dev.daveloper.embedded.CommitListener;
import dev.daveloper.embedded.SqliteStats;
import dev.daveloper.embedded.SqliteStats.QueueOf;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Times the commits of one database, and looks at its queues and its files. */
final class SqliteMetrics implements CommitListener {
    /** A commit that waits for no disk takes a fraction of a millisecond, and one that does some. */
    private static final Duration[] BUCKETS = Stream.of(
                    100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 500_000, 2_000_000)
            .map(micros -> Duration.ofNanos(micros * 1_000L))
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final String database;
    private final Glance<SqliteStats> glance;
    private final Timer commits;
    private final LongAdder writes = new LongAdder();

    /** @param database what it holds, in a word */
    SqliteMetrics(MeterRegistry registry, String database, Supplier<SqliteStats> stats) {
        this.registry = registry;
        this.database = database;
        this.glance = new Glance<>(stats, Glance.A_MOMENT);
        this.commits = Timer.builder("daveloper.sqlite.commit")
                .description("Transactions that were committed, by the time from their begin to their end.")
                .tag("database", database)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
        counter("daveloper.sqlite.writes", "Writes that were committed; several share a transaction.", writes::sum);
        counter(
                "daveloper.sqlite.commits.failed",
                "Transactions that were rolled back.",
                () -> glance.get().failedCommits());
        lane("write", SqliteStats::writes);
        lane("read", SqliteStats::reads);
        Gauge.builder("daveloper.sqlite.size", () -> glance.get().bytes())
                .description("What the database takes on the disk, with its write-ahead log.")
                .baseUnit("bytes")
                .tag("database", database)
                .register(registry);
    }

    private void lane(String lane, Function<SqliteStats, QueueOf> queue) {
        Gauge.builder("daveloper.sqlite.queue", () -> queue.apply(glance.get()).waiting())
                .description("What waits for its turn at the database.")
                .tag("database", database)
                .tag("lane", lane)
                .register(registry);
        Gauge.builder(
                        "daveloper.sqlite.queue.limit",
                        () -> queue.apply(glance.get()).limit())
                .description("How much may wait for its turn.")
                .tag("database", database)
                .tag("lane", lane)
                .register(registry);
        FunctionCounter.builder(
                        "daveloper.sqlite.refused",
                        this,
                        metrics -> queue.apply(metrics.glance.get()).refused())
                .description("What was refused because there was no room or its turn did not come.")
                .tag("database", database)
                .tag("lane", lane)
                .register(registry);
    }

    private void counter(String name, String description, LongSupplier figure) {
        FunctionCounter.builder(name, this, metrics -> figure.getAsLong())
                .description(description)
                .tag("database", database)
                .register(registry);
    }

    @Override
    public void committed(int many, long nanos) {
        commits.record(nanos, TimeUnit.NANOSECONDS);
        writes.add(many);
    }
}
