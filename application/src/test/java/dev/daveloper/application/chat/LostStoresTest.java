package dev.daveloper.application.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.chat.in.RunFollower;
import dev.daveloper.application.chat.out.RunLog;
import dev.daveloper.application.testkit.CoreFixture;
import dev.daveloper.application.testkit.Laws;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import dev.daveloper.application.testkit.Viewer;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.LoggedEvent;
import dev.daveloper.domain.chat.Run;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What the store lost without anybody's wish is put back by who still has it in memory. */
final class LostStoresTest {
    /** Of batches that wait for three events and for nothing else. */
    private static final ChatSettings IN_THREES = ChatSettings.DEFAULT.with(
            new ChatSettings.Batches(Duration.ofDays(1), Duration.ofDays(1), 3, 99_999, false));

    private final CountDownLatch gate = new CountDownLatch(1);
    private final ScriptedAgent agent = ScriptedAgent.following(request ->
            Script.say("so ", "far ").thenWaitFor(gate).thenSay("and ").thenSay("on"));

    @Test
    void a_run_that_the_store_lost_is_put_back_with_its_question_and_its_whole_log() throws Exception {
        try (CoreFixture core = CoreFixture.with(agent)) {
            Run run = core.ask(core.openSession(), "q");
            await().until(() -> logged(core, run).size() >= 3);
            core.stores().loseAll();

            finishesWhole(core, run);
        }
    }

    @Test
    void a_log_that_lost_its_end_is_written_again_from_there() throws Exception {
        try (CoreFixture core = CoreFixture.with(agent)) {
            Run run = core.ask(core.openSession(), "q");
            await().until(() -> logged(core, run).size() >= 3);
            core.stores().loseLogBehind(run.id(), 1);

            finishesWhole(core, run);
        }
    }

    @Test
    void a_log_that_lost_its_end_when_all_else_was_to_come_with_the_answer_is_written_again_too() throws Exception {
        try (CoreFixture core = CoreFixture.with(agent, IN_THREES)) {
            Run run = core.ask(core.openSession(), "q");
            await().until(() -> logged(core, run).size() == 3);
            core.stores().loseLogBehind(run.id(), 1);

            finishesWhole(core, run);
        }
    }

    @Test
    void a_run_that_the_store_lost_when_all_else_was_to_come_with_the_answer_is_put_back_too() throws Exception {
        try (CoreFixture core = CoreFixture.with(agent, IN_THREES)) {
            Run run = core.ask(core.openSession(), "q");
            await().until(() -> logged(core, run).size() == 3);
            core.stores().loseAll();

            finishesWhole(core, run);
        }
    }

    private void finishesWhole(CoreFixture core, Run run) throws InterruptedException {
        Viewer viewer = new Viewer(Cursor.START);
        try (RunFollower follower = core.core().chat().follow(run.sessionId(), run.id(), Cursor.START)) {
            gate.countDown();
            while (!viewer.hasEnding()) {
                viewer.take(follower.next(CoreFixture.SOON));
            }
        }
        assertThat(viewer.text()).isEqualTo("so far and on");
        Laws.lastTurnIs(core.core().chat(), run, viewer.ending().orElseThrow());
        await().until(() -> logged(core, run).size() == 6);
    }

    private static List<LoggedEvent> logged(CoreFixture core, Run run) {
        return core.stores().read(run.ref(), Cursor.START, 99) instanceof RunLog.Slice.Held held
                ? held.events()
                : List.of();
    }
}
