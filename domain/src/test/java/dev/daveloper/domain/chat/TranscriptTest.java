package dev.daveloper.domain.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daveloper.domain.Ids;
import dev.daveloper.domain.failures.Failure;
import dev.daveloper.domain.failures.FailureCode;
import dev.daveloper.domain.failures.InvalidValue;
import dev.daveloper.domain.sessions.SessionId;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class TranscriptTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Ids IDS = new Ids(() -> NOW, new SecureRandom());
    private static final Run RUN =
            new Run(RunId.next(IDS), SessionId.next(IDS), MessageId.next(IDS), MessageId.next(IDS), NOW, false);
    private static final Citation CITATION = new Citation(
            1,
            new Citation.DocumentSource("doc"),
            "title",
            "quote",
            Optional.of(new Citation.Position(3, 8, OptionalInt.of(2))));

    private final Transcript transcript = new Transcript(RUN, 1_000);

    @Test
    void the_message_is_what_the_events_said() {
        List<AgentEvent> events = List.of(
                new AgentEvent.TextDelta("Hel"),
                new AgentEvent.ReasoningDelta("not part of the answer"),
                new AgentEvent.TextDelta("lo"),
                new AgentEvent.ToolStarted("1", "clock", Json.EMPTY_OBJECT),
                new AgentEvent.ToolStarted("2", "dice", Json.EMPTY_OBJECT),
                new AgentEvent.ToolFinished("1", new ToolResult(true, "12:00")),
                new AgentEvent.ToolFinished("unknown", new ToolResult(true, "lost")),
                new AgentEvent.CitationAdded(CITATION),
                new AgentEvent.UsageReported(new Usage(1, 2)),
                new AgentEvent.UsageReported(new Usage(3, 4)));
        events.forEach(event -> assertThat(transcript.add(event)).isTrue());
        AssistantMessage message = transcript.finish(RunOutcome.COMPLETED, Optional.empty(), NOW);
        assertThat(message.text()).isEqualTo("Hello");
        assertThat(message.id()).isEqualTo(RUN.messageId());
        assertThat(message.citations()).containsExactly(CITATION);
        assertThat(message.toolCalls())
                .containsExactly(
                        new ToolCall("1", "clock", Json.EMPTY_OBJECT, Optional.of(new ToolResult(true, "12:00"))),
                        new ToolCall("2", "dice", Json.EMPTY_OBJECT, Optional.empty()));
        assertThat(message.usage()).contains(new Usage(3, 4));
    }

    @Test
    void events_beyond_the_bound_are_not_taken_up() {
        Transcript small = new Transcript(RUN, 40);
        assertThat(small.add(new AgentEvent.TextDelta("0123456789"))).isTrue();
        assertThat(small.add(new AgentEvent.TextDelta("0123456789"))).isFalse();
        Failure failure = new Failure(FailureCode.ANSWER_TOO_LONG, "too long");
        AssistantMessage message = small.finish(RunOutcome.LIMITED, Optional.of(failure), NOW);
        assertThat(message.text()).isEqualTo("0123456789");
        assertThat(message.error()).contains(failure);
    }

    @Test
    void even_empty_events_weigh_something() {
        long taken = 0;
        while (transcript.add(new AgentEvent.UsageReported(new Usage(0, taken)))) {
            taken++;
        }
        assertThat(taken).isBetween(1L, 1_000L);
    }

    @Test
    void values_that_make_no_sense_are_refused() {
        assertThatThrownBy(() -> new Usage(-1, 0)).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> new Citation.Position(5, 4, OptionalInt.empty()))
                .isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> new Citation(0, CITATION.source(), "", "", Optional.empty()))
                .isInstanceOf(InvalidValue.class);
    }

    @Test
    void outcomes_are_read_as_they_are_written() {
        for (RunOutcome outcome : RunOutcome.values()) {
            assertThat(RunOutcome.of(outcome.wireName())).isEqualTo(outcome);
        }
        assertThatThrownBy(() -> RunOutcome.of("unheard-of")).isInstanceOf(IllegalArgumentException.class);
    }
}
