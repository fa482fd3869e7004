package dev.daveloper.application.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.Core;
import dev.daveloper.application.CoreSettings;
import dev.daveloper.application.Ports;
import dev.daveloper.application.chat.in.ChatRequest;
import dev.daveloper.application.chat.in.RunFollower;
import dev.daveloper.application.chat.out.RunLog;
import dev.daveloper.application.chat.out.RunStore;
import dev.daveloper.application.documents.DocumentSettings;
import dev.daveloper.application.documents.out.NoDocuments;
import dev.daveloper.application.events.out.Neighbours;
import dev.daveloper.application.sessions.SessionSettings;
import dev.daveloper.application.testkit.CoreFixture;
import dev.daveloper.application.testkit.InMemorySessionStore;
import dev.daveloper.application.testkit.InMemoryStores;
import dev.daveloper.application.testkit.Laws;
import dev.daveloper.application.testkit.ManualClock;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import dev.daveloper.application.testkit.Viewer;
import dev.daveloper.domain.chat.AgentEvent.TextDelta;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.Lease;
import dev.daveloper.domain.chat.LoggedEvent;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.chat.RunEvent;
import dev.daveloper.domain.chat.RunOutcome;
import dev.daveloper.domain.chat.Transcript;
import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.domain.sessions.IdlePolicy;
import dev.daveloper.domain.sessions.SessionId;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two nodes over one store: what is left of a run when the node that makes it dies, or only seems to. */
final class DeadNodesTest {
    private static final Duration LEASE = Duration.ofMillis(300);

    private final ManualClock clock = new ManualClock();
    private final InMemoryStores stores = new InMemoryStores(clock);
    private final InMemorySessionStore sessions = new InMemorySessionStore();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final ScriptedAgent agent = ScriptedAgent.following(
            request -> Script.say("so ", "far ").thenWaitFor(gate).thenSay("and on"));
    private final Core second = Core.open(ports(), settings(LEASE));

    @AfterEach
    void close() {
        gate.countDown();
        second.close();
    }

    @Test
    void a_run_whose_node_died_is_closed_by_another_with_what_was_logged() throws Exception {
        SessionId session = second.sessions().open().session().id();
        Run run = diedAfterSaying(session, "so far ");
        clock.advance(LEASE.multipliedBy(2));
        Viewer resumed = watch(second, run, new Cursor(1, 2));
        assertThat(resumed.text()).isEqualTo("so far ");
        AssistantMessage answer = resumed.ending().orElseThrow();
        assertThat(answer.outcome()).isEqualTo(RunOutcome.INTERRUPTED);
        assertThat(answer.text()).isEqualTo("so far ");
        Laws.lastTurnIs(second.chat(), run, answer);
        assertThat(second.chat().active(session)).isEmpty();
        Viewer aheadOfTheLog = watch(second, run, new Cursor(1, 40));
        assertThat(aheadOfTheLog.endings())
                .as("a cursor beyond the top goes on")
                .isEqualTo(1);
    }

    @Test
    void a_node_that_was_thought_dead_writes_no_more_and_its_viewers_get_the_other_nodes_ending() throws Exception {
        Core first = Core.open(ports(), settings(Duration.ofDays(1)));
        SessionId session = first.sessions().open().session().id();
        Run run = first.chat().start(session, ChatRequest.of("q")).run();
        Viewer viewer = new Viewer(Cursor.START);
        try (RunFollower follower = first.chat().follow(session, run.id(), Cursor.START)) {
            while (!viewer.text().equals("so far ")) {
                viewer.take(follower.next(CoreFixture.SOON));
            }
            await().until(() -> stores.read(run.ref(), new Cursor(1, 2), 9) instanceof RunLog.Slice.Held held
                    && !held.events().isEmpty());
            clock.advance(Duration.ofDays(2));
            await().until(() -> second.chat().active(session).isEmpty());
            gate.countDown();
            while (!viewer.hasEnding()) {
                viewer.take(follower.next(CoreFixture.SOON));
            }
        }
        assertThat(viewer.endings()).isEqualTo(1);
        assertThat(viewer.ending().orElseThrow().outcome()).isEqualTo(RunOutcome.INTERRUPTED);
        assertThat(viewer.ending().orElseThrow().text()).isEqualTo("so far ");
        Laws.lastTurnIs(second.chat(), run, viewer.ending().orElseThrow());
        first.close();
    }

    @Test
    void an_ending_that_never_reached_the_log_is_made_from_the_history_once() throws Exception {
        SessionId session = second.sessions().open().session().id();
        Run run = diedAfterSaying(session, "all");
        AssistantMessage answer =
                new Transcript(run, 1_000).finish(RunOutcome.COMPLETED, Optional.empty(), clock.instant());
        assertThat(stores.finish(new Lease(run, 1), answer)).isEqualTo(RunStore.Finished.DONE);
        Viewer viewer = watch(second, run, Cursor.START);
        assertThat(viewer.ending()).contains(answer);
        assertThat(viewer.cursor()).isEqualTo(Cursor.endOf(1));
        assertThat(watch(second, run, viewer.cursor()).endings()).isZero();
        assertThat(second.chat().await(session, run.id(), Duration.ofSeconds(1)))
                .contains(answer);
    }

    @Test
    void all_that_was_said_is_in_the_log_as_soon_as_the_history_has_the_answer() throws Exception {
        List<List<LoggedEvent>> loggedByTheEnd = new CopyOnWriteArrayList<>();
        RunStore looking = (RunStore) Proxy.newProxyInstance(
                RunStore.class.getClassLoader(), new Class<?>[] {RunStore.class}, (proxy, method, arguments) -> {
                    Object result = method.invoke(stores, arguments);
                    if (method.getName().equals("finish") && arguments[0] instanceof Lease lease) {
                        RunLog.Slice slice = stores.read(lease.run().ref(), Cursor.START, 99);
                        loggedByTheEnd.add(((RunLog.Slice.Held) slice).events());
                    }
                    return result;
                });
        Ports ports = new Ports(
                agent,
                looking,
                stores,
                stores,
                sessions,
                NoDocuments.NONE,
                List.of(),
                event -> {},
                Neighbours.NONE,
                clock);
        Duration never = Duration.ofDays(1);
        CoreSettings slow = new CoreSettings(
                settings(LEASE).chat().with(new ChatSettings.Batches(never, never, 999, 99_999, true)),
                settings(LEASE).sessions(),
                settings(LEASE).documents(),
                Duration.ofMillis(100));
        gate.countDown();
        try (Core first = Core.open(ports, slow)) {
            SessionId session = first.sessions().open().session().id();
            Run run = first.chat().start(session, ChatRequest.of("q")).run();
            watch(first, run, Cursor.START);
        }
        assertThat(loggedByTheEnd).hasSize(1);
        assertThat(loggedByTheEnd.getFirst()).extracting(LoggedEvent::event).contains(new TextDelta("and on"));
        assertThat(loggedByTheEnd.getFirst().getLast().event()).isInstanceOf(RunEvent.Finished.class);
    }

    @Test
    void waiting_for_an_answer_of_another_node_ends_with_its_ending_or_with_patience() throws Exception {
        SessionId session = second.sessions().open().session().id();
        Run run = diedAfterSaying(session, "half");
        assertThat(second.chat().await(session, run.id(), Duration.ofMillis(20)))
                .isEmpty();
        second.chat().cancel(session, run.id());
        clock.advance(LEASE.multipliedBy(2));
        assertThat(second.chat().await(session, run.id(), CoreFixture.SOON))
                .map(AssistantMessage::outcome)
                .contains(RunOutcome.INTERRUPTED);
    }

    @Test
    void a_fault_in_the_store_is_told_of_and_the_run_is_closed_all_the_same() throws Exception {
        List<GatewayEvent> told = new CopyOnWriteArrayList<>();
        Ports ports = new Ports(
                agent,
                failingAtTheEnd(),
                stores,
                stores,
                sessions,
                NoDocuments.NONE,
                List.of(),
                told::add,
                Neighbours.NONE,
                clock);
        gate.countDown();
        try (Core first = Core.open(ports, settings(LEASE))) {
            SessionId session = first.sessions().open().session().id();
            Run run = first.chat().start(session, ChatRequest.of("q")).run();
            await().until(() -> told.stream().anyMatch(GatewayEvent.Trouble.class::isInstance));
            clock.advance(LEASE.multipliedBy(2));
            Viewer viewer = watch(first, run, Cursor.START);
            assertThat(viewer.text()).isEqualTo("so far and on");
            assertThat(viewer.ending().orElseThrow().outcome()).isEqualTo(RunOutcome.INTERRUPTED);
        }
    }

    /** The store with a fault in it: whoever began a run cannot end it. */
    private RunStore failingAtTheEnd() {
        return (RunStore) Proxy.newProxyInstance(
                RunStore.class.getClassLoader(), new Class<?>[] {RunStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("finish") && ((Lease) arguments[0]).epoch() == 1) {
                        throw new IllegalStateException("a fault");
                    }
                    return method.invoke(stores, arguments);
                });
    }

    /** A run as a node leaves it that was killed: begun, partly logged, nobody makes it. */
    private Run diedAfterSaying(SessionId session, String text) {
        Run run = TestRuns.run(session, clock);
        stores.begin(TestRuns.begin(run, LEASE));
        stores.append(
                new Lease(run, 1),
                List.of(
                        new LoggedEvent(
                                new Cursor(1, 1), new RunEvent.Started(session, run.messageId(), run.userMessageId())),
                        new LoggedEvent(
                                new Cursor(1, 2), new dev.daveloper.domain.chat.AgentEvent.ReasoningDelta("hm")),
                        new LoggedEvent(new Cursor(1, 3), new dev.daveloper.domain.chat.AgentEvent.TextDelta(text))));
        return run;
    }

    private static Viewer watch(Core core, Run run, Cursor from) throws InterruptedException {
        Viewer viewer = new Viewer(from);
        try (RunFollower follower = core.chat().follow(run.sessionId(), run.id(), from)) {
            while (!viewer.hasEnding()) {
                viewer.take(follower.next(CoreFixture.SOON));
            }
        }
        return viewer;
    }

    private Ports ports() {
        return new Ports(
                agent,
                stores,
                stores,
                stores,
                sessions,
                NoDocuments.NONE,
                List.of(),
                event -> {},
                Neighbours.NONE,
                clock);
    }

    private static CoreSettings settings(Duration lease) {
        Duration day = Duration.ofDays(9);
        return new CoreSettings(
                ChatSettings.DEFAULT.with(new ChatSettings.Times(day, day, day, lease, day, day)),
                new SessionSettings(new IdlePolicy(day, day), 0),
                DocumentSettings.DEFAULT,
                Duration.ofMillis(100));
    }
}
