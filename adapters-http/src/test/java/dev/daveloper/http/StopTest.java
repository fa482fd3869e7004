package dev.daveloper.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daveloper.application.documents.in.Library;
import dev.daveloper.application.events.out.ErrorReporter;
import dev.daveloper.application.ratelimits.in.RateLimits;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import dev.daveloper.application.tracing.out.Tracer;
import dev.daveloper.domain.failures.StoreUnavailable;
import dev.daveloper.http.failures.CapturedLog;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Bursts, failing and stopping, for which each test has a server of its own. */
class StopTest {
    @Test
    void a_request_in_flight_is_answered_before_the_server_stops() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        ScriptedAgent agent = ScriptedAgent.following(request -> {
            asked.countDown();
            return Script.say("a").thenWaitFor(gate).thenSay("b");
        });
        try (TestGateway gateway = TestGateway.of(agent);
                ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
            TestGateway.Caller caller = gateway.newCaller();
            Future<HttpResponse<String>> answer = others.submit(() -> caller.ask("hi"));
            asked.await();
            Future<?> stopping = others.submit(gateway.server()::close);
            gate.countDown();
            assertThat(answer.get().statusCode()).isEqualTo(200);
            stopping.get();
            gateway.server().close();
            assertThatThrownBy(() -> gateway.get("/health/live")).isInstanceOf(java.io.IOException.class);
        }
    }

    @Test
    void a_defect_is_told_as_internal_and_nothing_of_it_leaves() throws Exception {
        try (CapturedLog log = CapturedLog.ofFailures();
                TestGateway gateway = TestGateway.withPorts(
                        ScriptedAgent.saying("hello"),
                        ports -> withLibrary(ports, path -> {
                            throw new IllegalStateException("secret host db.internal");
                        }))) {
            HttpResponse<String> response = gateway.get("/library/guides/agents.md");
            assertThat(response.statusCode()).isEqualTo(500);
            assertThat(TestGateway.json(response).get("code").textValue()).isEqualTo("internal");
            assertThat(response.body()).doesNotContain("secret", "IllegalState");
            assertThat(log.lines()).hasSize(1);
            assertThat(log.lines().getFirst().getMDCPropertyMap())
                    .containsEntry(
                            "traceId", TestGateway.json(response).get("traceId").textValue());
            assertThat(gateway.reported()).singleElement().satisfies(failure -> {
                assertThat(failure.where()).isEqualTo("GET /library/<path>");
                assertThat(failure.cause()).hasMessage("secret host db.internal");
            });
        }
    }

    @Test
    void an_error_of_the_machine_is_told_and_reported_as_a_defect() throws Exception {
        try (CapturedLog log = CapturedLog.ofFailures();
                TestGateway gateway = TestGateway.withPorts(
                        ScriptedAgent.saying("hello"),
                        ports -> withLibrary(ports, path -> {
                            throw new StackOverflowError("deep");
                        }))) {
            HttpResponse<String> response = gateway.get("/library/guides/agents.md");
            assertThat(response.statusCode()).isEqualTo(500);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(TestGateway.json(response).get("code").textValue()).isEqualTo("internal");
            assertThat(log.lines()).hasSize(1);
            assertThat(gateway.reported())
                    .singleElement()
                    .satisfies(failure -> assertThat(failure.cause()).isInstanceOf(StackOverflowError.class));
        }
    }

    @Test
    void a_store_that_is_away_is_a_problem_with_a_time_to_come_back() throws Exception {
        try (TestGateway gateway = TestGateway.withPorts(
                ScriptedAgent.saying("hello"),
                ports -> withLibrary(ports, path -> {
                    throw new StoreUnavailable(new java.io.IOException("refused"));
                }))) {
            HttpResponse<String> response = gateway.get("/library/guides/agents.md");
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("Retry-After")).hasValue("2");
            assertThat(TestGateway.json(response).get("code").textValue()).isEqualTo("store_unavailable");
        }
    }

    @Test
    void a_port_in_use_stops_the_start() {
        try (TestGateway gateway = TestGateway.of(ScriptedAgent.saying("hello"))) {
            HttpPorts ports = new HttpPorts(
                    gateway.core().chat(),
                    gateway.core().tools(),
                    gateway.core().sessions(),
                    gateway.core().health(),
                    path -> Optional.empty(),
                    gateway.core().documents(),
                    RateLimits.NONE,
                    gateway.core().caching(),
                    gateway.core().cacheControl(),
                    Optional.empty(),
                    ErrorReporter.NONE,
                    Tracer.PASSING);
            assertThatThrownBy(() -> HttpServer.start(HttpConfig.on("127.0.0.1", gateway.port()), ports))
                    .isInstanceOf(RuntimeException.class);
        }
    }

    @Test
    void a_burst_of_connections_loses_none() throws Exception {
        int burst = 200;
        CountDownLatch together = new CountDownLatch(burst);
        try (TestGateway gateway = TestGateway.of(ScriptedAgent.saying("hello"));
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < burst; i++) {
                answers.add(callers.submit(() -> {
                    together.countDown();
                    together.await();
                    return RawConnection.exchange(
                            gateway.port(), "GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
                }));
            }
            for (Future<String> answer : answers) {
                assertThat(answer.get()).startsWith("HTTP/1.1 200");
            }
        }
    }

    private static HttpPorts withLibrary(HttpPorts ports, Library library) {
        return OtherPorts.with(ports, library);
    }
}
