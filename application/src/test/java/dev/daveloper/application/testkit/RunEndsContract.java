package dev.daveloper.application.testkit;

import static dev.daveloper.application.testkit.Conversations.at;
import static dev.daveloper.application.testkit.Conversations.deltas;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.chat.out.MessageStore;
import dev.daveloper.application.chat.out.RunLog.Appended;
import dev.daveloper.application.chat.out.RunLog.Slice;
import dev.daveloper.application.chat.out.RunStore;
import dev.daveloper.application.chat.out.RunStore.Finished;
import dev.daveloper.application.chat.out.RunStore.NewRun;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.Lease;
import dev.daveloper.domain.chat.LoggedEvent;
import dev.daveloper.domain.chat.RunEvent;
import dev.daveloper.domain.chat.RunRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How every {@link RunStore} ends a run: the answer, the session's place and the rest of the log in one step. */
public abstract class RunEndsContract extends ChatStoresContract {
    private static final int RACERS = 32;
    private static final int ALL = 1_000;

    private RunStore runs;
    private MessageStore messages;

    @BeforeEach
    void findStores() {
        runs = stores.runs();
        messages = stores.messages();
    }

    @Test
    void a_run_that_ends_puts_its_answer_into_history_and_frees_the_place() {
        NewRun question = conversations.question("Why?").in(session);
        runs.begin(question);
        AssistantMessage answer = conversations.richAnswer(question.run());

        assertThat(runs.finish(new Lease(question.run(), 1), answer)).isEqualTo(Finished.DONE);
        assertThat(runs.active(session)).isEmpty();
        assertThat(runs.find(question.run().ref())).contains(new RunRecord(question.run(), Optional.of(answer)));
        assertThat(messages.recent(session, 10)).containsExactly(question.message(), answer);
        begin(session);
    }

    @Test
    void a_run_ends_once() {
        Lease lease = begin(session);
        AssistantMessage answer = conversations.answer(lease.run(), "first");
        runs.finish(lease, answer);

        assertThat(runs.finish(lease, conversations.answer(lease.run(), "second")))
                .isEqualTo(Finished.REFUSED);
        assertThat(runs.find(lease.run().ref()).orElseThrow().answer()).contains(answer);
        assertThat(messages.recent(session, 10)).hasSize(2);
    }

    @Test
    void many_who_end_a_run_at_once_leave_one_answer() throws Exception {
        Lease lease = begin(session);

        List<Finished> ended =
                Racing.race(RACERS, i -> runs.finish(lease, conversations.answer(lease.run(), "from " + i)));

        assertThat(ended).containsOnlyOnce(Finished.DONE);
        assertThat(messages.recent(session, RACERS)).hasSize(2);
    }

    @Test
    void what_was_cleared_cannot_be_ended_and_its_key_is_free() {
        Lease lease = begin(conversations.question("Why?").withKey("key", "why").in(session));
        messages.clear(session);

        assertThat(runs.finish(lease, conversations.answer(lease.run(), "late")))
                .isEqualTo(Finished.CLEARED);
        assertThat(runs.find(lease.run().ref())).isEmpty();
        assertThat(runs.active(session)).isEmpty();
        assertThat(messages.recent(session, 10)).isEmpty();
        begin(conversations.question("How?").withKey("key", "how").in(session));
    }

    @Test
    void the_rest_of_the_log_comes_with_the_end() {
        Lease lease = begin(session);
        AssistantMessage answer = conversations.answer(lease.run(), "abc");
        List<LoggedEvent> first = deltas(lease, 1, "a", "b");
        stores.log().append(lease, first);
        List<LoggedEvent> rest = rest(lease, 3, answer);

        assertThat(runs.finish(lease, answer, rest, Optional.empty())).isEqualTo(Finished.DONE);

        List<LoggedEvent> all = new ArrayList<>(first);
        all.addAll(rest);
        assertThat(held(lease)).isEqualTo(all);
        assertThat(stores.log().read(lease.run().ref(), new Cursor(1, 3), ALL))
                .isEqualTo(new Slice.Held(rest.subList(1, rest.size())));
    }

    @Test
    void the_whole_of_a_log_may_come_with_the_end_with_every_kind_of_event() {
        Lease lease = begin(session);
        List<LoggedEvent> all = at(lease, 1, conversations.everyKindOfEvent(lease.run()));

        assertThat(runs.finish(lease, conversations.answer(lease.run(), "abc"), all, Optional.empty()))
                .isEqualTo(Finished.DONE);
        assertThat(held(lease)).isEqualTo(all);
    }

    @Test
    void a_rest_that_leaves_a_gap_is_refused_and_changes_nothing() {
        Lease lease = begin(session);
        AssistantMessage answer = conversations.answer(lease.run(), "abc");
        stores.log().append(lease, deltas(lease, 1, "a"));

        assertThat(runs.finish(lease, answer, rest(lease, 3, answer), Optional.empty()))
                .isEqualTo(Finished.BEHIND);
        assertThat(runs.active(session)).contains(lease.run());
        assertThat(messages.recent(session, 10)).hasSize(1);
        assertThat(held(lease)).isEqualTo(deltas(lease, 1, "a"));

        assertThat(runs.finish(lease, answer, rest(lease, 2, answer), Optional.empty()))
                .isEqualTo(Finished.DONE);
        assertThat(messages.recent(session, 10)).hasSize(2);
    }

    @Test
    void who_may_not_end_a_run_adds_nothing_to_its_log() {
        Lease lease = begin(session);
        Lease next = takeOver();
        AssistantMessage late = conversations.answer(lease.run(), "late");
        AssistantMessage answer = conversations.answer(lease.run(), "abc");

        assertThat(runs.finish(lease, late, rest(lease, 1, late), Optional.empty()))
                .isEqualTo(Finished.REFUSED);
        assertThat(held(lease)).isEmpty();
        assertThat(runs.finish(next, answer, rest(next, 1, answer), Optional.empty()))
                .isEqualTo(Finished.DONE);
        assertThat(runs.finish(next, late, rest(next, 3, late), Optional.empty()))
                .isEqualTo(Finished.REFUSED);
        assertThat(held(lease)).isEqualTo(rest(next, 1, answer));
    }

    @Test
    void a_new_owner_ends_the_log_of_the_one_before_behind_what_that_wrote() {
        Lease lease = begin(session);
        stores.log().append(lease, deltas(lease, 1, "a", "b"));
        Lease next = takeOver();
        AssistantMessage answer = conversations.answer(lease.run(), "ab");

        assertThat(runs.finish(next, answer, rest(next, 1, answer), Optional.empty()))
                .isEqualTo(Finished.DONE);
        assertThat(held(lease).subList(0, 2)).isEqualTo(deltas(lease, 1, "a", "b"));
        assertThat(held(lease).subList(2, 4)).isEqualTo(rest(next, 1, answer));
    }

    @Test
    void what_came_with_the_end_may_be_written_again() {
        Lease lease = begin(session);
        AssistantMessage answer = conversations.answer(lease.run(), "c");
        List<LoggedEvent> rest = rest(lease, 1, answer);
        runs.finish(lease, answer, rest, Optional.empty());

        assertThat(stores.log().append(lease, rest)).isEqualTo(new Appended.Written(false));
        assertThat(held(lease)).isEqualTo(rest);
    }

    @Test
    @Timeout(30)
    void who_waits_for_more_is_woken_by_the_end() throws Exception {
        Lease lease = begin(session);
        AssistantMessage answer = conversations.answer(lease.run(), "c");
        CountDownLatch about = new CountDownLatch(1);

        Racing.race(2, i -> {
            try {
                if (i == 0) {
                    while (held(lease).isEmpty()) {
                        about.countDown();
                        stores.log().awaitMore(lease.run().ref(), Cursor.START, Duration.ofSeconds(60));
                    }
                } else {
                    about.await();
                    runs.finish(lease, answer, rest(lease, 1, answer), Optional.empty());
                }
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return i;
        });
    }

    private static List<LoggedEvent> rest(Lease lease, long seq, AssistantMessage answer) {
        List<LoggedEvent> rest = new ArrayList<>(deltas(lease, seq, "c"));
        rest.add(new LoggedEvent(new Cursor(lease.epoch(), seq + 1), new RunEvent.Finished(answer)));
        return rest;
    }

    private List<LoggedEvent> held(Lease lease) {
        Slice slice = stores.log().read(lease.run().ref(), Cursor.START, ALL);
        assertThat(slice).isInstanceOf(Slice.Held.class);
        return ((Slice.Held) slice).events();
    }
}
