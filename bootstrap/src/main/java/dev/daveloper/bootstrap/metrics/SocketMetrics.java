package dev.daveloper.bootstrap.metrics;

import dev.daveloper.http.SocketListener;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * Counts WebSockets, and times what clients say there by its type and by what became of it. All of it is there from the
 * start.
 */
final class SocketMetrics implements SocketListener {
    /** From what a message in memory takes to what nobody waits for. */
    private static final Duration[] BUCKETS = Stream.of(1, 5, 10, 25, 100, 250, 1_000, 5_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final LongAdder open = new LongAdder();
    /** Not changed once it is made. */
    private final Map<String, Map<Result, Timer>> messages = new HashMap<>();

    SocketMetrics(MeterRegistry registry) {
        Gauge.builder("daveloper.websockets.open", open::sum)
                .description("WebSockets that are open.")
                .register(registry);
        Stream.concat(TYPES.stream(), Stream.of(OTHER)).forEach(type -> messages.put(type, timers(registry, type)));
    }

    private static Map<Result, Timer> timers(MeterRegistry registry, String type) {
        Map<Result, Timer> timers = new EnumMap<>(Result.class);
        for (Result result : Result.values()) {
            timers.put(
                    result,
                    Timer.builder("daveloper.websocket.messages")
                            .description("Messages of clients, by how long it took until they had the reply.")
                            .tag("type", type)
                            .tag("result", result.name().toLowerCase(Locale.ROOT))
                            .serviceLevelObjectives(BUCKETS)
                            .register(registry));
        }
        return timers;
    }

    @Override
    public void opened() {
        open.increment();
    }

    @Override
    public void closed() {
        open.decrement();
    }

    @Override
    public void handled(String type, Result result, long nanos) {
        Map<Result, Timer> timers = Objects.requireNonNull(messages.get(type), type);
        Objects.requireNonNull(timers.get(result)).record(nanos, TimeUnit.NANOSECONDS);
    }
}
