package dev.daveloper.application.testkit;

import static dev.daveloper.application.testkit.AgentAnswers.PATIENCE;
import static dev.daveloper.application.testkit.AgentAnswers.allOf;
import static dev.daveloper.application.testkit.AgentAnswers.asking;
import static dev.daveloper.application.testkit.AgentAnswers.nextOf;
import static dev.daveloper.application.testkit.AgentAnswers.textOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.daveloper.application.chat.out.Agent;
import dev.daveloper.application.chat.out.AgentStream;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.AgentStep;
import dev.daveloper.domain.chat.Json;
import dev.daveloper.domain.chat.Tool;
import dev.daveloper.domain.chat.ToolResult;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.domain.failures.NotFound;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What holds for every agent that has an answer to some question; {@link ScriptedAgentContract} asks for more. */
public abstract class AgentContract {
    private static final int MANY = 30;

    /** The agent under test; the test that extends this sees to its end. */
    protected abstract Agent agent();

    /** Something that the agent answers, within seconds, with text of two deltas or more. */
    protected String question() {
        return "How do I connect my own agent?";
    }

    /** A use of one of its tools that goes well, and arguments that do not fit it. */
    protected abstract ToolTrial toolTrial();

    /** @param unfitting well-formed JSON that the tool's parameters do not allow */
    public record ToolTrial(String name, Json fitting, Json unfitting) {}

    @Test
    void an_answer_comes_in_deltas_and_ends() throws InterruptedException {
        try (AgentStream stream = agent().answer(asking(question()))) {
            List<AgentEvent> events = allOf(stream);
            assertThat(events)
                    .filteredOn(AgentEvent.TextDelta.class::isInstance)
                    .hasSizeGreaterThan(1);
            assertThat(textOf(events)).isNotBlank();
        }
    }

    @Test
    void the_end_is_told_again_at_every_later_pull() throws InterruptedException {
        try (AgentStream stream = agent().answer(asking(question()))) {
            allOf(stream);
            assertThat(stream.next(PATIENCE)).isEqualTo(AgentStep.Ended.ENDED);
            assertThat(stream.next(Duration.ZERO)).isEqualTo(AgentStep.Ended.ENDED);
        }
    }

    @Test
    void no_patience_is_enough_to_get_the_whole_answer() throws InterruptedException {
        try (AgentStream stream = agent().answer(asking(question()))) {
            long start = System.nanoTime();
            int events = 0;
            AgentStep step = stream.next(Duration.ZERO);
            while (step != AgentStep.Ended.ENDED && System.nanoTime() - start < PATIENCE.toNanos()) {
                events += step instanceof AgentEvent ? 1 : 0;
                Thread.onSpinWait();
                step = stream.next(Duration.ZERO);
            }
            assertThat(step).isEqualTo(AgentStep.Ended.ENDED);
            assertThat(events).isGreaterThan(1);
        }
    }

    @Test
    void a_closed_stream_gives_nothing_more() throws InterruptedException {
        AgentStream stream = agent().answer(asking(question()));
        assertThat(nextOf(stream)).isInstanceOf(AgentEvent.class);
        stream.close();
        assertThat(stream.next(PATIENCE)).isEqualTo(AgentStep.Ended.ENDED);
        assertThat(stream.next(Duration.ZERO)).isEqualTo(AgentStep.Ended.ENDED);
    }

    @Test
    void a_stream_may_be_closed_before_it_is_pulled_and_again() throws InterruptedException {
        AgentStream stream = agent().answer(asking(question()));
        stream.close();
        stream.close();
        assertThat(stream.next(PATIENCE)).isEqualTo(AgentStep.Ended.ENDED);
    }

    @Test
    void a_stream_may_be_closed_after_its_end() throws InterruptedException {
        AgentStream stream = agent().answer(asking(question()));
        allOf(stream);
        stream.close();
        stream.close();
        assertThat(stream.next(PATIENCE)).isEqualTo(AgentStep.Ended.ENDED);
    }

    @Test
    void a_tool_that_finishes_has_started_once() throws InterruptedException {
        try (AgentStream stream = agent().answer(asking(question()))) {
            Set<String> running = new HashSet<>();
            for (AgentEvent event : allOf(stream)) {
                if (event instanceof AgentEvent.ToolStarted started) {
                    assertThat(running.add(started.callId())).isTrue();
                } else if (event instanceof AgentEvent.ToolFinished finished) {
                    assertThat(running.remove(finished.callId())).isTrue();
                }
            }
        }
    }

    @Test
    void many_answers_are_made_at_once() throws Exception {
        List<Future<String>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < MANY; i++) {
                answers.add(threads.submit(() -> {
                    try (AgentStream stream = agent().answer(asking(question()))) {
                        return textOf(allOf(stream));
                    }
                }));
            }
            for (Future<String> answer : answers) {
                assertThat(answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isNotBlank();
            }
        }
    }

    @Test
    void tools_have_names_of_their_own_and_parameters() {
        List<Tool> tools = agent().tools();
        assertThat(tools)
                .extracting(Tool::name)
                .doesNotHaveDuplicates()
                .contains(toolTrial().name());
        assertThat(tools).allSatisfy(tool -> {
            assertThat(tool.name()).isNotBlank();
            assertThat(tool.description()).isNotBlank();
            assertThat(tool.parameters().text()).startsWith("{").endsWith("}");
        });
    }

    @Test
    void a_tool_can_be_tried() {
        ToolResult result = agent().testTool(toolTrial().name(), toolTrial().fitting());
        assertThat(result.ok()).isTrue();
        assertThat(result.output()).isNotBlank();
    }

    @Test
    void a_tool_that_is_not_there_is_not_found() {
        assertThatThrownBy(() -> agent().testTool("no_such_tool", Json.EMPTY_OBJECT))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void arguments_that_do_not_fit_are_refused() {
        assertThatThrownBy(
                        () -> agent().testTool(toolTrial().name(), toolTrial().unfitting()))
                .isInstanceOf(InvalidRequest.class);
    }

    /** Pulls until the failure comes, which must be the only one and the last thing. */
    protected static <F extends RuntimeException> F failureOf(AgentStream stream, Class<F> kind)
            throws InterruptedException {
        try {
            List<AgentEvent> events = allOf(stream);
            return fail("no failure came, but the end after " + events);
        } catch (RuntimeException e) {
            assertThat(e).isInstanceOf(kind);
            assertThat(stream.next(Duration.ZERO)).isEqualTo(AgentStep.Ended.ENDED);
            return kind.cast(e);
        }
    }
}
