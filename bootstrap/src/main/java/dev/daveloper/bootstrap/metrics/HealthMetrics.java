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
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** How each component is, looked at once for each time that somebody asks. */
final class HealthMetrics {
    private static final double NANOS = 1e9;

    private final Health health;
    private final MultiGauge statuses;
    private final MultiGauge latencies;
    private volatile @Nullable Readiness readiness;

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

    /** Looks at what is known now. */
    synchronized void refresh() {
        readiness = health.readiness();
        List<ComponentHealth> components = health.report().components();
        // Servers that are not there any more go, those that were added come.
        statuses.register(rows(components, component -> number(component.status())), true);
        latencies.register(rows(components, component -> component.latency().toNanos() / NANOS), true);
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

    private static List<MultiGauge.Row<?>> rows(
            List<ComponentHealth> components, ToDoubleFunction<ComponentHealth> figure) {
        return components.stream()
                .<MultiGauge.Row<?>>map(component ->
                        MultiGauge.Row.of(Tags.of("component", component.component()), figure.applyAsDouble(component)))
                .toList();
    }
}
