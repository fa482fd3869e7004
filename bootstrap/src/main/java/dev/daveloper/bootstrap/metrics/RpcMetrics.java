package dev.daveloper.bootstrap.metrics;

import dev.daveloper.grpc.CallListener;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Counts and times the calls to the services that the gateway asks. A call costs two looks into maps. */
final class RpcMetrics implements CallListener {
    /** Some calls are answered at once, and some are as long as an answer. */
    private static final Duration[] BUCKETS = Stream.of(
                    5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    /** Those of gRPC. */
    private static final List<String> CODES = List.of(
            "OK",
            "CANCELLED",
            "UNKNOWN",
            "INVALID_ARGUMENT",
            "DEADLINE_EXCEEDED",
            "NOT_FOUND",
            "ALREADY_EXISTS",
            "PERMISSION_DENIED",
            "RESOURCE_EXHAUSTED",
            "FAILED_PRECONDITION",
            "ABORTED",
            "OUT_OF_RANGE",
            "UNIMPLEMENTED",
            "INTERNAL",
            "UNAVAILABLE",
            "DATA_LOSS",
            "UNAUTHENTICATED");

    private static final int UNKNOWN = CODES.indexOf("UNKNOWN");

    private final MeterRegistry registry;
    private final Map<String, Service> services = new ConcurrentHashMap<>();

    private record Service(LongAdder underWay, Map<String, AtomicReferenceArray<@Nullable Timer>> byMethod) {}

    RpcMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void opened(String service, List<String> methods, BooleanSupplier ready) {
        Service opened = new Service(new LongAdder(), new ConcurrentHashMap<>());
        for (String method : methods) {
            AtomicReferenceArray<@Nullable Timer> timers = new AtomicReferenceArray<>(CODES.size());
            timers.set(0, timer(service, method, CODES.getFirst()));
            opened.byMethod().put(method, timers);
        }
        services.put(service, opened);
        Gauge.builder("daveloper.rpc.client.in.flight", opened.underWay()::sum)
                .description("Calls that are not answered yet, streams included.")
                .tag("service", service)
                .register(registry);
        Gauge.builder("daveloper.rpc.channel.ready", () -> ready.getAsBoolean() ? 1 : 0)
                .description("1 while connections to the service stand, else 0.")
                .tag("service", service)
                .register(registry);
    }

    @Override
    public void began(String service) {
        Service known = services.get(service);
        if (known != null) {
            known.underWay().increment();
        }
    }

    @Override
    public void ended(String service, String method, String code, long nanos) {
        Service known = services.get(service);
        if (known == null) {
            return;
        }
        known.underWay().decrement();
        AtomicReferenceArray<@Nullable Timer> timers = known.byMethod().get(method);
        if (timers == null) {
            // All that can be called were told; what is not among them has no series.
            return;
        }
        int place = CODES.contains(code) ? CODES.indexOf(code) : UNKNOWN;
        Timer timer = timers.get(place);
        if (timer == null) {
            timer = timer(service, method, CODES.get(place));
            timers.set(place, timer);
        }
        timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** There is one of each at most: the registry gives the same again. */
    private Timer timer(String service, String method, String code) {
        return Timer.builder("daveloper.rpc.client")
                .description("Calls to services over gRPC, by the time until their status; a stream ends with it.")
                .tag("service", service)
                .tag("method", method)
                .tag("code", code)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }
}
