package dev.daveloper.application.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.chat.in.ChatRequest;
import dev.daveloper.application.chat.out.Agent;
import dev.daveloper.application.chat.out.AgentRequest;
import dev.daveloper.application.testkit.CoreFixture;
import dev.daveloper.application.testkit.RecordingTracer;
import dev.daveloper.application.testkit.RecordingTracer.Recorded;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import dev.daveloper.application.tracing.out.Span;
import dev.daveloper.application.tracing.out.Tracer;
import dev.daveloper.domain.chat.AgentEvent.ToolFinished;
import dev.daveloper.domain.chat.AgentEvent.ToolStarted;
import dev.daveloper.domain.chat.AgentEvent.UsageReported;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.Json;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.chat.ToolResult;
import dev.daveloper.domain.chat.Usage;
import dev.daveloper.domain.failures.AgentTimeout;
import dev.daveloper.domain.tracing.TraceContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class TracedRunsTest {
    private static final TraceContext OUTSIDE =
            new TraceContext("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true, "");

    private final RecordingTracer tracer = new RecordingTracer();

    @Test
    void a_run_is_a_part_of_the_request_that_began_it_and_outlives_it() throws InterruptedException {
        CountDownLatch gate = new CountDownLatch(1);
        ScriptedAgent agent = ScriptedAgent.following(
                asked -> Script.say("a ").thenWaitFor(gate).thenSay("secret"));
        try (CoreFixture core = CoreFixture.with(agent, ChatSettings.DEFAULT, tracer)) {
            Span request = tracer.begin(Tracer.Kind.SERVER, "POST", Optional.of(OUTSIDE));
            Run run = askWithin(request, core, "a question");
            request.end();
            gate.countDown();
            core.answerOf(run);
            Recorded span = ended("invoke_agent");
            assertThat(span.context().traceId()).isEqualTo(OUTSIDE.traceId());
            assertThat(span.parent()).contains(request.context().spanId());
            assertThat(span.events()).containsExactly("first_delta");
            assertThat(span.failure()).isEmpty();
            assertThat(span.attributes())
                    .containsOnly(
                            Map.entry("gen_ai.operation.name", "invoke_agent"),
                            Map.entry("gen_ai.conversation.id", run.sessionId().value()),
                            Map.entry("daveloper.run.id", run.id().value()),
                            Map.entry("daveloper.run.outcome", "completed"));
        }
    }

    @Test
    void tools_are_parts_of_it_and_usage_is_told_where_the_agent_reports_it() throws InterruptedException {
        Script script = Script.say()
                .then(new ToolStarted("1", "dice", new Json("{\"secret\":1}")))
                .then(new ToolFinished("1", new ToolResult(false, "secret")))
                .then(new ToolStarted("2", "clock", Json.EMPTY_OBJECT))
                .then(new UsageReported(new Usage(7, 9)));
        try (CoreFixture core =
                CoreFixture.with(ScriptedAgent.following(asked -> script), ChatSettings.DEFAULT, tracer)) {
            core.answerOf(core.ask(core.openSession(), "?"));
            Recorded run = ended("invoke_agent");
            assertThat(run.attributes())
                    .containsEntry("gen_ai.usage.input_tokens", 7L)
                    .containsEntry("gen_ai.usage.output_tokens", 9L);
            List<Recorded> tools = tracer.ended().stream()
                    .filter(span -> span.name().equals("execute_tool"))
                    .toList();
            assertThat(tools)
                    .hasSize(2)
                    .allSatisfy(tool ->
                            assertThat(tool.parent()).contains(run.context().spanId()));
            assertThat(tools.getFirst().failure()).contains("tool_failed");
            assertThat(tools.getFirst().attributes())
                    .containsOnly(
                            Map.entry("gen_ai.operation.name", "execute_tool"),
                            Map.entry("gen_ai.tool.name", "dice"),
                            Map.entry("gen_ai.tool.call.id", "1"));
            assertThat(tracer.open()).isZero();
        }
    }

    @Test
    void no_more_tools_are_told_of_than_fit() throws InterruptedException {
        Script script = Script.say();
        for (int i = 0; i < TracedStream.MAX_TOOLS + 10; i++) {
            script = script.then(new ToolStarted("call" + i, "dice", Json.EMPTY_OBJECT));
        }
        Script many = script;
        try (CoreFixture core =
                CoreFixture.with(ScriptedAgent.following(asked -> many), ChatSettings.DEFAULT, tracer)) {
            core.answerOf(core.ask(core.openSession(), "?"));
            await().untilAsserted(() -> assertThat(tracer.ended()).hasSize(TracedStream.MAX_TOOLS + 1));
        }
    }

    @Test
    void a_run_that_fails_tells_by_what() throws InterruptedException {
        ScriptedAgent agent = ScriptedAgent.following(asked -> Script.say("a").thenFail(new AgentTimeout()));
        try (CoreFixture core = CoreFixture.with(agent, ChatSettings.DEFAULT, tracer)) {
            core.answerOf(core.ask(core.openSession(), "?"));
            Recorded span = ended("invoke_agent");
            assertThat(span.failure()).contains("agent_timeout");
            assertThat(span.attributes()).containsEntry("daveloper.run.outcome", "failed");
        }
    }

    @Test
    void a_run_that_is_cancelled_is_no_failure_and_leaves_no_tool_open() throws InterruptedException {
        ScriptedAgent agent = ScriptedAgent.following(asked -> Script.say("a")
                .then(new ToolStarted("1", "dice", Json.EMPTY_OBJECT))
                .thenWaitFor(new CountDownLatch(1)));
        try (CoreFixture core = CoreFixture.with(agent, ChatSettings.DEFAULT, tracer)) {
            Run run = core.ask(core.openSession(), "?");
            await().until(() -> tracer.open() == 2);
            core.chat().cancel(run.sessionId(), run.id());
            AssistantMessage answer = core.answerOf(run);
            Recorded span = ended("invoke_agent");
            assertThat(span.attributes())
                    .containsEntry("daveloper.run.outcome", answer.outcome().wireName());
            assertThat(span.failure()).isEmpty();
            assertThat(tracer.open()).isZero();
        }
    }

    @Test
    void the_agent_is_asked_by_a_thread_that_works_for_the_run_also_when_answers_are_remembered()
            throws InterruptedException {
        List<Optional<Span>> asking = new CopyOnWriteArrayList<>();
        ScriptedAgent agent = ScriptedAgent.following(asked -> {
            asking.add(tracer.current());
            return Script.say("a");
        });
        ChatSettings remembering = ChatSettings.DEFAULT.with(
                new ChatSettings.Remembering(ChatSettings.Remembering.Reach.SESSION, Duration.ofHours(1), ""));
        for (ChatSettings settings : List.of(ChatSettings.DEFAULT, remembering)) {
            try (CoreFixture core = CoreFixture.with(agent, settings, tracer)) {
                core.answerOf(core.ask(core.openSession(), "?"));
            }
        }
        assertThat(asking)
                .hasSize(2)
                .allSatisfy(span -> assertThat(tracer.ended())
                        .filteredOn(ended -> ended.name().equals("invoke_agent"))
                        .anySatisfy(run -> assertThat(span).contains(run)));
    }

    @Test
    void a_trace_that_nobody_records_is_passed_on_as_it_came() throws InterruptedException {
        List<Optional<TraceContext>> sent = new CopyOnWriteArrayList<>();
        Agent agent = ScriptedAgent.following((AgentRequest asked) -> {
            sent.add(Tracer.PASSING.current().flatMap(Span::sent));
            return Script.say("a");
        });
        try (CoreFixture core = CoreFixture.with(agent)) {
            Span outside = Tracer.PASSING.begin(Tracer.Kind.SERVER, "POST", Optional.of(OUTSIDE));
            core.answerOf(askWithin(outside, core, "?"));
            Span own = Tracer.PASSING.begin(Tracer.Kind.SERVER, "POST", Optional.empty());
            core.answerOf(askWithin(own, core, "?"));
        }
        assertThat(sent).containsExactly(Optional.of(OUTSIDE), Optional.empty());
    }

    private Run askWithin(Span span, CoreFixture core, String message) throws InterruptedException {
        Tracer.Scope scope = tracer.enter(span);
        try {
            return core.chat()
                    .start(core.openSession(), ChatRequest.of(message))
                    .run();
        } finally {
            scope.close();
        }
    }

    private Recorded ended(String name) {
        return await().until(() -> tracer.ended(name), Optional::isPresent).orElseThrow();
    }
}
