package dev.daveloper.bootstrap.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.webhooks.out.DeliveryQueue.Next;
import dev.daveloper.domain.webhooks.Attempt;
import dev.daveloper.domain.webhooks.DeliveryState.Death;
import dev.daveloper.domain.webhooks.EventType;
import dev.daveloper.domain.webhooks.Trouble;
import dev.daveloper.domain.webhooks.Verdict;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WebhookMetricsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final WebhookMetrics metrics = new WebhookMetrics(registry);

    private static Attempt attempt(OptionalInt status, Trouble trouble) {
        return new Attempt(1, NOW, Duration.ofMillis(30), status, trouble, "", Optional.empty());
    }

    private double count(String name, String label, String value) {
        return registry.get(name).tag(label, value).counter().count();
    }

    @Test
    void everything_is_there_before_anything_is_told() {
        assertThat(registry.get("daveloper.webhook.events").counters())
                .hasSize(EventType.values().length)
                .allMatch(counter -> counter.count() == 0);
        assertThat(registry.get("daveloper.webhook.attempts").counters()).hasSize(Verdict.values().length);
        assertThat(registry.get("daveloper.webhook.attempt").timers()).hasSize(Verdict.values().length);
        assertThat(registry.get("daveloper.webhook.troubles").counters()).hasSize(Trouble.values().length - 1);
        assertThat(registry.get("daveloper.webhook.dead").counters()).hasSize(2);
    }

    @Test
    void an_event_is_counted_once_however_many_are_told_of_it() {
        metrics.distributed(EventType.RUN_COMPLETED, 7);

        assertThat(count("daveloper.webhook.events", "type", "chat.run.completed"))
                .isEqualTo(1);
    }

    @Test
    void an_attempt_that_succeeds_is_no_trouble() {
        metrics.attempted(EventType.TEST, attempt(OptionalInt.of(204), Trouble.NONE), new Next.Delivered());

        assertThat(count("daveloper.webhook.attempts", "result", "delivered")).isEqualTo(1);
        assertThat(registry.get("daveloper.webhook.attempt")
                        .tag("result", "delivered")
                        .timer()
                        .totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(30);
        assertThat(registry.get("daveloper.webhook.troubles").counters()).allMatch(counter -> counter.count() == 0);
    }

    @Test
    void an_attempt_that_fails_is_counted_by_why_and_by_what_comes_of_it() {
        metrics.attempted(
                EventType.TEST, attempt(OptionalInt.empty(), Trouble.REFUSED), new Next.Retry(NOW.plusSeconds(5)));
        metrics.attempted(EventType.TEST, attempt(OptionalInt.of(410), Trouble.STATUS), new Next.Dead(Death.GONE));
        metrics.attempted(EventType.TEST, attempt(OptionalInt.of(500), Trouble.STATUS), new Next.Dead(Death.EXHAUSTED));

        assertThat(count("daveloper.webhook.attempts", "result", "failed")).isEqualTo(2);
        assertThat(count("daveloper.webhook.attempts", "result", "gone")).isEqualTo(1);
        assertThat(count("daveloper.webhook.troubles", "trouble", "refused")).isEqualTo(1);
        assertThat(count("daveloper.webhook.troubles", "trouble", "status")).isEqualTo(2);
        assertThat(count("daveloper.webhook.dead", "why", "gone")).isEqualTo(1);
        assertThat(count("daveloper.webhook.dead", "why", "exhausted")).isEqualTo(1);
    }
}
