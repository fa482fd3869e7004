package dev.daveloper.bootstrap.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.daveloper.http.health.Figures.Counted;
import dev.daveloper.http.health.Figures.Level;
import dev.daveloper.http.health.Figures.Reading;
import dev.daveloper.http.health.Figures.Timed;
import dev.daveloper.http.health.Spread;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StatusFiguresTest {
    private static final long MILLISECOND = 1_000_000;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final StatusFigures figures = new StatusFigures(registry);

    @AfterEach
    void close() {
        registry.close();
    }

    private static Spread spread(double[] bounds, long[] upTo, long count) {
        return new Spread(bounds, upTo, count);
    }

    private Timer timer(String name, String... tags) {
        return Timer.builder(name)
                .tags(tags)
                .serviceLevelObjectives(Duration.ofMillis(10), Duration.ofMillis(100))
                .register(registry);
    }

    private void gauge(String name, double value, String... tags) {
        Gauge.builder(name, () -> value).tags(tags).register(registry);
    }

    private void assertTook(Timed what, long upToTen, long upToHundred, long count) {
        assertThat(figures.read().timed().get(what))
                .usingRecursiveComparison()
                .isEqualTo(spread(new double[] {0.01, 0.1}, new long[] {upToTen, upToHundred}, count));
    }

    @Test
    void nothing_is_told_that_nobody_measures() {
        assertThat(figures.read()).isEqualTo(new Reading(Map.of(), Map.of(), Map.of()));
    }

    @Test
    void requests_are_those_of_all_routes_and_streams_have_no_part_in_how_long_they_take() {
        RequestMetrics requests = new RequestMetrics(registry);
        for (int i = 0; i < 6; i++) {
            requests.began();
        }
        requests.answered("GET", "/v1/agent/tools", 200, 3 * MILLISECOND);
        requests.answered("GET", "/errors", 500, 3 * MILLISECOND);
        requests.answered("POST", "/agent/chat", 200, 3_000 * MILLISECOND);
        requests.answered("GET", "/v1/agent/runs/{runId}/events", 503, 3_000 * MILLISECOND);
        requests.answered("GET", "/ws/chat", 101, MILLISECOND);
        Reading reading = figures.read();
        assertThat(reading.counted()).containsOnly(entry(Counted.REQUESTS, 5L), entry(Counted.SERVER_ERRORS, 2L));
        assertThat(reading.levels()).containsOnly(entry(Level.REQUESTS_IN_FLIGHT, 1.0));
        assertThat(reading.timed().get(Timed.REQUEST))
                .extracting("count", "upTo")
                .containsExactly(2L, new long[] {2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2});
    }

    @Test
    void times_are_counted_since_the_start_however_often_they_are_read() {
        Timer first = timer("daveloper.chat.first.delta");
        first.record(Duration.ofMillis(5));
        first.record(Duration.ofMillis(50));
        assertTook(Timed.FIRST_DELTA, 1, 2, 2);
        assertTook(Timed.FIRST_DELTA, 1, 2, 2);
        first.record(Duration.ofSeconds(5));
        assertTook(Timed.FIRST_DELTA, 1, 2, 3);
    }

    @Test
    void of_the_overhead_only_that_of_deltas_is_told() {
        timer("daveloper.overhead", "phase", "start").record(Duration.ofMillis(5));
        timer("daveloper.overhead", "phase", "delta").record(Duration.ofMillis(50));
        assertTook(Timed.DELTA, 0, 1, 1);
        assertThat(figures.read().timed()).containsOnlyKeys(Timed.DELTA);
    }

    @Test
    void gauges_are_told_by_their_names_and_labels_and_only_when_they_know() {
        gauge("daveloper.documents.queue", 3, "state", "waiting");
        gauge("daveloper.documents.queue", 1, "state", "processing");
        gauge("daveloper.websockets.open", 2);
        gauge("daveloper.viewers", Double.NaN);
        gauge("daveloper.something.else", 9);
        assertThat(figures.read().levels())
                .containsOnly(
                        entry(Level.DOCUMENTS_WAITING, 3.0),
                        entry(Level.DOCUMENTS_PROCESSING, 1.0),
                        entry(Level.WEB_SOCKETS, 2.0));
    }

    @Test
    void tokens_are_told_from_the_first_that_an_agent_reports() {
        EventMetrics events = new EventMetrics(registry);
        assertThat(events).isNotNull();
        assertThat(figures.read().counted())
                .containsEntry(Counted.RUNS_FAILED, 0L)
                .containsEntry(Counted.RUNS_LIMITED, 0L)
                .doesNotContainKeys(Counted.INPUT_TOKENS, Counted.OUTPUT_TOKENS);
        registry.counter("daveloper.tokens", "direction", "output").increment(5);
        assertThat(figures.read().counted())
                .containsEntry(Counted.INPUT_TOKENS, 0L)
                .containsEntry(Counted.OUTPUT_TOKENS, 5L);
    }
}
