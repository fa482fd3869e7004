package dev.daveloper.http.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.testkit.RecordingTracer;
import dev.daveloper.application.testkit.RecordingTracer.Recorded;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.tracing.out.Tracer;
import dev.daveloper.http.RawConnection;
import dev.daveloper.http.TestGateway;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TracedRequestsTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";
    private static final String PARENT = "00-" + TRACE + "-" + SPAN + "-01";

    private final RecordingTracer tracer = new RecordingTracer();
    private final TestGateway gateway = TestGateway.tracedBy(tracer, ScriptedAgent.saying("hello"));

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void a_request_is_a_span_of_its_callers_trace_named_for_its_route() throws Exception {
        HttpResponse<String> answer =
                gateway.send(gateway.request("/v1/agent/tools").header("traceparent", PARENT));
        Recorded span = ended("GET /v1/agent/tools");
        assertThat(span.kind()).isEqualTo(Tracer.Kind.SERVER);
        assertThat(span.context().traceId()).isEqualTo(TRACE);
        assertThat(span.parent()).contains(SPAN);
        assertThat(span.failure()).isEmpty();
        assertThat(span.attributes())
                .containsOnly(
                        Map.entry("http.request.method", "GET"),
                        Map.entry("http.route", "/v1/agent/tools"),
                        Map.entry("http.response.status_code", (long) answer.statusCode()));
    }

    @Test
    void what_callers_choose_names_no_span() throws Exception {
        gateway.get("/nowhere/at/all");
        Recorded span = ended("GET");
        assertThat(span.attributes()).doesNotContainKey("http.route").containsEntry("http.response.status_code", 404L);
        RawConnection.exchange(
                gateway.port(), "BREW /coffee HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        assertThat(ended("_OTHER").attributes()).containsEntry("http.request.method", "_OTHER");
    }

    @Test
    void the_trace_id_that_is_told_is_the_one_of_the_span() throws Exception {
        HttpResponse<String> unknown = gateway.get("/nowhere");
        String trace = unknown.headers().firstValue("X-Trace-Id").orElseThrow();
        assertThat(ended("GET").context().traceId()).isEqualTo(trace);
        assertThat(TestGateway.json(unknown).get("traceId").textValue()).isEqualTo(trace);
    }

    @Test
    void parts_of_a_tracestate_are_put_together() throws Exception {
        gateway.send(gateway.request("/v1/agent/tools")
                .header("traceparent", PARENT)
                .header("tracestate", "a=1")
                .header("tracestate", "b=2"));
        assertThat(ended("GET /v1/agent/tools").context().state()).isEqualTo("a=1,b=2");
    }

    @Test
    void an_answer_is_a_part_of_the_request_for_it_and_a_stream_is_as_long_as_it() throws Exception {
        gateway.send(gateway.post("/v1/agent/chat", "{\"message\":\"a\"}")
                .header("Accept", "text/event-stream")
                .header("traceparent", PARENT));
        Recorded request = ended("POST /v1/agent/chat");
        Recorded run = ended("invoke_agent");
        assertThat(run.parent()).contains(request.context().spanId());
        assertThat(tracer.open()).isZero();
    }

    private Recorded ended(String name) {
        return await().until(() -> tracer.ended(name), Optional::isPresent).orElseThrow();
    }
}
