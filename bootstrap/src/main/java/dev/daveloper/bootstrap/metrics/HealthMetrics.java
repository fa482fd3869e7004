package dev.daveloper.bootstrap.metrics;

import dev.daveloper.application.health.in.Health;
import dev.daveloper.application.health.in.Readiness;
import dev.daveloper.domain.health.ComponentHealth;
import dev.daveloper.domain.health.Status;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How each component is, looked at once for each time that somebody asks. */
final class HealthMetrics {
    private static final double NANOS = 1e9;

    private final Health health;
    private final MultiGauge statuses;
    private final MultiGauge latencies;
    private volatile @Nullable Readiness readiness;
    private volatile Map<String, ComponentHealth> components = Map.of();

    HealthMetrics(MeterRegistry registry, Health health) {
        this.health = health;
        this.statuses = MultiGauge.builder("daveloper.component.status")
                .description("How a component is: 0 well, 1 with a warning, 2 failing.")
                .register(registry);
        this.latencies = MultiGauge.builder("daveloper.component.check")
                .description(
                        "How long a component took to say how it is; of one that does not, how long it was waited for.")
                .baseUnit("seconds")
                .register(registry);
        // A supplier is held; an object would be only for as long as somebody else holds it.
        Gauge.builder("daveloper.ready", this::ready)
                .description("1 while this node takes new work, else 0.")
                .register(registry);
    }

    /** Looks at what is known now. Servers that are not there any more go, those that were added come. */
    synchronized void refresh() {
        readiness = health.readiness();
        components = health.report().components().stream()
                .collect(Collectors.toMap(ComponentHealth::component, Function.identity()));
        statuses.register(rows(component -> number(component.status())), false);
        latencies.register(rows(component -> component.latency().toNanos() / NANOS), false);
    }

    private double ready() {
        Readiness now = readiness;
        return now != null && now.mode().takesWork() ? 1 : 0;
    }

    private static double number(Status status) {
        return switch (status) {
            case PASS -> 0;
            case WARN -> 1;
            case FAIL -> 2;
        };
    }

    /** What is there already stays and reads what is known then: whoever reads meanwhile misses nothing. */
    private List<MultiGauge.Row<?>> rows(ToDoubleFunction<ComponentHealth> figure) {
        return components.keySet().stream()
                .<MultiGauge.Row<?>>map(name -> MultiGauge.Row.of(Tags.of("component", name), () -> {
                    ComponentHealth known = components.get(name);
                    return known == null ? Double.NaN : figure.applyAsDouble(known);
                }))
                .toList();
    }
}
