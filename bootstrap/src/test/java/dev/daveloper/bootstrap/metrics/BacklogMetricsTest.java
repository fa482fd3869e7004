package dev.daveloper.bootstrap.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.webhooks.in.Webhooks.Overview;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BacklogMetricsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private Overview overview = Overview.EMPTY;
    private final BacklogMetrics metrics = new BacklogMetrics(registry, () -> overview, InstantSource.fixed(NOW));

    private double gauge(String name, String... labels) {
        return registry.get(name).tags(labels).gauge().value();
    }

    @Test
    void nothing_waits_where_there_is_nobody_to_tell() {
        assertThat(gauge("daveloper.webhook.waiting")).isZero();
        assertThat(gauge("daveloper.webhook.backlog.age")).isZero();
        assertThat(gauge("daveloper.webhook.endpoints", "state", "enabled")).isZero();
    }

    @Test
    void endpoints_have_one_state_each() {
        overview = new Overview(10, 2, 3, 5, 700, Optional.of(NOW.minusSeconds(90)));
        assertThat(gauge("daveloper.webhook.waiting")).isZero();

        metrics.refresh();
        assertThat(gauge("daveloper.webhook.endpoints", "state", "enabled")).isEqualTo(5);
        assertThat(gauge("daveloper.webhook.endpoints", "state", "disabled")).isEqualTo(2);
        assertThat(gauge("daveloper.webhook.endpoints", "state", "left_alone")).isEqualTo(3);
        assertThat(gauge("daveloper.webhook.sending")).isEqualTo(5);
        assertThat(gauge("daveloper.webhook.waiting")).isEqualTo(700);
        assertThat(gauge("daveloper.webhook.backlog.age")).isEqualTo(90);
    }

    @Test
    void what_is_due_in_a_moment_waits_for_no_time() {
        overview = new Overview(1, 0, 0, 0, 1, Optional.of(NOW.plusSeconds(1)));
        metrics.refresh();

        assertThat(gauge("daveloper.webhook.backlog.age")).isZero();
    }
}
