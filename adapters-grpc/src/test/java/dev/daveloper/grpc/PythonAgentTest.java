package dev.daveloper.grpc;

import static dev.daveloper.application.testkit.AgentAnswers.PATIENCE;
import static dev.daveloper.application.testkit.AgentAnswers.allOf;
import static dev.daveloper.application.testkit.AgentAnswers.asking;
import static dev.daveloper.application.testkit.AgentAnswers.nextOf;
import static dev.daveloper.application.testkit.AgentAnswers.textOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.chat.out.Agent;
import dev.daveloper.application.chat.out.AgentStream;
import dev.daveloper.application.testkit.AgentContract;
import dev.daveloper.application.testkit.RecordingTracer;
import dev.daveloper.application.tracing.out.Span;
import dev.daveloper.application.tracing.out.Tracer;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.AgentStep;
import dev.daveloper.domain.chat.Json;
import dev.daveloper.domain.failures.AgentFailed;
import dev.daveloper.domain.health.Status;
import dev.daveloper.grpc.chat.GrpcAgent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The example in Python keeps the contract too. Needs a Python with gRPC, so only CI's run of the peers has it. */
@Tag("peer")
class PythonAgentTest extends AgentContract {
    private static PythonExample python;
    private static GrpcAgent agent;

    @BeforeAll
    static void start() throws Exception {
        python = PythonExample.start("--pause", "0");
        agent = GrpcAgents.connect(GrpcAgentConfig.of(python.target()));
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (agent != null) {
            agent.close();
        }
        python.stop();
    }

    @Override
    protected Agent agent() {
        return agent;
    }

    @Override
    protected ToolTrial toolTrial() {
        return new ToolTrial("dice", new Json("{\"count\":2}"), new Json("{\"count\":\"two\"}"));
    }

    @Test
    void it_counts_without_losing_a_number() throws InterruptedException {
        List<AgentEvent> events = allOf(agent.answer(asking("count 200")));
        StringBuilder whole = new StringBuilder();
        for (int i = 1; i <= 200; i++) {
            whole.append(i).append(' ');
        }
        assertThat(textOf(events)).isEqualTo(whole.toString());
        assertThat(events.getLast()).isInstanceOf(AgentEvent.UsageReported.class);
    }

    @Test
    void it_cites_and_echoes_exactly() throws InterruptedException {
        List<AgentEvent> events = allOf(agent.answer(asking("héllo  wörld 👩‍👩‍👧‍👦 \n مرحبا")));
        assertThat(textOf(events)).endsWith("you said: héllo  wörld 👩‍👩‍👧‍👦 \n مرحبا");
        assertThat(events).hasAtLeastOneElementOfType(AgentEvent.CitationAdded.class);
    }

    @Test
    void it_uses_tools() throws InterruptedException {
        assertThat(allOf(agent.answer(asking("dice"))))
                .hasAtLeastOneElementOfType(AgentEvent.ToolStarted.class)
                .hasAtLeastOneElementOfType(AgentEvent.ToolFinished.class);
    }

    @Test
    void it_can_break_down_in_the_middle() throws InterruptedException {
        AgentStream stream = agent.answer(asking("fail"));
        assertThat(nextOf(stream)).isEqualTo(new AgentEvent.TextDelta("This "));
        failureOf(stream, AgentFailed.class);
    }

    @Test
    void it_can_fall_silent_and_be_stopped() throws InterruptedException {
        AgentStream stream = agent.answer(asking("hang"));
        assertThat(nextOf(stream)).isEqualTo(new AgentEvent.TextDelta("Wait "));
        assertThat(stream.next(Duration.ofMillis(100))).isEqualTo(AgentStep.Quiet.QUIET);
        stream.close();
        assertThat(stream.next(PATIENCE)).isEqualTo(AgentStep.Ended.ENDED);
    }

    @Test
    void it_sees_of_which_trace_a_call_is_a_part() throws InterruptedException {
        RecordingTracer tracer = new RecordingTracer();
        try (GrpcAgent traced = GrpcAgents.connect(GrpcAgentConfig.of(python.target()), Map::of, tracer)) {
            Tracer.Scope scope = tracer.enter(tracer.begin(Tracer.Kind.INTERNAL, "run", Optional.empty()));
            String seen = textOf(allOf(traced.answer(asking("trace"))));
            scope.close();
            Span call = await().until(() -> tracer.ended("daveloper.agent.v1.AgentService/Chat"), Optional::isPresent)
                    .orElseThrow();
            assertThat(seen).isEqualTo(call.context().traceparent());
        }
        assertThat(textOf(allOf(agent.answer(asking("trace"))))).isEqualTo("none");
    }

    @Test
    void it_says_how_it_is() throws InterruptedException {
        await().until(() -> agent.check().status() == Status.PASS);
        assertThatThrownBy(() -> agent.testTool("dice", new Json("[1]"))).isNotNull();
    }
}
