package dev.daveloper.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A collector that speaks OTLP gets what scrapers get. */
class OtlpTest {
    private static final String SECRET = "Bearer s3cret-of-the-collector";

    @TempDir
    private Path directory;

    private final List<ExportMetricsServiceRequest> received = new CopyOnWriteArrayList<>();
    private final List<String> headers = new CopyOnWriteArrayList<>();
    private HttpServer collector;

    @BeforeEach
    void listen() throws IOException {
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/metrics", this::take);
        collector.start();
    }

    @AfterEach
    void stop() {
        collector.stop(0);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            received.add(ExportMetricsServiceRequest.parseFrom(exchange.getRequestBody()));
            headers.add(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private RunningProgram gateway() {
        String endpoint = "http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/metrics";
        return RunningProgram.gateway(
                directory,
                "--agent.pace=0s",
                "--metrics.otlp-endpoint=" + endpoint,
                "--metrics.otlp-interval=1s",
                "--metrics.otlp-headers=authorization=" + SECRET);
    }

    private Optional<Metric> last(String name) {
        return received.isEmpty()
                ? Optional.empty()
                : received.getLast().getResourceMetrics(0).getScopeMetricsList().stream()
                        .flatMap(scope -> scope.getMetricsList().stream())
                        .filter(metric -> metric.getName().equals(name))
                        .findFirst();
    }

    private boolean counted(String counter, double value) {
        return last(counter)
                .filter(metric -> metric.getSum().getDataPoints(0).getAsDouble() == value)
                .isPresent();
    }

    @Test
    void all_that_is_measured_is_sent_and_once_more_at_the_end() throws Exception {
        try (RunningProgram program = gateway()) {
            Visitor visitor = Visitor.at(program.base());
            assertThat(visitor.ask("What is this?").statusCode()).isEqualTo(200);
            visitor.get("/agent/tools");
            await().atMost(RunningProgram.PATIENCE).until(() -> counted("daveloper.runs.started", 1));

            assertCumulativeWithBuckets();
            assertThat(last("daveloper.sqlite.queue.limit")).isPresent();
            assertThat(last("jvm.memory.used")).isPresent();
            // What features count for themselves was looked at before it was sent.
            await().atMost(RunningProgram.PATIENCE)
                    .untilAsserted(() -> assertThat(last("daveloper.cache.requests")
                                    .orElseThrow()
                                    .getSum()
                                    .getDataPointsList())
                            .anySatisfy(point -> assertThat(point.getAsDouble()).isEqualTo(1)));
            assertThat(received.getLast().getResourceMetrics(0).getResource().getAttributesList())
                    .anySatisfy(attribute -> {
                        assertThat(attribute.getKey()).isEqualTo("service.name");
                        assertThat(attribute.getValue().getStringValue()).isEqualTo("daveloper");
                    });
            assertThat(headers).containsOnly(SECRET);

            assertThat(Scrape.of(program).types())
                    .containsKeys("daveloper_runs_started_total", "jvm_memory_used_bytes");
            int before = received.size();
            program.terminate();
            assertThat(program.awaitExit()).isZero();
            assertThat(received).hasSizeGreaterThan(before);
            assertThat(program.log()).doesNotContain(SECRET).doesNotContain("\tat ");
        }
    }

    private void assertCumulativeWithBuckets() {
        assertThat(last("daveloper.runs.started").orElseThrow().getSum().getAggregationTemporality())
                .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
        assertThat(last("daveloper.http.requests").orElseThrow()).satisfies(requests -> {
            assertThat(requests.getUnit()).isEqualTo("seconds");
            assertThat(requests.getHistogram().getDataPointsList()).anySatisfy(point -> {
                assertThat(point.getExplicitBoundsList()).contains(0.005, 10.0);
                assertThat(point.getAttributesList())
                        .extracting(KeyValue::getKey)
                        .contains("method", "route", "status");
            });
        });
    }

    @Test
    void a_collector_that_is_away_costs_a_line_and_nothing_else() throws Exception {
        try (RunningProgram program = gateway()) {
            collector.stop(0);
            await().atMost(RunningProgram.PATIENCE)
                    .until(() -> program.log().contains("OTLP") && program.log().contains("WARN"));
            assertThat(Visitor.at(program.base()).ask("Are you there?").statusCode())
                    .isEqualTo(200);
            assertThat(program.log()).doesNotContain(SECRET);
            program.terminate();
            assertThat(program.awaitExit()).isZero();
        }
    }

    @Test
    void without_a_collector_nothing_of_it_is_loaded() throws Exception {
        Path loaded = directory.resolve("classes.txt");
        try (RunningProgram program = RunningProgram.start(
                directory, List.of("-Xlog:class+load:file=" + loaded), "--http.port=0", "--log.format=text")) {
            program.awaitListening();
            assertThat(Scrape.of(program).types()).containsKey("daveloper_runs_started_total");
            program.terminate();
            assertThat(program.awaitExit()).isZero();
        }
        assertThat(Files.readAllLines(loaded))
                .anyMatch(line -> line.contains("io.micrometer.prometheusmetrics.PrometheusMeterRegistry "))
                .noneMatch(line -> line.contains("OtlpExport")
                        || line.contains("io.micrometer.registry.otlp")
                        || line.contains("io.opentelemetry.proto"));
    }
}
