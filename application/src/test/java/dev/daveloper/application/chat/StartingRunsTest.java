package dev.daveloper.application.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daveloper.application.chat.in.ChatRequest;
import dev.daveloper.application.chat.in.RunFollower;
import dev.daveloper.application.chat.in.StartedRun;
import dev.daveloper.application.testkit.CoreFixture;
import dev.daveloper.application.testkit.Laws;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.LoggedEvent;
import dev.daveloper.domain.chat.Message;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.chat.RunEvent;
import dev.daveloper.domain.chat.RunOutcome;
import dev.daveloper.domain.failures.AgentUnavailable;
import dev.daveloper.domain.failures.AtCapacity;
import dev.daveloper.domain.failures.FailureCode;
import dev.daveloper.domain.failures.GatewayException;
import dev.daveloper.domain.failures.IdempotencyKeyReused;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.domain.failures.RunInProgress;
import dev.daveloper.domain.failures.StoreUnavailable;
import dev.daveloper.domain.sessions.SessionId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class StartingRunsTest {
    private final CountDownLatch gate = new CountDownLatch(1);
    private final ScriptedAgent waiting = ScriptedAgent.following(
            request -> Script.say("so ").thenWaitFor(gate).thenSay("far"));

    @Test
    void the_message_is_in_the_history_and_the_run_started_before_the_agent_says_a_word() throws Exception {
        ScriptedAgent silent = ScriptedAgent.following(request -> Script.say().thenWaitFor(gate));
        try (CoreFixture core = CoreFixture.with(silent)) {
            SessionId session = core.openSession();
            Run run = core.ask(session, "hello");
            assertThat(Laws.historyOf(core.chat(), session))
                    .extracting(Message::text)
                    .containsExactly("hello");
            try (RunFollower follower = core.chat().follow(session, run.id(), Cursor.START)) {
                LoggedEvent first = (LoggedEvent) follower.next(Duration.ZERO);
                assertThat(first.cursor()).isEqualTo(new Cursor(1, 1));
                assertThat(first.event())
                        .isEqualTo(new RunEvent.Started(session, run.messageId(), run.userMessageId()));
            }
            gate.countDown();
        }
    }

    @Test
    void an_answer_is_the_agents_text_and_stands_behind_its_question_in_the_history() throws Exception {
        try (CoreFixture core = CoreFixture.with(ScriptedAgent.saying("Hel", "lo", "!"))) {
            Run run = core.ask(core.openSession(), "hi");
            AssistantMessage answer = core.answerOf(run);
            assertThat(answer.text()).isEqualTo("Hello!");
            assertThat(answer.outcome()).isEqualTo(RunOutcome.COMPLETED);
            Laws.lastTurnIs(core.chat(), run, answer);
            assertThat(core.chat().find(run.sessionId(), run.id()).answer()).contains(answer);
            assertThat(core.chat().active(run.sessionId())).isEmpty();
        }
    }

    @Test
    void a_second_message_is_refused_while_the_first_is_answered() throws Exception {
        try (CoreFixture core = CoreFixture.with(waiting)) {
            SessionId session = core.openSession();
            Run first = core.ask(session, "first");
            assertThatThrownBy(() -> core.ask(session, "second"))
                    .isInstanceOfSatisfying(
                            RunInProgress.class,
                            e -> assertThat(e.runId()).isEqualTo(first.id().value()));
            assertThat(Laws.historyOf(core.chat(), session)).hasSize(1);
            gate.countDown();
            core.answerOf(first);
            assertThat(core.answerOf(core.ask(session, "third")).text()).isEqualTo("so far");
        }
    }

    @Test
    void a_message_that_interrupts_takes_the_place_of_the_run_before() throws Exception {
        try (CoreFixture core = CoreFixture.with(waiting)) {
            SessionId session = core.openSession();
            Run first = core.ask(session, "first");
            Run second = core.chat()
                    .start(session, ChatRequest.of("second").interrupting())
                    .run();
            assertThat(core.answerOf(first).outcome()).isEqualTo(RunOutcome.CANCELLED);
            assertThat(waiting.streams().getFirst().isClosed()).isTrue();
            gate.countDown();
            assertThat(core.answerOf(second).text()).isEqualTo("so far");
            assertThat(Laws.historyOf(core.chat(), session)).hasSize(4);
        }
    }

    @Test
    void the_same_message_sent_by_twenty_threads_asks_the_agent_once() throws Exception {
        try (CoreFixture core = CoreFixture.with(waiting);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            SessionId session = core.openSession();
            ChatRequest request = ChatRequest.of("once").withIdempotencyKey("key-1");
            List<Future<StartedRun>> started = java.util.stream.IntStream.range(0, 20)
                    .mapToObj(i -> threads.submit(() -> core.chat().start(session, request)))
                    .toList();
            Run run = started.getFirst().get().run();
            int fresh = 0;
            for (Future<StartedRun> one : started) {
                assertThat(one.get().run().id()).isEqualTo(run.id());
                fresh += one.get().attached() ? 0 : 1;
            }
            gate.countDown();
            core.answerOf(run);
            assertThat(core.chat().start(session, request).attached()).isTrue();
            assertThat(fresh).isEqualTo(1);
            assertThat(waiting.streams()).hasSize(1);
        }
    }

    @Test
    void a_key_that_comes_with_another_message_is_refused() throws Exception {
        try (CoreFixture core = CoreFixture.with(ScriptedAgent.saying("x"))) {
            SessionId session = core.openSession();
            core.chat().start(session, ChatRequest.of("one").withIdempotencyKey("k"));
            assertThatThrownBy(() ->
                            core.chat().start(session, ChatRequest.of("two").withIdempotencyKey("k")))
                    .isInstanceOf(IdempotencyKeyReused.class);
            SessionId other = core.openSession();
            assertThat(core.chat()
                            .start(other, ChatRequest.of("two").withIdempotencyKey("k"))
                            .attached())
                    .as("keys are a session's own")
                    .isFalse();
        }
    }

    @Test
    void nothing_is_accepted_while_the_agent_is_known_to_be_away() throws Exception {
        ScriptedAgent agent = ScriptedAgent.saying("here again");
        agent.goAway(Duration.ofSeconds(2));
        try (CoreFixture core = CoreFixture.with(agent)) {
            SessionId session = core.openSession();
            assertThatThrownBy(() -> core.ask(session, "anybody?"))
                    .isInstanceOfSatisfying(
                            AgentUnavailable.class,
                            e -> assertThat(e.retryAfter()).contains(Duration.ofSeconds(2)));
            assertThat(Laws.historyOf(core.chat(), session)).isEmpty();
            agent.comeBack();
            assertThat(core.answerOf(core.ask(session, "anybody?")).text()).isEqualTo("here again");
        }
    }

    @Test
    void nothing_is_accepted_while_the_store_is_away_and_all_is_well_when_it_is_back() throws Exception {
        try (CoreFixture core = CoreFixture.with(ScriptedAgent.saying("fine"))) {
            SessionId session = core.openSession();
            core.stores().goAway();
            assertThatThrownBy(() -> core.ask(session, "hello?")).isInstanceOf(StoreUnavailable.class);
            core.stores().comeBack();
            assertThat(core.answerOf(core.ask(session, "hello!")).text()).isEqualTo("fine");
        }
    }

    @Test
    void a_node_makes_no_more_answers_at_once_than_it_may() throws Exception {
        ChatSettings one = ChatSettings.DEFAULT.with(new ChatSettings.Bounds(1, 1, 40, 64_000, 1_000));
        try (CoreFixture core = CoreFixture.with(waiting, one)) {
            Run run = core.ask(core.openSession(), "first");
            assertThatThrownBy(() -> core.ask(core.openSession(), "second"))
                    .isInstanceOfSatisfying(
                            AtCapacity.class, e -> assertThat(e.code()).isEqualTo(FailureCode.OVERLOADED));
            try (RunFollower follower = core.chat().follow(run.sessionId(), run.id(), Cursor.START)) {
                assertThat(follower).isNotNull();
                assertThatThrownBy(() -> core.chat().follow(run.sessionId(), run.id(), Cursor.START))
                        .extracting(e -> ((GatewayException) e).code())
                        .isEqualTo(FailureCode.TOO_MANY_VIEWERS);
            }
            gate.countDown();
            core.answerOf(run);
        }
    }

    @Test
    void the_agent_is_given_the_newest_history_that_fits_without_the_message_itself() throws Exception {
        ScriptedAgent agent = ScriptedAgent.following(request -> Script.say("re: " + request.message()));
        ChatSettings small = ChatSettings.DEFAULT.with(new ChatSettings.Bounds(10, 10, 3, 30, 1_000));
        try (CoreFixture core = CoreFixture.with(agent, small)) {
            SessionId session = core.openSession();
            for (String message : List.of("one", "two", "three")) {
                core.answerOf(core.ask(session, message));
            }
            assertThat(agent.requests().getFirst().history()).isEmpty();
            assertThat(agent.requests().getLast().history())
                    .extracting(Message::text)
                    .containsExactly("re: one", "two", "re: two");
            core.answerOf(core.ask(session, "a message of fifty characters, that exceeds all"));
            core.answerOf(core.ask(session, "last"));
            assertThat(agent.requests().getLast().history()).isEmpty();
        }
    }

    @Test
    void a_long_message_takes_no_room_from_its_history() throws Exception {
        ScriptedAgent agent = ScriptedAgent.saying("short");
        ChatSettings small = ChatSettings.DEFAULT.with(new ChatSettings.Bounds(10, 10, 3, 30, 1_000));
        try (CoreFixture core = CoreFixture.with(agent, small)) {
            SessionId session = core.openSession();
            core.answerOf(core.ask(session, "first"));
            core.answerOf(core.ask(session, "x".repeat(31)));
            assertThat(agent.requests().getLast().history())
                    .extracting(Message::text)
                    .containsExactly("first", "short");
        }
    }

    @Test
    void a_message_must_be_text_of_a_reasonable_size() {
        for (String bad : List.of("", " \n\t", "nul\0", "half \ud83d a pair", "x".repeat(32_001))) {
            assertThatThrownBy(() -> ChatRequest.of(bad)).isInstanceOf(InvalidRequest.class);
        }
        assertThat(ChatRequest.of("wait... what? <b>😀</b>").message()).isEqualTo("wait... what? <b>😀</b>");
        for (String bad : List.of("", "with space", "ü", "k".repeat(129))) {
            assertThatThrownBy(() -> ChatRequest.of("x").withIdempotencyKey(bad))
                    .isInstanceOf(InvalidRequest.class);
        }
    }
}
