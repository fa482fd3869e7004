package dev.daveloper.application.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.chat.in.RunFollower;
import dev.daveloper.application.chat.out.RunLog;
import dev.daveloper.application.testkit.CoreFixture;
import dev.daveloper.application.testkit.Laws;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import dev.daveloper.application.testkit.Viewer;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.FollowStep;
import dev.daveloper.domain.chat.LoggedEvent;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.chat.RunEvent;
import dev.daveloper.domain.failures.CursorGone;
import dev.daveloper.domain.failures.NotFound;
import dev.daveloper.domain.sessions.SessionId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class FollowingRunsTest {
    private final CountDownLatch gate = new CountDownLatch(1);

    @Test
    void a_viewer_that_comes_late_gets_the_text_so_far_as_one_delta_and_then_each_at_once() throws Exception {
        ScriptedAgent agent = ScriptedAgent.following(
                request -> Script.say("a", "b", "c").thenWaitFor(gate).thenSay("d"));
        try (CoreFixture core = CoreFixture.with(agent)) {
            Run run = core.ask(core.openSession(), "q");
            try (RunFollower follower = core.chat().follow(run.sessionId(), run.id(), new Cursor(1, 1))) {
                await().until(() -> isLogged(core, run, new Cursor(1, 4)));
                LoggedEvent merged = (LoggedEvent) follower.next(CoreFixture.SOON);
                assertThat(merged).isEqualTo(new LoggedEvent(new Cursor(1, 4), new AgentEvent.TextDelta("abc")));
                assertThat(follower.next(Duration.ofMillis(1))).isEqualTo(FollowStep.Quiet.QUIET);
                gate.countDown();
                assertThat(((LoggedEvent) follower.next(CoreFixture.SOON)).event())
                        .isEqualTo(new AgentEvent.TextDelta("d"));
                assertThat(((LoggedEvent) follower.next(CoreFixture.SOON)).event())
                        .isInstanceOf(RunEvent.Finished.class);
                assertThat(follower.next(CoreFixture.SOON)).isEqualTo(FollowStep.Ended.ENDED);
            }
        }
    }

    @Test
    void text_and_reasoning_are_never_merged_with_each_other_nor_beyond_the_bound() throws Exception {
        String large = "x".repeat(RunTail.MAX_MERGED_CHARS - 1);
        ScriptedAgent agent = ScriptedAgent.following(request -> Script.say("a")
                .then(new AgentEvent.ReasoningDelta("r"))
                .then(new AgentEvent.ReasoningDelta("s"))
                .thenSay("b")
                .thenSay(large)
                .thenSay("c"));
        try (CoreFixture core = CoreFixture.with(agent)) {
            Run run = core.ask(core.openSession(), "q");
            core.answerOf(run);
            Viewer viewer = core.watch(run, Cursor.START);
            assertThat(viewer.text()).isEqualTo("ab" + large + "c");
            assertThat(viewer.deltas()).isEqualTo(3);
        }
    }

    @Test
    void a_run_that_is_over_is_followed_in_the_store_from_any_cursor() throws Exception {
        try (CoreFixture core = CoreFixture.with(ScriptedAgent.saying("one ", "two ", "three"))) {
            Run run = core.ask(core.openSession(), "q");
            core.answerOf(run);
            awaitFromStore(core, run);
            assertThat(core.watch(run, Cursor.START).text()).isEqualTo("one two three");
            assertThat(core.watch(run, new Cursor(1, 2)).text()).isEqualTo("two three");
            assertThat(core.watch(run, new Cursor(1, 4)).endings()).isEqualTo(1);
            assertThat(core.watch(run, new Cursor(1, 5)).endings())
                    .as("the ending lies behind")
                    .isZero();
        }
    }

    @Test
    void a_log_is_kept_for_its_time_and_then_gone_while_the_answer_stays() throws Exception {
        try (CoreFixture core = CoreFixture.with(ScriptedAgent.saying("one"))) {
            Run run = core.ask(core.openSession(), "q");
            AssistantMessage answer = core.answerOf(run);
            awaitFromStore(core, run);
            core.clock().advance(Duration.ofMinutes(16));
            core.stores().forget(core.clock().instant().minus(Duration.ofMinutes(15)));
            assertThatThrownBy(() -> core.watch(run, Cursor.START)).isInstanceOf(CursorGone.class);
            assertThat(Laws.historyOf(core.chat(), run.sessionId())).contains(answer);
        }
    }

    @Test
    void nobody_follows_reads_or_cancels_another_sessions_run() throws Exception {
        ScriptedAgent agent =
                ScriptedAgent.following(request -> Script.say("secret").thenWaitFor(gate));
        try (CoreFixture core = CoreFixture.with(agent)) {
            SessionId stranger = core.openSession();
            Run run = core.ask(core.openSession(), "q");
            assertThat(Laws.hasNoSuchRun(core.chat(), stranger, run.id())).isTrue();
            gate.countDown();
            core.answerOf(run);
            awaitFromStore(core, run);
            assertThat(Laws.hasNoSuchRun(core.chat(), stranger, run.id())).isTrue();
            assertThatThrownBy(() -> core.chat().await(stranger, run.id(), Duration.ofMillis(1)))
                    .isInstanceOf(NotFound.class);
            assertThat(Laws.historyOf(core.chat(), stranger)).isEmpty();
        }
    }

    @Test
    void viewers_lose_nothing_while_the_store_is_away_and_the_ending_comes_when_it_is_back() throws Exception {
        ScriptedAgent agent = ScriptedAgent.following(
                request -> Script.say("a").thenWaitFor(gate).thenSay("b"));
        try (CoreFixture core = CoreFixture.with(agent)) {
            Run run = core.ask(core.openSession(), "q");
            try (RunFollower follower = core.chat().follow(run.sessionId(), run.id(), Cursor.START)) {
                Viewer viewer = new Viewer(Cursor.START);
                while (viewer.text().isEmpty()) {
                    viewer.take(follower.next(CoreFixture.SOON));
                }
                core.stores().goAway();
                gate.countDown();
                while (!viewer.text().equals("ab")) {
                    viewer.take(follower.next(CoreFixture.SOON));
                }
                assertThat(viewer.hasEnding()).isFalse();
                core.stores().comeBack();
                while (!viewer.hasEnding()) {
                    viewer.take(follower.next(CoreFixture.SOON));
                }
                assertThat(viewer.ending().orElseThrow().text()).isEqualTo("ab");
            }
            awaitFromStore(core, run);
            assertThat(core.watch(run, Cursor.START).text()).isEqualTo("ab");
        }
    }

    /** Waits until the run has left the node's memory, so that followers read the store. */
    private static void awaitFromStore(CoreFixture core, Run run) {
        await().until(() -> core.stores().read(run.ref(), Cursor.START, 1_000) instanceof RunLog.Slice.Held held
                && hasEnding(held.events()));
        await().until(() -> {
            try (RunFollower follower = core.chat().follow(run.sessionId(), run.id(), Cursor.START)) {
                return follower instanceof PatientFollower;
            }
        });
    }

    private static boolean hasEnding(List<LoggedEvent> events) {
        return !events.isEmpty() && events.getLast().event() instanceof RunEvent.Finished;
    }

    private static boolean isLogged(CoreFixture core, Run run, Cursor cursor) {
        return core.stores().read(run.ref(), cursor.previous(), 1) instanceof RunLog.Slice.Held held
                && !held.events().isEmpty();
    }
}
