package dev.daveloper.application.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.chat.in.ChatRequest;
import dev.daveloper.application.chat.in.RunFollower;
import dev.daveloper.application.testkit.CoreFixture;
import dev.daveloper.application.testkit.Laws;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import dev.daveloper.application.testkit.Viewer;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.chat.RunOutcome;
import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.domain.failures.AgentFailed;
import dev.daveloper.domain.failures.AtCapacity;
import dev.daveloper.domain.failures.Failure;
import dev.daveloper.domain.failures.FailureCode;
import dev.daveloper.domain.sessions.SessionId;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class EndingRunsTest {
    private static final Duration GRACE = ChatSettings.DEFAULT.times().detachGrace();

    private static final ChatSettings PATIENT = ChatSettings.DEFAULT.with(
            new ChatSettings.Times(GRACE, Duration.ofDays(9), Duration.ofDays(9), Duration.ofDays(9), GRACE, GRACE));

    private final CountDownLatch gate = new CountDownLatch(1);
    private final ScriptedAgent waiting = ScriptedAgent.following(
            request -> Script.say("so ").thenWaitFor(gate).thenSay("far"));

    @Test
    void cancelling_reaches_the_agent_and_keeps_what_came() throws Exception {
        try (CoreFixture core = CoreFixture.with(waiting)) {
            Run run = core.ask(core.openSession(), "q");
            awaitText(core, run, "so ");
            core.chat().cancel(run.sessionId(), run.id());
            core.chat().cancel(run.sessionId(), run.id());
            AssistantMessage answer = core.answerOf(run);
            assertThat(answer.outcome()).isEqualTo(RunOutcome.CANCELLED);
            assertThat(answer.text()).isEqualTo("so ");
            assertThat(waiting.streams().getFirst().isClosed()).isTrue();
            core.chat().cancel(run.sessionId(), run.id());
            Laws.lastTurnIs(core.chat(), run, answer);
        }
    }

    @Test
    void a_run_that_nobody_watches_is_cancelled_after_the_grace() throws Exception {
        try (CoreFixture core = CoreFixture.with(waiting, PATIENT)) {
            Run run = core.ask(core.openSession(), "q");
            awaitText(core, run, "so ");
            try (RunFollower follower = core.chat().follow(run.sessionId(), run.id(), Cursor.START)) {
                core.clock().advance(GRACE.multipliedBy(2));
                assertThat(follower).isNotNull();
                assertThat(waiting.streams().getFirst().awaitClosed(Duration.ofMillis(600)))
                        .as("watched runs go on")
                        .isFalse();
            }
            core.clock().advance(GRACE);
            await().until(() -> core.chat()
                    .find(run.sessionId(), run.id())
                    .answer()
                    .map(AssistantMessage::outcome)
                    .filter(RunOutcome.CANCELLED::equals)
                    .isPresent());
        }
    }

    @Test
    void a_run_in_the_background_goes_on_unwatched() throws Exception {
        try (CoreFixture core = CoreFixture.with(waiting, PATIENT)) {
            SessionId session = core.openSession();
            Run run = core.chat()
                    .start(session, ChatRequest.of("q").inBackground())
                    .run();
            awaitText(core, run, "so ");
            core.clock().advance(GRACE.multipliedBy(10));
            assertThat(waiting.streams().getFirst().awaitClosed(Duration.ofMillis(600)))
                    .isFalse();
            gate.countDown();
            assertThat(core.answerOf(run).text()).isEqualTo("so far");
        }
    }

    @Test
    void an_agent_that_falls_silent_is_given_up() throws Exception {
        try (CoreFixture core = CoreFixture.with(waiting)) {
            Run run = core.ask(core.openSession(), "q");
            awaitText(core, run, "so ");
            core.clock().advance(ChatSettings.DEFAULT.times().agentSilence());
            AssistantMessage answer = core.answerOf(run);
            assertThat(answer.outcome()).isEqualTo(RunOutcome.FAILED);
            assertThat(answer.error()).map(Failure::code).contains(FailureCode.AGENT_TIMEOUT);
            assertThat(answer.text()).isEqualTo("so ");
            assertThat(waiting.streams().getFirst().awaitClosed(CoreFixture.SOON))
                    .isTrue();
        }
    }

    @Test
    void an_agent_that_breaks_down_leaves_what_came_and_its_words_go_nowhere() throws Exception {
        ScriptedAgent agent = ScriptedAgent.following(request -> {
            if (request.message().equals("burst")) {
                throw new IllegalStateException("secret host name");
            }
            return Script.say("half").thenFail(new AgentFailed(new IllegalStateException("secret")));
        });
        try (CoreFixture core = CoreFixture.with(agent)) {
            SessionId session = core.openSession();
            AssistantMessage half = core.answerOf(core.ask(session, "q"));
            assertThat(half.text()).isEqualTo("half");
            assertThat(half.error()).map(Failure::code).contains(FailureCode.AGENT_FAILED);
            AssistantMessage burst = core.answerOf(core.ask(session, "burst"));
            assertThat(burst.outcome()).isEqualTo(RunOutcome.FAILED);
            assertThat(burst.error().orElseThrow().detail()).doesNotContain("secret");
            assertThat(core.events())
                    .filteredOn(GatewayEvent.Trouble.class::isInstance)
                    .hasSize(1);
        }
    }

    @Test
    void an_answer_that_never_stops_is_limited() throws Exception {
        ScriptedAgent endless = ScriptedAgent.following(request -> {
            Script script = Script.say();
            for (int i = 0; i < 100; i++) {
                script = script.thenSay("0123456789");
            }
            return script;
        });
        ChatSettings small = ChatSettings.DEFAULT.with(new ChatSettings.Bounds(10, 10, 3, 30, 260));
        try (CoreFixture core = CoreFixture.with(endless, small)) {
            AssistantMessage answer = core.answerOf(core.ask(core.openSession(), "q"));
            assertThat(answer.outcome()).isEqualTo(RunOutcome.LIMITED);
            assertThat(answer.text()).isEqualTo("0123456789".repeat(10));
            assertThat(answer.error()).map(Failure::code).contains(FailureCode.ANSWER_TOO_LONG);
        }
    }

    @Test
    void closing_lets_runs_finish_and_refuses_new_ones() throws Exception {
        CoreFixture core = CoreFixture.with(waiting);
        Run run = core.ask(core.openSession(), "q");
        SessionId other = core.openSession();
        Thread closing = Thread.ofVirtual().start(core::close);
        await().until(() -> !core.core().health().readiness().mode().takesWork());
        assertThatThrownBy(() -> core.ask(other, "too late"))
                .isInstanceOfSatisfying(
                        AtCapacity.class, e -> assertThat(e.code()).isEqualTo(FailureCode.SHUTTING_DOWN));
        gate.countDown();
        assertThat(core.answerOf(run).outcome()).isEqualTo(RunOutcome.COMPLETED);
        assertThat(closing.join(CoreFixture.SOON)).isTrue();
        core.close();
    }

    @Test
    void runs_that_outlast_the_drain_grace_are_interrupted_and_their_viewers_told() throws Exception {
        CoreFixture core = CoreFixture.with(waiting, ChatSettings.DEFAULT, Duration.ofMillis(50));
        Run run = core.ask(core.openSession(), "q");
        awaitText(core, run, "so ");
        Thread closing = Thread.ofVirtual().start(core::close);
        Viewer viewer = core.watch(run, Cursor.START);
        assertThat(viewer.text()).isEqualTo("so ");
        assertThat(viewer.ending().orElseThrow().outcome()).isEqualTo(RunOutcome.INTERRUPTED);
        assertThat(closing.join(CoreFixture.SOON)).isTrue();
    }

    @Test
    void clearing_cancels_what_is_being_made_and_forgets_everything() throws Exception {
        try (CoreFixture core = CoreFixture.with(waiting)) {
            SessionId session = core.openSession();
            Run run = core.ask(session, "q");
            core.chat().clear(session);
            assertThat(waiting.streams().getFirst().isClosed()).isTrue();
            assertThat(Laws.historyOf(core.chat(), session)).isEmpty();
            await().until(() -> Laws.hasNoSuchRun(core.chat(), session, run.id()));
            gate.countDown();
            assertThat(core.answerOf(core.ask(session, "again")).text()).isEqualTo("so far");
        }
    }

    private static void awaitText(CoreFixture core, Run run, String text) throws InterruptedException {
        Viewer viewer = new Viewer(Cursor.START);
        try (RunFollower follower = core.chat().follow(run.sessionId(), run.id(), Cursor.START)) {
            while (!viewer.text().equals(text)) {
                viewer.take(follower.next(CoreFixture.SOON));
            }
        }
    }
}
