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
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * Counts and times operations of GraphQL: what they are and which way they came, and apart from that by the names that
 * are listed. All of it in one would be a product of four labels, of which a client chooses three. Once a combination
 * was seen, an operation costs two looks into maps and three measurements.
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

    private final MeterRegistry registry;
    private final Map<Sort, Timer> bySort = new ConcurrentHashMap<>();
    /** As many as names are listed, and two, by result. */
    private final Map<Named, Timer> byName = new ConcurrentHashMap<>();

    private final DistributionSummary weights;
    private final Map<Lookup, Counter> lookups = new EnumMap<>(Lookup.class);
    private final Map<Transport, LongAdder> subscriptions = new EnumMap<>(Transport.class);
    /** By their fields, which are the schema's, and their codes, which are the table's. */
    private final Map<String, Map<String, Counter>> fieldErrors = new ConcurrentHashMap<>();

    private record Sort(Kind kind, Transport transport, Result result) {}

    private record Named(String name, Result result) {}

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
            timer(new Sort(Kind.QUERY, Transport.HTTP, result));
        }
        for (String name : List.of(ANONYMOUS, OTHER)) {
            timer(new Named(name, Result.OK));
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
        timer(new Sort(operation.kind(), operation.transport(), result)).record(nanos, TimeUnit.NANOSECONDS);
        timer(new Named(operation.name(), result)).record(nanos, TimeUnit.NANOSECONDS);
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

    private Timer timer(Sort sort) {
        Timer timer = bySort.get(sort);
        return timer != null
                ? timer
                : bySort.computeIfAbsent(
                        sort,
                        any -> Timer.builder("daveloper.graphql.operations")
                                .description("Operations of GraphQL, by how long it took until their result was there.")
                                .tag("kind", lower(sort.kind()))
                                .tag("transport", lower(sort.transport()))
                                .tag("result", lower(sort.result()))
                                .serviceLevelObjectives(BUCKETS)
                                .register(registry));
    }

    private Timer timer(Named named) {
        Timer timer = byName.get(named);
        return timer != null
                ? timer
                : byName.computeIfAbsent(
                        named,
                        any -> Timer.builder("daveloper.graphql.named.operations")
                                .description("The same by their names, as far as these are listed.")
                                .tag("name", named.name())
                                .tag("result", lower(named.result()))
                                .serviceLevelObjectives(FEW_BUCKETS)
                                .register(registry));
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
