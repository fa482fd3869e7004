package dev.daveloper.bootstrap.metrics;

import dev.daveloper.http.RequestListener;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Counts and times requests by method, route and class of status. Once a combination was seen, a request costs one look
 * into a map and one measurement.
 */
final class RequestMetrics implements RequestListener {
    /** Those of OpenTelemetry's {@code http.server.request.duration}. */
    private static final Duration[] BUCKETS = Stream.of(
                    5, 10, 25, 50, 75, 100, 250, 500, 750, 1_000, 2_500, 5_000, 7_500, 10_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "OTHER");
    private static final List<String> STATUSES = List.of("none", "1xx", "2xx", "3xx", "4xx", "5xx");

    /** The API of its first version under its own name and under the newest one's. */
    private static final String VERSION = "/v1/";

    private static final int PER_CLASS = 100;

    private final MeterRegistry registry;
    private final LongAdder inFlight = new LongAdder();
    private final Map<String, AtomicReferenceArray<@Nullable Timer>> byRoute = new ConcurrentHashMap<>();

    RequestMetrics(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("daveloper.http.requests.in.flight", inFlight, LongAdder::sum)
                .description("Requests that are being answered, streams included.")
                .register(registry);
        timer("GET", UNKNOWN, "4xx");
    }

    @Override
    public void began() {
        inFlight.increment();
    }

    @Override
    public void answered(String method, String route, int status, long nanos) {
        inFlight.decrement();
        AtomicReferenceArray<@Nullable Timer> timers = byRoute.get(route);
        if (timers == null) {
            timers =
                    byRoute.computeIfAbsent(route, any -> new AtomicReferenceArray<>(METHODS.size() * STATUSES.size()));
        }
        int place = methodOf(method) * STATUSES.size() + statusOf(status);
        Timer timer = timers.get(place);
        if (timer == null) {
            timer = timer(METHODS.get(methodOf(method)), route, STATUSES.get(statusOf(status)));
            timers.set(place, timer);
        }
        timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** There is one of each at most: the registry gives the same again. */
    private Timer timer(String method, String route, String status) {
        return Timer.builder("daveloper.http.requests")
                .description("Requests, by how long it took until they were answered whole.")
                .tag("method", method)
                .tag("route", route.startsWith(VERSION) ? route.substring(VERSION.length() - 1) : route)
                .tag("status", status)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private static int methodOf(String method) {
        int known = METHODS.indexOf(method);
        return known < 0 ? METHODS.size() - 1 : known;
    }

    private static int statusOf(int status) {
        int family = status / PER_CLASS;
        return family > 0 && family < STATUSES.size() ? family : 0;
    }
}
