package dev.daveloper.http.failures;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.daveloper.application.testkit.ManualClock;
import dev.daveloper.domain.events.UnexpectedFailure;
import dev.daveloper.domain.failures.AgentFailed;
import dev.daveloper.domain.failures.NotFound;
import dev.daveloper.domain.failures.StoreUnavailable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class ProblemsTest {
    private static final Instant MIDNIGHT = Instant.parse("2026-01-01T00:00:00Z");
    private static final Occasion ASKED =
            new Occasion("/v1/agent/runs/run_1", "4bf92f35", "GET", "/v1/agent/runs/{runId}");

    private final ManualClock clock = new ManualClock();
    private final List<UnexpectedFailure> reported = new ArrayList<>();
    private final Problems problems = new Problems(clock, reported::add);

    @Test
    void an_ordinary_refusal_is_counted_and_not_written() {
        try (CapturedLog log = CapturedLog.ofFailures()) {
            Problems.Told told = problems.tell(new NotFound("run"), ASKED);

            assertThat(told.problem().instance()).isEqualTo("/v1/agent/runs/run_1");
            assertThat(told.problem().traceId()).isEqualTo("4bf92f35");
            assertThat(log.lines()).isEmpty();
            assertThat(problems.counts().occurred()).isEqualTo(Map.of("not_found", 1L));
            assertThat(problems.counts().since()).isEqualTo(MIDNIGHT);
            assertThat(reported).isEmpty();
        }
    }

    @Test
    void trouble_above_is_written_once_a_minute_for_each_place() {
        try (CapturedLog log = CapturedLog.ofFailures()) {
            for (int i = 0; i < 3; i++) {
                problems.tell(new StoreUnavailable(new IOException("refused")), ASKED);
            }
            problems.tell(new AgentFailed().toFailure(), ASKED);
            clock.advance(Duration.ofMinutes(1));
            problems.tell(new StoreUnavailable(new IOException("refused")), ASKED);

            assertThat(log.lines()).extracting(ILoggingEvent::getLevel).containsOnly(Level.WARN);
            assertThat(log.lines()).hasSize(3);
            assertThat(CapturedLog.pairs(log.lines().get(0)))
                    .containsExactly(
                            "code=store_unavailable", "status=503", "method=GET", "route=/v1/agent/runs/{runId}");
            assertThat(CapturedLog.pairs(log.lines().get(1))).contains("code=agent_failed");
            assertThat(CapturedLog.pairs(log.lines().get(2))).contains("alike=2");
            assertThat(problems.counts().occurred()).containsEntry("store_unavailable", 4L);
            assertThat(problems.counts().occurrences())
                    .contains(new FailureCounts.Occurred(
                            "store_unavailable", 4, MIDNIGHT, MIDNIGHT.plusSeconds(60), "4bf92f35"));
            assertThat(reported).isEmpty();
        }
    }

    @Test
    void a_defect_is_written_with_its_ids_and_reported_each_time() {
        MDC.put("requestId", "req_1");
        MDC.put("traceId", "of the request");
        try (CapturedLog log = CapturedLog.ofFailures()) {
            for (int i = 0; i < 2; i++) {
                problems.tell(new IllegalStateException("a defect"), ASKED);
            }
            problems.note(new IllegalArgumentException("another"), Occasion.ofSocket("7f3a", "/ws/chat"));

            assertThat(log.lines()).hasSize(2);
            assertThat(log.lines().getFirst().getLevel()).isEqualTo(Level.ERROR);
            assertThat(log.lines().getFirst().getThrowableProxy().getMessage()).isEqualTo("a defect");
            assertThat(log.lines().getFirst().getMDCPropertyMap())
                    .isEqualTo(Map.of("requestId", "req_1", "traceId", "4bf92f35"));
            assertThat(MDC.get("traceId")).isEqualTo("of the request");
            assertThat(reported).hasSize(3);
            assertThat(reported.getFirst().where()).isEqualTo("GET /v1/agent/runs/{runId}");
            assertThat(reported.getFirst().at()).isEqualTo(MIDNIGHT);
            assertThat(reported.getFirst().context())
                    .containsEntry("code", "internal")
                    .containsEntry("traceId", "4bf92f35")
                    .containsEntry("requestId", "req_1");
            assertThat(reported.getLast().where()).isEqualTo("WS /ws/chat");
        } finally {
            MDC.clear();
        }
    }
}
