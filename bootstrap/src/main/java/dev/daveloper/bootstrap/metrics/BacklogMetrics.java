package dev.daveloper.bootstrap.metrics;

import dev.daveloper.application.webhooks.in.Webhooks.Overview;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** How webhooks stand, looked at once for each time that somebody asks. */
final class BacklogMetrics {
    private static final double MILLIS = 1e3;

    private final MeterRegistry registry;
    private final Supplier<Overview> webhooks;
    private final InstantSource clock;
    private volatile Overview overview = Overview.EMPTY;

    BacklogMetrics(MeterRegistry registry, Supplier<Overview> webhooks, InstantSource clock) {
        this.registry = registry;
        this.webhooks = webhooks;
        this.clock = clock;
        endpoints("enabled", now -> Math.max(0, now.endpoints() - now.disabled() - now.leftAlone()));
        endpoints("disabled", Overview::disabled);
        endpoints("left_alone", Overview::leftAlone);
        gauge("daveloper.webhook.sending", "Attempts that this node makes at the moment.", Overview::sending)
                .register(registry);
        gauge("daveloper.webhook.waiting", "Deliveries that wait, of all endpoints and nodes.", Overview::waiting)
                .register(registry);
        gauge("daveloper.webhook.backlog.age", "How long the oldest delivery is due that nobody has tried.", this::age)
                .baseUnit("seconds")
                .register(registry);
        refresh();
    }

    private void endpoints(String state, ToDoubleFunction<Overview> figure) {
        gauge("daveloper.webhook.endpoints", "Endpoints, by whether they are delivered to.", figure)
                .tag("state", state)
                .register(registry);
    }

    private Gauge.Builder<BacklogMetrics> gauge(String name, String description, ToDoubleFunction<Overview> figure) {
        return Gauge.builder(name, this, metrics -> figure.applyAsDouble(metrics.overview))
                .description(description);
    }

    private double age(Overview now) {
        return now.oldestWaiting()
                .map(oldest ->
                        Math.max(0, Duration.between(oldest, clock.instant()).toMillis()) / MILLIS)
                .orElse(0.0);
    }

    /** Looks at what is so now. */
    void refresh() {
        overview = webhooks.get();
    }
}
