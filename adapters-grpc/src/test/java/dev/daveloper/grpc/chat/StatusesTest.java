package dev.daveloper.grpc.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.domain.failures.AgentFailed;
import dev.daveloper.domain.failures.AgentTimeout;
import dev.daveloper.domain.failures.AgentUnavailable;
import dev.daveloper.domain.failures.AtCapacity;
import dev.daveloper.domain.failures.GatewayException;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.domain.failures.NotFound;
import dev.daveloper.grpc.StatusDetails;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The table of statuses, read in both directions. */
class StatusesTest {
    @Test
    void each_failure_has_its_status() {
        Map<GatewayException, Status.Code> table = Map.of(
                new InvalidRequest("#/a", "no"),
                Status.Code.INVALID_ARGUMENT,
                new NotFound("tool"),
                Status.Code.NOT_FOUND,
                new AgentUnavailable(Duration.ofSeconds(1)),
                Status.Code.UNAVAILABLE,
                AtCapacity.shuttingDown(),
                Status.Code.UNAVAILABLE,
                AtCapacity.runs(),
                Status.Code.RESOURCE_EXHAUSTED,
                new AgentTimeout(),
                Status.Code.DEADLINE_EXCEEDED,
                new AgentFailed(new IOException("secret")),
                Status.Code.INTERNAL);
        table.forEach((failure, code) -> {
            Status status = Statuses.of(failure).getStatus();
            assertThat(status.getCode()).isEqualTo(code);
            assertThat(status.getDescription()).isEqualTo(failure.detail()).doesNotContain("secret");
        });
    }

    @Test
    void the_time_to_come_again_is_held_between_a_second_and_a_minute() {
        assertThat(retryAfter(Duration.ofMillis(1))).isEqualTo(Duration.ofSeconds(1));
        assertThat(retryAfter(Duration.ofSeconds(42))).isEqualTo(Duration.ofSeconds(42));
        assertThat(retryAfter(Duration.ofDays(3))).isEqualTo(Duration.ofMinutes(1));
        assertThat(retryAfter(Duration.ofSeconds(-5))).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void details_that_are_junk_are_details_not_given() {
        Metadata junk = new Metadata();
        junk.put(Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER), new byte[] {-1, -1, -1});
        assertThat(Statuses.failure(Status.UNAVAILABLE, junk, false).retryAfter())
                .contains(Duration.ofSeconds(1));
        assertThat(Statuses.failure(Status.UNAVAILABLE, null, false).retryAfter())
                .contains(Duration.ofSeconds(1));
    }

    @Test
    void what_an_agent_says_stays_on_one_line_of_the_log() {
        Status status = Status.INTERNAL
                .withDescription("a\r\nforged\u2028line" + "x".repeat(1_000))
                .withCause(new IOException("outer", new IOException("inner")));
        assertThat(StatusDetails.describe(status))
                .startsWith("INTERNAL: a  forged line")
                .hasSize(300);
        assertThat(StatusDetails.describe(status.withDescription("a")))
                .isEqualTo("INTERNAL: a (java.io.IOException: inner)");
        assertThat(StatusDetails.describe(Status.CANCELLED)).isEqualTo("CANCELLED");
    }

    private static Duration retryAfter(Duration told) {
        StatusRuntimeException refusal = Statuses.of(new AgentUnavailable(told));
        return Statuses.failure(refusal.getStatus(), refusal.getTrailers(), false)
                .retryAfter()
                .orElseThrow();
    }
}
