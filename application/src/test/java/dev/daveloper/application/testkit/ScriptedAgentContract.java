package dev.daveloper.application.testkit;

import static dev.daveloper.application.testkit.AgentAnswers.PATIENCE;
import static dev.daveloper.application.testkit.AgentAnswers.allOf;
import static dev.daveloper.application.testkit.AgentAnswers.asking;
import static dev.daveloper.application.testkit.AgentAnswers.nextOf;
import static dev.daveloper.application.testkit.AgentAnswers.textOf;
import static dev.daveloper.application.testkit.AgentAnswers.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daveloper.application.chat.out.Agent;
import dev.daveloper.application.chat.out.AgentRequest;
import dev.daveloper.application.chat.out.AgentStream;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.AgentStep;
import dev.daveloper.domain.chat.Citation;
import dev.daveloper.domain.chat.Json;
import dev.daveloper.domain.chat.ToolResult;
import dev.daveloper.domain.chat.Usage;
import dev.daveloper.domain.failures.AgentFailed;
import dev.daveloper.domain.failures.AgentTimeout;
import dev.daveloper.domain.failures.AgentUnavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What holds for every way to a {@link ScriptedAgent}, be it itself or a network with the agent behind it. */
public abstract class ScriptedAgentContract extends AgentContract {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final int MANY = 50;

    private final CountDownLatch never = new CountDownLatch(1);

    /** The way to this agent. */
    protected abstract Agent reach(ScriptedAgent scripted);

    @Override
    protected Agent agent() {
        return reach(ScriptedAgent.saying("Start it ", "and point ", "the gateway at it."));
    }

    @Override
    protected ToolTrial toolTrial() {
        return new ToolTrial("echo", new Json("{\"say\":\"hello\"}"), new Json("[1,2]"));
    }

    @Test
    void every_kind_of_event_arrives_as_it_was_said_and_in_order() throws InterruptedException {
        List<AgentEvent> said = List.of(
                new AgentEvent.ReasoningDelta("let me look"),
                new AgentEvent.ToolStarted("call-1", "search", new Json("{\"q\":\"agent\",\"n\":3}")),
                new AgentEvent.ToolStarted("call-2", "time", Json.EMPTY_OBJECT),
                new AgentEvent.ToolFinished("call-2", new ToolResult(false, "no clock")),
                new AgentEvent.ToolFinished("call-1", new ToolResult(true, "")),
                new AgentEvent.TextDelta("It works [1]"),
                new AgentEvent.TextDelta(" so [2] "),
                new AgentEvent.CitationAdded(new Citation(
                        1,
                        new Citation.DocumentSource("doc_1"),
                        "Guide",
                        "it works",
                        Optional.of(new Citation.Position(3, 11, OptionalInt.of(2))))),
                new AgentEvent.CitationAdded(new Citation(
                        2, new Citation.UrlSource("https://example.org/a?b=c#d"), "", "so", Optional.empty())),
                new AgentEvent.UsageReported(new Usage(5_000_000_000L, 0)));
        assertThat(played(said)).isEqualTo(said);
    }

    @Test
    void text_arrives_exactly() throws InterruptedException {
        List<String> texts = List.of(
                "👩‍👩‍👧‍👦🏳️‍🌈",
                "مرحبا بالعالم",
                "‏עברית‏",
                "e\u0301\u0327\u0302",
                " \t\r\n",
                "\u2028\u2029\ufeff\u0001",
                "{\"not\":\"json\"}",
                "x".repeat(200_000),
                "日本語 🀄︎");
        List<AgentEvent> said = new ArrayList<>();
        texts.forEach(text -> said.add(new AgentEvent.TextDelta(text)));
        assertThat(played(said)).isEqualTo(said);
    }

    @Test
    void a_long_answer_loses_and_doubles_nothing() throws InterruptedException {
        List<AgentEvent> said = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            said.add(new AgentEvent.TextDelta("<" + i + ">"));
        }
        assertThat(played(said)).isEqualTo(said);
    }

    @Test
    void the_agent_hears_what_it_is_asked() throws InterruptedException {
        ScriptedAgent scripted = ScriptedAgent.saying("yes");
        AgentRequest plain = asking("Wait... what? <b>שלום</b> 🙂");
        AgentRequest request =
                new AgentRequest(plain.run(), plain.message(), List.of(), false, OptionalInt.of(77), plain.budget());
        allOf(reach(scripted).answer(request));
        AgentRequest heard = scripted.requests().getFirst();
        assertThat(heard.budget()).isPositive().isLessThanOrEqualTo(request.budget());
        assertThat(within(request.budget(), heard)).isEqualTo(request);
    }

    @Test
    void a_failure_comes_after_all_that_came_before_it_and_is_final() throws InterruptedException {
        Script script = Script.say("as ", "far ", "as it went").thenFail(new AgentFailed());
        AgentStream stream = reach(ScriptedAgent.following(request -> script)).answer(asking("?"));
        assertThat(List.of(nextOf(stream), nextOf(stream), nextOf(stream)))
                .isEqualTo(List.of(
                        new AgentEvent.TextDelta("as "),
                        new AgentEvent.TextDelta("far "),
                        new AgentEvent.TextDelta("as it went")));
        failureOf(stream, AgentFailed.class);
    }

    @Test
    void an_agent_that_fails_at_once_fails_the_answer() throws InterruptedException {
        failureOf(playing(new Script(List.of()).thenFail(new AgentFailed())), AgentFailed.class);
    }

    @Test
    void an_agent_that_takes_no_work_says_when_to_come_again() throws InterruptedException {
        Duration soon = Duration.ofSeconds(3);
        AgentUnavailable refusal =
                failureOf(playing(new Script(List.of()).thenFail(new AgentUnavailable(soon))), AgentUnavailable.class);
        assertThat(refusal.retryAfter()).contains(soon);
    }

    @Test
    void a_silent_agent_is_quiet_and_not_ended() throws InterruptedException {
        try (AgentStream stream = playing(Script.say("well").thenWaitFor(never))) {
            assertThat(nextOf(stream)).isInstanceOf(AgentEvent.class);
            assertThat(stream.next(SHORT)).isEqualTo(AgentStep.Quiet.QUIET);
            assertThat(stream.next(Duration.ZERO)).isEqualTo(AgentStep.Quiet.QUIET);
        }
    }

    @Test
    void a_used_up_budget_is_a_timeout() throws InterruptedException {
        Script script = Script.say("well").thenWaitFor(never);
        Agent agent = reach(ScriptedAgent.following(request -> script));
        // Long enough for the first words, even on a connection that is only being made.
        AgentStream stream = agent.answer(within(Duration.ofSeconds(2), asking("?")));
        assertThat(nextOf(stream)).isEqualTo(new AgentEvent.TextDelta("well"));
        failureOf(stream, AgentTimeout.class);
    }

    @Test
    void closing_unblocks_a_waiting_pull_and_reaches_the_agent() throws Exception {
        ScriptedAgent scripted = ScriptedAgent.following(
                request -> Script.say("well").thenWaitFor(never).thenSay("too late"));
        AgentStream stream = reach(scripted).answer(asking("?"));
        assertThat(nextOf(stream)).isInstanceOf(AgentEvent.class);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<AgentStep> waiting = threads.submit(() -> stream.next(PATIENCE));
            stream.close();
            assertThat(waiting.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(AgentStep.Ended.ENDED);
        }
        assertThat(scripted.streams().getFirst().awaitClosed(PATIENCE)).isTrue();
        assertThat(stream.next(Duration.ZERO)).isEqualTo(AgentStep.Ended.ENDED);
    }

    @Test
    void an_interrupted_pull_says_so_and_the_stream_goes_on() throws InterruptedException {
        CountDownLatch gate = new CountDownLatch(1);
        AgentStream stream = playing(Script.say("well").thenWaitFor(gate).thenSay(", so it is"));
        assertThat(nextOf(stream)).isInstanceOf(AgentEvent.class);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> stream.next(PATIENCE)).isInstanceOf(InterruptedException.class);
        gate.countDown();
        assertThat(textOf(allOf(stream))).isEqualTo(", so it is");
    }

    @Test
    void answers_at_the_same_time_stay_apart() throws Exception {
        Agent agent = reach(ScriptedAgent.following(request -> {
            Script script = Script.say();
            for (int i = 0; i < MANY; i++) {
                script = script.thenSay(request.message() + ":" + i + " ");
            }
            return script;
        }));
        Function<String, String> whole = name -> {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < MANY; i++) {
                text.append(name).append(':').append(i).append(' ');
            }
            return text.toString();
        };
        List<Future<String>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < MANY; i++) {
                String name = "person" + i;
                answers.add(threads.submit(() -> textOf(allOf(agent.answer(asking(name))))));
            }
            for (int i = 0; i < MANY; i++) {
                assertThat(answers.get(i).get()).isEqualTo(whole.apply("person" + i));
            }
        }
    }

    private AgentStream playing(Script script) {
        return reach(ScriptedAgent.following(request -> script)).answer(asking("?"));
    }

    private List<AgentEvent> played(List<AgentEvent> events) throws InterruptedException {
        List<ScriptedAgent.Line> lines = new ArrayList<>();
        events.forEach(event -> lines.add(new ScriptedAgent.Line.Say(event)));
        try (AgentStream stream = playing(new Script(lines))) {
            return allOf(stream);
        }
    }
}
