package dev.daveloper.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody who asks notices what becomes of the collector of traces. */
class LostCollectorTest {
    private static final String DROPPED = "daveloper_trace_spans_dropped_total";
    private static final Map<String, String> BY_EXPORT = Map.of("reason", "export");

    @TempDir
    private Path directory;

    @Test
    void a_collector_that_is_frozen_or_refuses_costs_spans_alone() throws Exception {
        try (Collector collector = Collector.start();
                RunningProgram gateway = gatewayTracingTo(collector.url())) {
            Visitor visitor = Visitor.at(gateway.base());
            collector.freeze();
            for (int i = 0; i < 5; i++) {
                assertThat(visitor.ask("How do I begin?").statusCode()).isEqualTo(200);
            }
            await().atMost(RunningProgram.PATIENCE).until(() -> dropped(gateway) > 0);
            collector.answerWith(503);
            collector.thaw();
            double before = dropped(gateway);
            assertThat(visitor.ask("And then?").statusCode()).isEqualTo(200);
            await().atMost(RunningProgram.PATIENCE).until(() -> dropped(gateway) > before);

            collector.answerWith(200);
            HttpResponse<String> answer = visitor.ask("And now?");
            collector.await(answer.headers().firstValue("X-Trace-Id").orElseThrow(), "invoke_agent");
            assertThat(gateway.log())
                    .containsOnlyOnce("does not take traces")
                    .contains("takes traces again")
                    .doesNotContain("\tat ", "opentelemetry");

            collector.freeze();
            assertThat(visitor.ask("And at the end?").statusCode()).isEqualTo(200);
            gateway.terminate();
            assertThat(gateway.awaitExit()).isZero();
        }
    }

    @Test
    void a_collector_that_is_not_there_costs_spans_alone() throws Exception {
        int nobody;
        try (ServerSocket free = new ServerSocket(0)) {
            nobody = free.getLocalPort();
        }
        try (RunningProgram gateway = gatewayTracingTo("http://127.0.0.1:" + nobody)) {
            assertThat(Visitor.at(gateway.base()).ask("How do I begin?").statusCode())
                    .isEqualTo(200);
            await().atMost(RunningProgram.PATIENCE).until(() -> dropped(gateway) > 0);
            assertThat(gateway.log()).containsOnlyOnce("does not take traces").doesNotContain("\tat ");
        }
    }

    private RunningProgram gatewayTracingTo(String collector) {
        return RunningProgram.gateway(
                directory, "--agent.pace=0s", "--tracing.sample=1", "--tracing.endpoint=" + collector);
    }

    private static double dropped(RunningProgram gateway) throws Exception {
        return Scrape.of(gateway).value(DROPPED, BY_EXPORT).orElseThrow();
    }
}
