package dev.daveloper.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import dev.daveloper.bootstrap.e2e.Collector.Taken;
import dev.daveloper.domain.chat.AgentEvent.ToolFinished;
import dev.daveloper.domain.chat.AgentEvent.ToolStarted;
import dev.daveloper.domain.chat.AgentEvent.UsageReported;
import dev.daveloper.domain.chat.Json;
import dev.daveloper.domain.chat.ToolResult;
import dev.daveloper.domain.chat.Usage;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traces as a collector gets them, from a gateway and an agent service that are processes of their own. */
class TracingTest {
    private static final String CHAT = "daveloper.agent.v1.AgentService/Chat";
    private static final String QUESTION = "{\"message\":\"Xyzzy, how do I begin?\"}";

    @TempDir
    static Path directory;

    private static Collector collector;
    private static RunningProgram agent;
    private static RunningProgram gateway;
    private static Visitor visitor;

    @BeforeAll
    static void start() throws Exception {
        collector = Collector.start();
        agent = RunningProgram.start(
                directory,
                "agent",
                "--port=0",
                "--agent.pace=0s",
                "--log.format=text",
                "--tracing.service-name=agent",
                "--tracing.endpoint=" + collector.url());
        gateway = gateway(
                "--agent.target=dns:///" + agent.awaitListening(), "--tracing.headers=authorization=Bearer a-token");
        visitor = Visitor.at(gateway.base());
    }

    private static RunningProgram gateway(String target, String... options) {
        List<String> all = new ArrayList<>(List.of(
                "--data.dir=" + directory.resolve("data-" + System.nanoTime()),
                target,
                "--tracing.endpoint=" + collector.url(),
                "--tracing.sample=0"));
        all.addAll(List.of(options));
        return RunningProgram.gateway(directory, all.toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        agent.close();
        collector.close();
    }

    private static String parent(String trace, String flags) {
        return "00-" + trace + "-00f067aa0ba902b7-" + flags;
    }

    private static HttpResponse<String> ask(Visitor who, String traceparent) throws Exception {
        return who.send(
                "POST",
                "/v1/agent/chat",
                QUESTION,
                Map.of("Content-Type", "application/json", "traceparent", traceparent));
    }

    @Test
    void one_question_is_one_trace_through_both_programs() throws Exception {
        String trace = "11111111111111111111111111111111";
        HttpResponse<String> answer = ask(visitor, parent(trace, "01"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("X-Trace-Id")).contains(trace);

        Taken request = collector.await(trace, "POST /v1/agent/chat");
        Taken run = collector.await(trace, "invoke_agent");
        await().atMost(RunningProgram.PATIENCE)
                .until(() -> collector.of(trace).stream()
                                .filter(span -> span.name().equals(CHAT))
                                .count()
                        == 2);
        Taken call = of(trace, SpanKind.SPAN_KIND_CLIENT);
        Taken served = collector.of(trace).stream()
                .filter(span -> span.parent().equals(call.spanId()))
                .findFirst()
                .orElseThrow();

        assertThat(request.parent()).isEqualTo("00f067aa0ba902b7");
        assertThat(run.parent()).isEqualTo(request.spanId());
        assertThat(call.parent()).isEqualTo(run.spanId());
        assertThat(served.kind()).isEqualTo(SpanKind.SPAN_KIND_SERVER);
        assertThat(request.attributes())
                .containsOnly(
                        Map.entry("http.request.method", "POST"),
                        Map.entry("http.route", "/v1/agent/chat"),
                        Map.entry("http.response.status_code", 200L));
        JsonNode told = Visitor.JSON.readTree(answer.body());
        assertThat(run.attributes())
                .containsEntry("daveloper.run.id", told.path("runId").asText())
                .containsEntry("daveloper.run.outcome", "completed");
        assertThat(run.events()).containsExactly("first_delta");
        assertThat(request.resource())
                .containsEntry("service.name", "daveloper")
                .containsKey("service.instance.id");
        assertThat(served.resource()).containsEntry("service.name", "agent");
        assertThat(collector.tokens()).contains("Bearer a-token");
        assertThat(collector.spans()).noneMatch(span -> span.all().contains("Xyzzy"));
    }

    @Test
    void a_trace_that_its_caller_does_not_record_is_not_recorded_but_goes_on() throws Exception {
        String trace = "22222222222222222222222222222222";
        String after = "33333333333333333333333333333333";
        assertThat(ask(visitor, parent(trace, "00")).headers().firstValue("X-Trace-Id"))
                .contains(trace);
        ask(visitor, parent(after, "01"));
        collector.await(after, "invoke_agent");
        assertThat(collector.of(trace)).isEmpty();
    }

    @Test
    void what_is_no_traceparent_begins_a_new_trace_which_no_sample_of_0_records() throws Exception {
        String trace = "44444444444444444444444444444444";
        HttpResponse<String> answer = ask(visitor, "00-" + trace + "-00f067aa0ba902b7-01-more");
        assertThat(answer.headers().firstValue("X-Trace-Id").orElseThrow())
                .matches("[0-9a-f]{32}")
                .isNotEqualTo(trace);
        assertThat(collector.of(trace)).isEmpty();
    }

    @Test
    void failures_carry_the_id_that_the_collector_knows() throws Exception {
        String trace = "55555555555555555555555555555555";
        Map<String, String> headers = Map.of("Content-Type", "application/json", "traceparent", parent(trace, "01"));
        HttpResponse<String> refused = visitor.send("GET", "/v1/agent/runs/run_" + "0".repeat(26), "", headers);
        assertThat(Visitor.JSON.readTree(refused.body()).path("traceId").asText())
                .isEqualTo(trace);
        Taken request = collector.await(trace, "GET /v1/agent/runs/{id}");
        assertThat(request.attributes()).containsEntry("http.response.status_code", 404L);
        assertThat(request.failed()).isFalse();
    }

    /** Whether anybody records them or not. */
    @Test
    void what_a_run_logs_carries_the_trace_of_its_request() throws Exception {
        String logged = "66666666666666666666666666666666";
        try (RunningProgram telling = RunningProgram.start(
                directory,
                "--http.port=0",
                "--log.format=json",
                "--data.dir=" + directory.resolve("told"),
                "--agent.target=dns:///" + agent.awaitListening())) {
            ask(Visitor.at(telling.base()), parent(logged, "01"));
            await().atMost(RunningProgram.PATIENCE)
                    .until(() -> telling.log()
                            .lines()
                            .anyMatch(line -> line.contains("answer ended") && line.contains(logged)));
        }
    }

    @Test
    void tools_and_failures_are_told_and_what_waits_is_sent_at_the_end() throws Exception {
        String trace = "77777777777777777777777777777777";
        Script script = Script.say("a ")
                .then(new ToolStarted("1", "dice", new Json("{\"Xyzzy\":1}")))
                .then(new ToolFinished("1", new ToolResult(true, "Xyzzy")))
                .then(new UsageReported(new Usage(7, 9)));
        try (ServedAgent scripted = ServedAgent.of(ScriptedAgent.following(asked -> script), 0);
                RunningProgram asking = gateway(scripted.target())) {
            ask(Visitor.at(asking.base()), parent(trace, "01"));
            asking.terminate();
            assertThat(asking.awaitExit()).isZero();
        }
        Taken tool = collector.await(trace, "execute_tool");
        Taken run = collector.await(trace, "invoke_agent");
        assertThat(tool.parent()).isEqualTo(run.spanId());
        assertThat(tool.attributes()).containsEntry("gen_ai.tool.name", "dice");
        assertThat(run.attributes()).containsEntry("gen_ai.usage.input_tokens", 7L);
        assertThat(collector.spans()).noneMatch(span -> span.all().contains("Xyzzy"));
    }

    @Test
    void who_does_not_trace_loads_nothing_for_it() throws Exception {
        String trace = "99999999999999999999999999999999";
        Path loaded = directory.resolve("loaded.txt");
        try (RunningProgram plain = RunningProgram.start(
                directory,
                List.of("-Xlog:class+load:file=" + loaded),
                "--http.port=0",
                "--data.dir=" + directory.resolve("plain"),
                "--agent.target=dns:///" + agent.awaitListening())) {
            ask(Visitor.at(plain.base()), parent(trace, "01"));
            plain.terminate();
            assertThat(plain.awaitExit()).isZero();
        }
        assertThat(Files.readString(loaded))
                .contains("dev.daveloper.grpc.TracedCalls")
                .doesNotContain("opentelemetry");
        // The agent records what its caller's caller wanted recorded, as a part of that.
        assertThat(collector.await(trace, CHAT).parent()).isEqualTo("00f067aa0ba902b7");
        assertThat(collector.of(trace)).hasSize(1);
    }

    @Test
    void measurements_name_a_trace_as_an_example() throws Exception {
        String trace = "88888888888888888888888888888888";
        try (RunningProgram measuring = gateway("--agent.target=dns:///" + agent.awaitListening())) {
            ask(Visitor.at(measuring.base()), parent(trace, "01"));
            URI metrics = Scrape.management(measuring).resolve("/metrics");
            assertThat(Scrape.get(metrics, "Accept", "application/openmetrics-text; version=1.0.0")
                            .body()
                            .lines())
                    .filteredOn(line -> line.startsWith("daveloper_http_requests_seconds_bucket"))
                    .anySatisfy(line -> assertThat(line).contains("trace_id=\"" + trace + "\""));
            assertThat(Scrape.get(metrics).body()).doesNotContain(trace);
        }
    }

    private static Taken of(String trace, SpanKind kind) {
        return collector.of(trace).stream()
                .filter(span -> span.kind() == kind)
                .findFirst()
                .orElseThrow();
    }
}
