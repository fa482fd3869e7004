package dev.daveloper.http.failures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.daveloper.application.testkit.ManualClock;
import dev.daveloper.domain.events.UnexpectedFailure;
import dev.daveloper.http.failures.ErrorReportConfig.Format;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HttpErrorReporterTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant MIDNIGHT = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final ErrorReportConfig PATIENT = ErrorReportConfig.NONE.withTimes(LONG, LONG);

    private final ManualClock clock = new ManualClock();

    @Test
    void a_failure_arrives_as_an_object_without_the_words_of_its_exceptions() throws Exception {
        try (Collector collector = Collector.answering(204);
                HttpErrorReporter reporter =
                        start(PATIENT.to(collector.url("/in?from=x"), Format.JSON, Optional.of("a token")))) {
            reporter.report(failure(new IllegalStateException("anna@example.org", new RuntimeException("a secret"))));

            Collector.Taken taken = collector.next();
            JsonNode body = JSON.readTree(taken.body());
            assertThat(taken.path()).isEqualTo("/in?from=x");
            assertThat(taken.authorization()).isEqualTo("Bearer a token");
            assertThat(taken.mediaType()).isEqualTo("application/json");
            assertThat(body.get("id").textValue()).matches("[0-9a-f]{32}");
            assertThat(body.get("at").textValue()).isEqualTo(MIDNIGHT.toString());
            assertThat(body.get("version").textValue()).isEqualTo("1.2");
            assertThat(body.get("code").textValue()).isEqualTo("internal");
            assertThat(body.get("where").textValue()).isEqualTo("GET /sessions");
            assertThat(body.at("/exceptions/0/class").textValue()).isEqualTo("java.lang.IllegalStateException");
            assertThat(body.at("/exceptions/0/frames/0").textValue()).contains("HttpErrorReporterTest");
            assertThat(body.at("/exceptions/1/class").textValue()).isEqualTo("java.lang.RuntimeException");
            assertThat(body.at("/context/traceId").textValue()).isEqualTo("t1");
            assertThat(taken.body()).doesNotContain("anna", "secret");
            await().untilAsserted(() -> assertThat(reporter.sent()).isEqualTo(1));
        }
    }

    @Test
    void a_failure_arrives_as_an_envelope_with_one_event() throws Exception {
        try (Collector collector = Collector.answering(200);
                HttpErrorReporter reporter = start(PATIENT.to(collector.dsn(), Format.SENTRY, Optional.empty()))) {
            reporter.report(failure(new IllegalStateException("anna@example.org", new RuntimeException("a secret"))));

            Collector.Taken taken = collector.next();
            String[] lines = taken.body().split("\n", -1);
            assertThat(taken.path()).isEqualTo("/inner/api/42/envelope/");
            assertThat(taken.sentryAuth())
                    .isEqualTo("Sentry sentry_version=7, sentry_client=daveloper/1, sentry_key=abc123");
            assertThat(taken.mediaType()).isEqualTo("application/x-sentry-envelope");
            assertThat(lines).hasSize(4);
            JsonNode item = JSON.readTree(lines[1]);
            JsonNode event = JSON.readTree(lines[2]);
            assertThat(item.get("type").textValue()).isEqualTo("event");
            assertThat(item.get("length").intValue()).isEqualTo(lines[2].getBytes(StandardCharsets.UTF_8).length);
            assertThat(event.get("event_id")).isEqualTo(JSON.readTree(lines[0]).get("event_id"));
            assertThat(event.get("event_id").textValue()).matches("[0-9a-f]{32}");
            assertThat(event.get("release").textValue()).isEqualTo("daveloper@1.2");
            assertThat(event.at("/exception/values/0/type").textValue()).isEqualTo("RuntimeException");
            assertThat(event.at("/exception/values/1/type").textValue()).isEqualTo("IllegalStateException");
            assertThat(event.at("/exception/values/1/module").textValue()).isEqualTo("java.lang");
            JsonNode frames = event.at("/exception/values/1/stacktrace/frames");
            assertThat(frames.get(frames.size() - 1).get("in_app").booleanValue())
                    .isTrue();
            assertThat(event.at("/tags/traceId").textValue()).isEqualTo("t1");
            assertThat(taken.body()).doesNotContain("anna", "secret");
        }
    }

    @Test
    void those_alike_are_sent_once_a_minute_with_their_number() throws Exception {
        try (Collector collector = Collector.answering(200);
                HttpErrorReporter reporter = start(PATIENT.to(collector.url("/"), Format.JSON, Optional.empty()))) {
            for (int i = 0; i < 5; i++) {
                reporter.report(failure(at(1)));
            }
            reporter.report(failure(at(2)));
            clock.advance(Duration.ofMinutes(1));
            reporter.report(failure(at(1)));

            assertThat(JSON.readTree(collector.next().body()).get("alike").intValue())
                    .isZero();
            assertThat(JSON.readTree(collector.next().body())
                            .at("/exceptions/0/frames/0")
                            .textValue())
                    .endsWith(":2)");
            assertThat(JSON.readTree(collector.next().body()).get("alike").intValue())
                    .isEqualTo(4);
            assertThat(reporter.dropped()).isZero();
        }
    }

    @Test
    void no_more_are_sent_in_a_minute_than_may_be() throws Exception {
        ErrorReportConfig three = PATIENT.withBounds(10, 3);
        try (Collector collector = Collector.answering(200);
                HttpErrorReporter reporter = start(three.to(collector.url("/"), Format.JSON, Optional.empty()))) {
            for (int line = 1; line <= 5; line++) {
                reporter.report(failure(at(line)));
            }
            assertThat(reporter.dropped()).isEqualTo(2);
            clock.advance(Duration.ofMinutes(1));
            reporter.report(failure(at(6)));

            await().untilAsserted(() -> assertThat(reporter.sent()).isEqualTo(4));
        }
    }

    @Test
    void a_collector_that_refuses_or_sends_elsewhere_costs_a_report_and_no_more() throws Exception {
        try (Collector elsewhere = Collector.answering(200);
                Collector collector = Collector.answering(exchange -> {
                    exchange.getResponseHeaders()
                            .set("Location", elsewhere.url("/").toString());
                    exchange.sendResponseHeaders(
                            exchange.getRequestURI().getPath().equals("/moved") ? 302 : 500, -1);
                })) {
            for (String path : new String[] {"/moved", "/broken"}) {
                try (HttpErrorReporter reporter =
                        start(PATIENT.to(collector.url(path), Format.JSON, Optional.empty()))) {
                    reporter.report(failure(at(1)));
                    reporter.report(failure(at(2)));
                    await().untilAsserted(() -> assertThat(reporter.dropped()).isEqualTo(2));
                    assertThat(reporter.sent()).isZero();
                }
            }
            assertThat(elsewhere.waiting()).isZero();
        }
    }

    @Test
    void a_collector_that_is_not_there_costs_a_report_and_no_more() throws Exception {
        URI nobody;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + free.getLocalPort() + "/");
        }
        try (CapturedLog log = CapturedLog.of(HttpErrorReporter.class);
                HttpErrorReporter reporter = start(PATIENT.to(nobody, Format.JSON, Optional.empty()))) {
            reporter.report(failure(at(1)));
            reporter.report(failure(at(2)));
            await().untilAsserted(() -> assertThat(reporter.dropped()).isEqualTo(2));
            assertThat(log.lines())
                    .singleElement()
                    .satisfies(line -> assertThat(CapturedLog.pairs(line))
                            .containsExactly("why=the collector cannot be reached", "alike=0"));
        }
    }

    @Test
    void a_collector_that_hangs_or_never_ends_its_answer_is_left_after_a_while() throws Exception {
        try (Collector hanging = Collector.hanging();
                Collector dripping = Collector.dripping()) {
            for (Collector slow : new Collector[] {hanging, dripping}) {
                ErrorReportConfig brief = PATIENT.withTimes(SHORT, LONG);
                try (HttpErrorReporter reporter = start(brief.to(slow.url("/"), Format.JSON, Optional.empty()))) {
                    reporter.report(failure(at(1)));
                    reporter.report(failure(at(2)));
                    await().untilAsserted(() -> assertThat(reporter.dropped()).isEqualTo(2));
                    slow.next();
                    slow.next();
                }
            }
        }
    }

    @Test
    void what_finds_no_room_is_dropped_and_closing_does_not_wait_for_long() throws Exception {
        ErrorReportConfig little = ErrorReportConfig.NONE.withBounds(2, 100).withTimes(LONG, SHORT);
        try (Collector collector = Collector.hanging()) {
            HttpErrorReporter reporter = start(little.to(collector.url("/"), Format.JSON, Optional.empty()));
            reporter.report(failure(at(1)));
            collector.next();
            for (int line = 2; line <= 6; line++) {
                reporter.report(failure(at(line)));
            }
            assertThat(reporter.dropped()).isEqualTo(3);

            reporter.close();
            reporter.close();

            reporter.report(failure(at(7)));
            assertThat(reporter.dropped()).isEqualTo(6);
            assertThat(reporter.sent()).isZero();
        }
    }

    @Test
    void what_waits_is_sent_when_it_is_closed() throws Exception {
        try (Collector collector = Collector.answering(200)) {
            HttpErrorReporter reporter = start(PATIENT.to(collector.url("/"), Format.JSON, Optional.empty()));
            for (int line = 1; line <= 5; line++) {
                reporter.report(failure(at(line)));
            }
            reporter.close();
            assertThat(reporter.sent()).isEqualTo(5);
        }
    }

    @Test
    void an_exception_that_cannot_be_described_is_no_trouble() throws Exception {
        try (Collector collector = Collector.answering(200);
                HttpErrorReporter reporter = start(PATIENT.to(collector.url("/"), Format.JSON, Optional.empty()))) {
            reporter.report(failure(new RuntimeException() {
                private static final long serialVersionUID = 1L;

                @Override
                public StackTraceElement[] getStackTrace() {
                    throw new IllegalStateException("no");
                }
            }));
            assertThat(reporter.dropped()).isEqualTo(1);
        }
    }

    @Test
    void a_configuration_that_cannot_be_is_refused() {
        URI url = URI.create("https://collector.example/in");
        assertThatThrownBy(() -> ErrorReportConfig.NONE.to(url, Format.SENTRY, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("https://key@host/project")
                .hasMessageNotContaining("collector.example");
        URI dsn = URI.create("https://key@collector.example/7");
        assertThatThrownBy(() -> ErrorReportConfig.NONE.to(dsn, Format.SENTRY, Optional.of("token")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ErrorReportConfig.NONE.withBounds(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> start(ErrorReportConfig.NONE)).isInstanceOf(IllegalArgumentException.class);
        assertThat(SentryDsn.parse(dsn).endpoint()).isEqualTo(URI.create("https://collector.example/api/7/envelope/"));
        assertThat(ErrorReportConfig.NONE.to(url, Format.JSON, Optional.of("token")))
                .asString()
                .doesNotContain("token", "collector");
    }

    private HttpErrorReporter start(ErrorReportConfig config) {
        return HttpErrorReporter.start(config, "1.2", clock);
    }

    private static UnexpectedFailure failure(Throwable cause) {
        return new UnexpectedFailure("GET /sessions", cause, Map.of("traceId", "t1", "code", "internal"), MIDNIGHT);
    }

    /** Something that went wrong in this line. */
    private static RuntimeException at(int line) {
        RuntimeException thrown = new IllegalStateException("line " + line);
        thrown.setStackTrace(new StackTraceElement[] {new StackTraceElement("a.Class", "method", "Class.java", line)});
        return thrown;
    }
}
