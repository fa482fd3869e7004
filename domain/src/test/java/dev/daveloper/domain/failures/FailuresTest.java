package dev.daveloper.domain.failures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class FailuresTest {
    private final Throwable cause = new IllegalStateException("secret.host:1234");

    @Test
    void every_failure_tells_the_caller_something_and_never_of_its_cause() {
        Stream.of(
                        new InvalidValue("limit", "x".repeat(200), "a number"),
                        new InvalidRequest("#/message", "The message must not be empty."),
                        new SessionRequired(),
                        new AdminRequired(),
                        new NotFound("run"),
                        new RunInProgress("run_1"),
                        new IdempotencyKeyReused(),
                        new CursorGone(),
                        AtCapacity.runs(),
                        AtCapacity.sessions(),
                        AtCapacity.viewers(),
                        AtCapacity.shuttingDown(),
                        new AgentUnavailable(Duration.ofSeconds(1)),
                        new AgentUnavailable(Duration.ofSeconds(1), cause),
                        new AgentTimeout(),
                        new AgentFailed(),
                        new AgentFailed(cause),
                        new StoreUnavailable(cause))
                .forEach(failure -> {
                    assertThat(failure.detail())
                            .isNotBlank()
                            .hasSizeLessThan(200)
                            .doesNotContain("secret");
                    assertThat(failure.toFailure()).isEqualTo(new Failure(failure.code(), failure.detail()));
                    assertThat(failure.getStackTrace())
                            .as("refusals carry no stack trace")
                            .isEmpty();
                    assertThat(failure.code().title()).isNotBlank();
                });
    }

    @Test
    void failures_that_pass_say_when_to_come_back() {
        assertThat(AtCapacity.runs().retryAfter()).isPresent();
        assertThat(AtCapacity.sessions().retryAfter()).contains(Duration.ofMinutes(1));
        assertThat(new StoreUnavailable(cause).retryAfter()).isPresent();
        assertThat(new AgentUnavailable(Duration.ofSeconds(3)).retryAfter()).contains(Duration.ofSeconds(3));
        assertThat(new NotFound("run").retryAfter()).isEmpty();
        assertThat(new RunInProgress("run_1").runId()).isEqualTo("run_1");
    }

    @Test
    void codes_are_read_as_they_are_written_and_unknown_ones_are_internal() {
        for (FailureCode code : FailureCode.values()) {
            assertThat(FailureCode.of(code.wireName())).isEqualTo(code);
            assertThat(code.wireName()).matches("[a-z_]+");
        }
        assertThat(FailureCode.of("from_the_future")).isEqualTo(FailureCode.INTERNAL);
    }

    @Test
    void broken_rules_are_told_all_at_once() {
        InvalidRequest two = new InvalidRequest(List.of(
                new InvalidRequest.Violation("#/a", "A is wrong."), new InvalidRequest.Violation("#/b", "B too.")));
        assertThat(two.detail()).isEqualTo("The request breaks 2 rules.");
        assertThat(two.violations()).hasSize(2);
        assertThat(new InvalidRequest("#/a", "A is wrong.").detail()).isEqualTo("A is wrong.");
        InvalidValue value = new InvalidValue("limit", "many", "a number");
        assertThat(value.detail()).isEqualTo("limit must be a number, not 'many'.");
        assertThat(value.name() + value.expected()).isEqualTo("limita number");
    }

    @Test
    void a_value_is_shortened_between_characters() {
        String emoji = "\ud83d\ude00";

        assertThat(new InvalidValue("cursor", "x".repeat(59) + emoji, "a cursor").detail())
                .endsWith("'" + "x".repeat(59) + "…'.");
        assertThat(new InvalidValue("cursor", "x".repeat(58) + emoji + emoji, "a cursor").detail())
                .endsWith("x" + emoji + "…'.");
    }
}
