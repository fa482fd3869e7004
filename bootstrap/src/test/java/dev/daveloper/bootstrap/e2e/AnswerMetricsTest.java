package dev.daveloper.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import dev.daveloper.domain.chat.AgentEvent.ToolFinished;
import dev.daveloper.domain.chat.AgentEvent.ToolStarted;
import dev.daveloper.domain.chat.Json;
import dev.daveloper.domain.chat.ToolResult;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a gateway with an agent of its own process tells of the steps of answers. */
class AnswerMetricsTest {
    private static final String OVERHEAD = "daveloper_overhead_seconds_count";
    private static final String FIRST_WORDS = "daveloper_chat_first_delta_seconds_count";
    private static final String TOOLS = "daveloper_tool_calls_total";

    /** Started, two words, two tools with their ends, finished. */
    private static final int EVENTS = 8;

    @TempDir
    private Path directory;

    private static ServedAgent agent() throws Exception {
        Script script = Script.say("a ", "b ")
                .then(new ToolStarted("1", "dice", Json.EMPTY_OBJECT))
                .then(new ToolFinished("1", new ToolResult(true, "6")))
                .then(new ToolStarted("2", "dice", Json.EMPTY_OBJECT))
                .then(new ToolFinished("2", new ToolResult(false, "")));
        return ServedAgent.of(ScriptedAgent.following(asked -> script), 0);
    }

    private static double value(Scrape scrape, String name, String... labels) {
        Map<String, String> wanted = labels.length == 0 ? Map.of() : Map.of(labels[0], labels[1]);
        return scrape.value(name, wanted).orElse(Double.NaN);
    }

    @Test
    void each_step_of_an_answer_is_measured_once() throws Exception {
        try (ServedAgent agent = agent();
                RunningProgram program = RunningProgram.gateway(directory, agent.target())) {
            Visitor visitor = Visitor.at(program.base());
            assertNothingYet(Scrape.of(program));

            assertThat(visitor.ask("Roll twice.").statusCode()).isEqualTo(200);
            await().atMost(RunningProgram.PATIENCE)
                    .until(() -> value(Scrape.of(program), "daveloper_log_append_events_total") == EVENTS);
            Scrape scrape = Scrape.of(program);
            assertThat(value(scrape, OVERHEAD, "phase", "start")).isOne();
            assertThat(value(scrape, OVERHEAD, "phase", "finish")).isOne();
            assertThat(value(scrape, OVERHEAD, "phase", "delta"))
                    .as("nobody watched")
                    .isZero();
            assertThat(value(scrape, FIRST_WORDS)).isOne();
            assertThat(value(scrape, TOOLS, "result", "completed")).isOne();
            assertThat(value(scrape, TOOLS, "result", "failed")).isOne();
            assertThat(value(scrape, "daveloper_log_append_seconds_count")).isBetween(1.0, (double) EVENTS);
            assertWatching(program, visitor);
        }
    }

    private static void assertNothingYet(Scrape scrape) {
        for (String phase : new String[] {"start", "delta", "finish"}) {
            assertThat(value(scrape, OVERHEAD, "phase", phase)).as(phase).isZero();
        }
        for (String result : new String[] {"completed", "failed"}) {
            assertThat(value(scrape, TOOLS, "result", result)).as(result).isZero();
        }
        assertThat(value(scrape, FIRST_WORDS)).isZero();
        assertThat(value(scrape, "daveloper_log_append_seconds_count")).isZero();
        assertThat(value(scrape, "daveloper_log_append_events_total")).isZero();
        assertThat(value(scrape, "daveloper_runs_resumed_total")).isZero();
    }

    /** Whether a viewer is waiting when the words come is up to the machine, so it is asked until one was. */
    private static void assertWatching(RunningProgram program, Visitor visitor) throws Exception {
        await().atMost(RunningProgram.PATIENCE).until(() -> {
            visitor.watch("Again.").awaitEnd().close();
            return value(Scrape.of(program), OVERHEAD, "phase", "delta") >= 1;
        });
        assertThat(value(Scrape.of(program), "daveloper_runs_resumed_total")).isZero();
        EventStream watched = visitor.watch("And again.").awaitEnd();
        Event begun = watched.events().getFirst();
        watched.close();
        visitor.resume(begun.runId(), begun.cursor()).awaitEnd().close();
        assertThat(value(Scrape.of(program), "daveloper_runs_resumed_total")).isOne();
    }

    @Test
    void who_wants_nothing_measured_has_answers_and_health_all_the_same() throws Exception {
        try (RunningProgram program = RunningProgram.gateway(directory, "--agent.pace=0s", "--metrics.enabled=false")) {
            Visitor visitor = Visitor.at(program.base());
            visitor.watch("How do I connect my own agent?").awaitEnd().close();
            HttpResponse<String> metrics = Scrape.get(Scrape.management(program).resolve("/metrics"));
            assertThat(metrics.statusCode()).isEqualTo(404);
            assertThat(metrics.body()).contains("metrics.enabled");
            assertThat(Scrape.get(Scrape.management(program).resolve("/health")).statusCode())
                    .isEqualTo(200);
            program.terminate();
            assertThat(program.awaitExit()).isZero();
            assertThat(program.log()).doesNotContain("\tat ");
        }
    }
}
