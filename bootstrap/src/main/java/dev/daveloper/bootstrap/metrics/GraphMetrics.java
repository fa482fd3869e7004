package dev.daveloper.bootstrap.metrics;

import dev.daveloper.http.GraphListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Counts and times operations of GraphQL: what they are and which way they came, and apart from that by the names that
 * are listed. All of it in one would be a product of four labels, of which a client chooses three. Once a combination
 * was seen, an operation costs one look into a map and three measurements.
 */
final class GraphMetrics implements GraphListener {
    /** From what a query in memory takes to the longest that one may take. */
    private static final Duration[] BUCKETS = Stream.of(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    /** Names are told apart more coarsely: there may be many. */
    private static final Duration[] FEW_BUCKETS =
            Stream.of(10, 100, 1_000, 10_000).map(Duration::ofMillis).toArray(Duration[]::new);

    /** Up to the heaviest that may be done. */
    private static final double[] WEIGHTS = {10, 50, 100, 250, 500, 1_000, 2_500, 5_000};

    private static final int RESULTS = Result.values().length;
    private static final int PER_KIND = Transport.values().length * RESULTS;

    private final MeterRegistry registry;
    private final AtomicReferenceArray<@Nullable Timer> operations =
            new AtomicReferenceArray<>(Kind.values().length * PER_KIND);
    /** As many as names are listed, and two. */
    private final Map<String, AtomicReferenceArray<@Nullable Timer>> byName = new ConcurrentHashMap<>();

    private final DistributionSummary weights;
    private final Map<Lookup, Counter> lookups = new EnumMap<>(Lookup.class);
    private final Map<Transport, LongAdder> subscriptions = new EnumMap<>(Transport.class);
    /** By their fields, which are the schema's, and their codes, which are the table's. */
    private final Map<String, Map<String, Counter>> fieldErrors = new ConcurrentHashMap<>();

    GraphMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.weights = DistributionSummary.builder("daveloper.graphql.complexity")
                .description("Operations that were done, by the weight that they count with.")
                .serviceLevelObjectives(WEIGHTS)
                .register(registry);
        for (Lookup lookup : Lookup.values()) {
            lookups.put(
                    lookup,
                    Counter.builder("daveloper.graphql.documents")
                            .description("Documents that came, by whether they were read and judged before.")
                            .tag("result", lower(lookup))
                            .register(registry));
        }
        subscribable(Transport.SSE);
        subscribable(Transport.WEBSOCKET);
        for (Result result : Result.values()) {
            timer(Kind.QUERY, Transport.HTTP, result);
        }
        for (String name : List.of(ANONYMOUS, OTHER)) {
            timer(name, Result.OK);
        }
    }

    private void subscribable(Transport transport) {
        LongAdder open = new LongAdder();
        subscriptions.put(transport, open);
        Gauge.builder("daveloper.graphql.subscriptions", open::sum)
                .description("Subscriptions that go on.")
                .tag("transport", lower(transport))
                .register(registry);
    }

    @Override
    public void looked(Lookup found) {
        Objects.requireNonNull(lookups.get(found)).increment();
    }

    @Override
    public void done(Operation operation, Result result, int weight, long nanos) {
        measure(operation, result, nanos);
        weights.record(weight);
    }

    @Override
    public void refused(Operation operation, long nanos) {
        measure(operation, Result.REFUSED, nanos);
    }

    private void measure(Operation operation, Result result, long nanos) {
        timer(operation.kind(), operation.transport(), result).record(nanos, TimeUnit.NANOSECONDS);
        timer(operation.name(), result).record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void fieldFailed(String code, String field) {
        Map<String, Counter> codes = fieldErrors.get(field);
        if (codes == null) {
            codes = fieldErrors.computeIfAbsent(field, any -> new ConcurrentHashMap<>());
        }
        Counter counter = codes.get(code);
        if (counter == null) {
            counter = codes.computeIfAbsent(
                    code,
                    any -> Counter.builder("daveloper.graphql.field.errors")
                            .description("Fields that could not be given, and mutations that were refused.")
                            .tag("field", field)
                            .tag("code", code)
                            .register(registry));
        }
        counter.increment();
    }

    @Override
    public void subscribed(Transport transport) {
        open(transport).increment();
    }

    @Override
    public void unsubscribed(Transport transport) {
        open(transport).decrement();
    }

    private LongAdder open(Transport transport) {
        return Objects.requireNonNull(subscriptions.get(transport), "nobody subscribes by a plain request");
    }

    private Timer timer(Kind kind, Transport transport, Result result) {
        int place = kind.ordinal() * PER_KIND + transport.ordinal() * RESULTS + result.ordinal();
        Timer timer = operations.get(place);
        if (timer == null) {
            timer = Timer.builder("daveloper.graphql.operations")
                    .description("Operations of GraphQL, by how long it took until their result was there.")
                    .tag("kind", lower(kind))
                    .tag("transport", lower(transport))
                    .tag("result", lower(result))
                    .serviceLevelObjectives(BUCKETS)
                    .register(registry);
            operations.set(place, timer);
        }
        return timer;
    }

    private Timer timer(String name, Result result) {
        AtomicReferenceArray<@Nullable Timer> timers = byName.get(name);
        if (timers == null) {
            timers = byName.computeIfAbsent(name, any -> new AtomicReferenceArray<>(RESULTS));
        }
        Timer timer = timers.get(result.ordinal());
        if (timer == null) {
            timer = Timer.builder("daveloper.graphql.named.operations")
                    .description("The same by their names, as far as these are listed.")
                    .tag("name", name)
                    .tag("result", lower(result))
                    .serviceLevelObjectives(FEW_BUCKETS)
                    .register(registry);
            timers.set(result.ordinal(), timer);
        }
        return timer;
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
