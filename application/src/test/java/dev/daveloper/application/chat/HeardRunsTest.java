package dev.daveloper.application.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.chat.in.RunFollower;
import dev.daveloper.application.chat.out.RunListener;
import dev.daveloper.application.testkit.CoreFixture;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import dev.daveloper.domain.chat.AgentEvent.TextDelta;
import dev.daveloper.domain.chat.AgentEvent.ToolFinished;
import dev.daveloper.domain.chat.AgentEvent.ToolStarted;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.FollowStep;
import dev.daveloper.domain.chat.Json;
import dev.daveloper.domain.chat.LoggedEvent;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.chat.RunRef;
import dev.daveloper.domain.chat.ToolResult;
import dev.daveloper.domain.sessions.SessionId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is heard of the steps of answers. */
class HeardRunsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Notes notes = new Notes();

    /** One line for each step; batches are counted, for how many there are is a matter of time. */
    private static final class Notes implements RunListener {
        private final List<String> lines = new CopyOnWriteArrayList<>();
        private final AtomicInteger logged = new AtomicInteger();
        private final List<Integer> batches = new CopyOnWriteArrayList<>();
        private final AtomicInteger sent = new AtomicInteger();

        @Override
        public void asked(RunId run, long nanos) {
            lines.add("asked");
            assertThat(nanos).isNotNegative();
        }

        @Override
        public void firstDelta(RunId run, long nanos) {
            lines.add("first delta");
            assertThat(nanos).isNotNegative();
        }

        @Override
        public void toolEnded(RunId run, boolean failed) {
            lines.add(failed ? "tool failed" : "tool");
        }

        @Override
        public void sent(RunId run, long nanos) {
            assertThat(nanos).isNotNegative();
            sent.incrementAndGet();
        }

        @Override
        public void appended(RunId run, int events, long nanos) {
            logged.addAndGet(events);
            batches.add(events);
        }

        @Override
        public void finished(RunId run, AssistantMessage answer, long finishNanos, long nanos) {
            assertThat(finishNanos).isBetween(0L, nanos);
            lines.add(answer.outcome().wireName());
        }

        @Override
        public void resumed(RunRef run) {
            lines.add("resumed");
        }
    }

    @Test
    void each_step_is_heard_once_and_in_order() throws InterruptedException {
        Script script = Script.say("a ", "b ")
                .then(new ToolStarted("1", "dice", Json.EMPTY_OBJECT))
                .then(new ToolFinished("1", new ToolResult(true, "6")))
                .then(new ToolStarted("2", "dice", Json.EMPTY_OBJECT))
                .then(new ToolFinished("2", new ToolResult(false, "")));
        try (CoreFixture core = CoreFixture.with(ScriptedAgent.following(asked -> script), notes)) {
            core.answerOf(core.ask(core.openSession(), "?"));
            // Started, two deltas, two tools with their ends, finished.
            await().untilAsserted(() -> assertThat(notes.logged).hasValue(8));
        }
        assertThat(notes.lines).containsExactly("asked", "first delta", "tool", "tool failed", "completed");
    }

    @Test
    void an_answer_that_is_over_before_a_batch_is_due_is_logged_at_once_with_its_end() throws InterruptedException {
        Duration never = Duration.ofDays(1);
        ChatSettings slow = ChatSettings.DEFAULT.with(new ChatSettings.Batches(never, never, 99, 9_999, false));
        try (CoreFixture core =
                CoreFixture.with(ScriptedAgent.following(asked -> Script.say("a ", "b ")), slow, notes)) {
            core.answerOf(core.ask(core.openSession(), "?"));
        }
        assertThat(notes.batches).containsExactly(4);
    }

    @Test
    void a_viewer_who_waits_is_a_measure_and_one_who_reads_old_words_is_none() throws InterruptedException {
        CountDownLatch gate = new CountDownLatch(1);
        ScriptedAgent agent = ScriptedAgent.following(
                asked -> Script.say("old ").thenWaitFor(gate).thenSay("new"));
        try (CoreFixture core = CoreFixture.with(agent, notes)) {
            SessionId session = core.openSession();
            Run run = core.ask(session, "?");
            await().until(() -> notes.lines.contains("first delta"));
            try (RunFollower follower = core.chat().follow(session, run.id(), Cursor.START)) {
                readUntil(follower, "old ");
                assertThat(follower.next(Duration.ZERO)).isInstanceOf(FollowStep.Quiet.class);
                assertThat(notes.sent).as("it was there before").hasValue(0);
                Thread waiting = Thread.ofVirtual().start(() -> readQuietlyUntil(follower, "new"));
                await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
                gate.countDown();
                waiting.join();
                assertThat(notes.sent)
                        .as("it is not known yet whether it was written")
                        .hasValue(0);
                follower.next(SECOND);
                assertThat(notes.sent).hasValue(1);
            }
        }
    }

    @Test
    void following_from_a_cursor_is_resuming_and_from_the_beginning_is_not() throws InterruptedException {
        try (CoreFixture core = CoreFixture.with(ScriptedAgent.following(asked -> Script.say("a")), notes)) {
            SessionId session = core.openSession();
            Run run = core.ask(session, "?");
            core.answerOf(run);
            core.chat().follow(session, run.id(), Cursor.START).close();
            assertThat(notes.lines).doesNotContain("resumed");
            core.chat().follow(session, run.id(), new Cursor(1, 1)).close();
            assertThat(notes.lines).containsOnlyOnce("resumed");
        }
    }

    @Test
    void two_listeners_hear_the_same() throws InterruptedException {
        Notes others = new Notes();
        Script script = Script.say("a ")
                .then(new ToolStarted("1", "dice", Json.EMPTY_OBJECT))
                .then(new ToolFinished("1", new ToolResult(true, "6")));
        try (CoreFixture core = CoreFixture.with(ScriptedAgent.following(asked -> script), notes.and(others))) {
            SessionId session = core.openSession();
            Run run = core.ask(session, "?");
            core.answerOf(run);
            await().until(() -> others.lines.contains("completed"));
            core.chat().follow(session, run.id(), new Cursor(1, 1)).close();
            await().untilAsserted(() -> assertThat(others.logged).hasValue(5));
        }
        assertThat(others.lines)
                .containsExactly("asked", "first delta", "tool", "completed", "resumed")
                .isEqualTo(notes.lines);
        assertThat(others.sent).hasValue(notes.sent.get());
    }

    @Test
    void nobody_beside_a_listener_is_that_listener_alone() {
        assertThat(notes.and(RunListener.NONE)).isSameAs(notes);
        assertThat(RunListener.NONE.and(notes)).isSameAs(notes);
    }

    private static void readQuietlyUntil(RunFollower follower, String text) {
        try {
            readUntil(follower, text);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void readUntil(RunFollower follower, String text) throws InterruptedException {
        while (true) {
            FollowStep step = follower.next(Duration.ofSeconds(30));
            if (step instanceof LoggedEvent logged
                    && logged.event() instanceof TextDelta delta
                    && delta.text().equals(text)) {
                return;
            }
        }
    }
}
