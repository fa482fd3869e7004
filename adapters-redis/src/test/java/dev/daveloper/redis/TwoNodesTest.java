package dev.daveloper.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.CoreSettings;
import dev.daveloper.application.chat.in.ChatRequest;
import dev.daveloper.application.sessions.SessionSettings;
import dev.daveloper.application.testkit.CoreFixture;
import dev.daveloper.application.testkit.Laws;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.chat.RunOutcome;
import dev.daveloper.domain.failures.AtCapacity;
import dev.daveloper.domain.sessions.ClientAddress;
import dev.daveloper.domain.sessions.SessionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two nodes over one Redis: what one makes, the other shows, cancels, replaces and clears. */
@Timeout(120)
class TwoNodesTest {
    /** Prolonged every 10 s: what happens sooner was not learnt from a lease. */
    private static final CoreSettings RARE_RENEWALS = Node.leasing(Duration.ofSeconds(30));

    private static final Duration BEFORE_A_RENEWAL = Duration.ofSeconds(8);
    private static final int GATES = 11;

    @RegisterExtension
    final TestAdapters opener = new TestAdapters();

    private final List<CountDownLatch> gates =
            Stream.generate(() -> new CountDownLatch(1)).limit(GATES).toList();
    private Node a;
    private Node b;

    @BeforeEach
    void openBoth() throws InterruptedException {
        open(RARE_RENEWALS);
    }

    private void open(CoreSettings settings) throws InterruptedException {
        ScriptedAgent agent = ScriptedAgent.following(request -> script());
        a = Node.over(opener.open(opener.config()), agent, settings);
        b = Node.over(opener.open(opener.config()), ScriptedAgent.saying("from the other"), settings);
    }

    /** Says {@code one two}, and behind each gate one word more. */
    private Script script() {
        Script script = Script.say("one ", "two ");
        for (int i = 0; i < gates.size(); i++) {
            script = script.thenWaitFor(gates.get(i)).thenSay("+" + i);
        }
        return script;
    }

    private static String said(int gatesOpened) {
        StringBuilder text = new StringBuilder("one two ");
        for (int i = 0; i < gatesOpened; i++) {
            text.append('+').append(i);
        }
        return text.toString();
    }

    @AfterEach
    void closeBoth() {
        gates.forEach(CountDownLatch::countDown);
        a.close();
        b.close();
    }

    @Test
    void a_run_of_one_node_is_followed_on_the_other_from_its_start_and_from_its_middle() throws Exception {
        Run run = a.ask(a.openSession(), "q");
        Watch whole = b.watch(run, Cursor.START).awaitText("one two ");
        Watch rest = b.watch(run, new Cursor(1, 2)).awaitText("two ");

        gates.forEach(CountDownLatch::countDown);
        AssistantMessage answer = whole.ending();
        assertThat(answer.outcome()).isEqualTo(RunOutcome.COMPLETED);
        assertThat(whole.text()).isEqualTo(said(GATES)).isEqualTo(answer.text());
        assertThat(rest.ending()).isEqualTo(answer).isEqualTo(a.answerOf(run));
        assertThat(rest.text()).isEqualTo(said(GATES).substring("one ".length()));
        assertThat(b.answerOf(run)).isEqualTo(answer);
        Laws.lastTurnIs(b.chat(), run, answer);
    }

    @Test
    void a_follower_on_another_node_gets_a_delta_long_before_it_would_look_again_by_itself() throws Exception {
        Run run = a.ask(a.openSession(), "q");
        Watch watch = b.watch(run, Cursor.START).awaitText("one two ");
        List<Duration> delays = new ArrayList<>();
        for (int i = 0; i < GATES - 1; i++) {
            long opened = System.nanoTime();
            gates.get(i).countDown();
            String expected = said(i + 1);
            await().atMost(CoreFixture.SOON)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> watch.text().equals(expected));
            delays.add(Duration.ofNanos(System.nanoTime() - opened));
        }
        assertThat(delays.stream().sorted().toList().get(delays.size() / 2))
                .as("the median of %s; without a word it would look once a second", delays)
                .isLessThan(Duration.ofMillis(400));
    }

    @Test
    void a_cancel_on_one_node_reaches_the_agent_of_the_other_at_once() throws Exception {
        SessionId session = a.openSession();
        Run run = a.ask(session, "q");
        Watch here = a.watch(run, Cursor.START).awaitText("one two ");
        Watch there = b.watch(run, Cursor.START).awaitText("one two ");

        b.chat().cancel(session, run.id());
        assertThat(a.agent().streams().getFirst().awaitClosed(BEFORE_A_RENEWAL)).isTrue();
        assertThat(here.ending().outcome()).isEqualTo(RunOutcome.CANCELLED);
        assertThat(there.ending()).isEqualTo(here.ending());
    }

    @Test
    void a_message_that_interrupts_on_one_node_ends_the_run_that_the_other_makes() throws Exception {
        SessionId session = a.openSession();
        Run first = a.ask(session, "q");
        Watch watch = a.watch(first, Cursor.START).awaitText("one two ");

        Run second =
                b.chat().start(session, ChatRequest.of("rather").interrupting()).run();
        assertThat(watch.ending().outcome()).isEqualTo(RunOutcome.CANCELLED);
        assertThat(b.answerOf(second).text()).isEqualTo("from the other");
        assertThat(Laws.historyOf(a.chat(), session)).hasSize(4);
        Laws.lastTurnIs(a.chat(), second, b.answerOf(second));
    }

    @Test
    void the_same_message_on_both_nodes_is_one_run() throws Exception {
        SessionId session = a.openSession();
        ChatRequest request = ChatRequest.of("q").withIdempotencyKey("k");
        Run run = a.chat().start(session, request).run();
        assertThat(b.chat().start(session, request).attached()).isTrue();
        assertThat(b.chat().start(session, request).run()).isEqualTo(run);
        assertThat(b.agent().streams()).isEmpty();
    }

    @Test
    void a_run_that_is_watched_on_the_other_node_alone_outlives_its_owners_grace() throws Exception {
        closeBoth();
        Duration grace = Duration.ofSeconds(1);
        CoreSettings settings = Node.settings(Duration.ofSeconds(30), grace);
        ScriptedAgent slow = ScriptedAgent.following(
                request -> Script.say("one ").thenPause(grace.multipliedBy(3)).thenSay("two"));
        a = Node.over(opener.open(opener.config()), slow, settings);
        b = Node.over(opener.open(opener.config()), slow, settings);
        Run watched = a.ask(a.openSession(), "q");
        Watch watch = b.watch(watched, Cursor.START);
        assertThat(watch.ending().outcome()).isEqualTo(RunOutcome.COMPLETED);
        assertThat(watch.text()).isEqualTo("one two");
    }

    @Test
    void a_session_that_ends_on_one_node_frees_its_address_on_the_other() throws Exception {
        closeBoth();
        open(new CoreSettings(
                RARE_RENEWALS.chat(),
                new SessionSettings(SessionSettings.DEFAULT.policy(), 1),
                RARE_RENEWALS.documents(),
                RARE_RENEWALS.drainGrace()));
        ClientAddress address = new ClientAddress("7f000001");
        SessionId session = a.core().sessions().open(address).session().id();
        assertThatExceptionOfType(AtCapacity.class)
                .isThrownBy(() -> a.core().sessions().open(address));

        b.core().sessions().end(session);
        assertThat(a.core().sessions().open(address).session().id()).isNotEqualTo(session);
        assertThat(a.core().sessions().counts().live()).isEqualTo(1);
    }
}
