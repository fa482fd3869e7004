package dev.daveloper.application.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.chat.out.MessageStore;
import dev.daveloper.application.chat.out.RunLog;
import dev.daveloper.application.chat.out.RunStore;
import dev.daveloper.application.chat.out.RunStore.Begun;
import dev.daveloper.application.chat.out.RunStore.NewRun;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.Lease;
import dev.daveloper.domain.chat.RunRecord;
import dev.daveloper.domain.chat.RunRef;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link RunStore} does. */
public abstract class RunStoreContract extends ChatStoresContract {
    private static final int RACERS = 32;

    private RunStore runs;
    private MessageStore messages;

    @BeforeEach
    void findStores() {
        runs = stores.runs();
        messages = stores.messages();
    }

    @Test
    void a_run_that_begins_is_its_beginners_with_epoch_1() {
        NewRun question = conversations.question("Why?").inTheBackground().in(session);

        assertThat(runs.begin(question)).isEqualTo(new Begun.Started(new Lease(question.run(), 1)));
        assertThat(runs.active(session)).contains(question.run());
        assertThat(runs.find(question.run().ref())).contains(new RunRecord(question.run(), Optional.empty()));
    }

    @Test
    void a_run_that_begins_puts_its_message_into_history_word_for_word() {
        NewRun question = conversations.question(Conversations.ODD_TEXT).in(session);
        runs.begin(question);

        assertThat(messages.recent(session, 10)).containsExactly(question.message());
    }

    @Test
    void an_unknown_run_is_not_found_and_an_unknown_session_has_none() {
        assertThat(runs.find(conversations.question("Why?").in(session).run().ref()))
                .isEmpty();
        assertThat(runs.active(session)).isEmpty();
    }

    @Test
    void a_second_run_of_a_session_is_refused_and_leaves_nothing() {
        NewRun first = conversations.question("Why?").in(session);
        NewRun second = conversations.question("How?").withKey("key", "how").in(session);
        runs.begin(first);

        assertThat(runs.begin(second)).isEqualTo(new Begun.Busy(first.run().id()));
        assertThat(runs.find(second.run().ref())).isEmpty();
        assertThat(messages.recent(session, 10)).containsExactly(first.message());
        finish(new Lease(first.run(), 1));
        NewRun retried = conversations.question("How?").withKey("key", "other").in(session);
        assertThat(runs.begin(retried)).isInstanceOf(Begun.Started.class);
    }

    @Test
    void sessions_do_not_stand_in_each_others_way() {
        begin(session);
        NewRun elsewhere = conversations.question("How?").in(conversations.someSession());

        assertThat(runs.begin(elsewhere)).isInstanceOf(Begun.Started.class);
    }

    @Test
    void many_who_begin_at_once_for_one_session_start_exactly_one_run() throws Exception {
        List<Begun> begun = Racing.race(
                RACERS, i -> runs.begin(conversations.question("from " + i).in(session)));

        assertThat(begun).filteredOn(Begun.Started.class::isInstance).hasSize(1);
        assertThat(begun).filteredOn(Begun.Busy.class::isInstance).hasSize(RACERS - 1);
        assertThat(messages.recent(session, RACERS)).hasSize(1);
    }

    @Test
    void many_who_begin_at_once_with_one_key_all_get_the_same_run() throws Exception {
        List<Begun> begun = Racing.race(
                RACERS,
                i -> runs.begin(
                        conversations.question("Why?").withKey("key", "why").in(session)));

        Set<Object> got = new HashSet<>();
        for (Begun one : begun) {
            got.add(
                    switch (one) {
                        case Begun.Started started -> started.lease().run();
                        case Begun.Attached attached -> attached.run();
                        case Begun.Busy busy -> busy;
                        case Begun.KeyReused reused -> reused;
                    });
        }
        assertThat(got)
                .containsExactlyInAnyOrderElementsOf(
                        runs.active(session).map(Set::of).orElseThrow());
        assertThat(begun).filteredOn(Begun.Started.class::isInstance).hasSize(1);
    }

    @Test
    void the_same_key_and_request_attach_to_the_run_also_when_it_is_over() {
        NewRun question = conversations.question("Why?").withKey("key", "why").in(session);
        runs.begin(question);
        NewRun again = conversations.question("Why?").withKey("key", "why").in(session);

        assertThat(runs.begin(again)).isEqualTo(new Begun.Attached(question.run()));
        finish(new Lease(question.run(), 1));
        assertThat(runs.begin(again)).isEqualTo(new Begun.Attached(question.run()));
        assertThat(runs.active(session)).isEmpty();
    }

    @Test
    void the_same_key_with_another_request_is_refused() {
        runs.begin(conversations.question("Why?").withKey("key", "why").in(session));

        assertThat(runs.begin(
                        conversations.question("How?").withKey("key", "how").in(session)))
                .isEqualTo(new Begun.KeyReused());
    }

    @Test
    void a_key_belongs_to_its_session() {
        runs.begin(conversations.question("Why?").withKey("key", "why").in(session));
        NewRun elsewhere = conversations.question("How?").withKey("key", "how").in(conversations.someSession());

        assertThat(runs.begin(elsewhere)).isInstanceOf(Begun.Started.class);
    }

    @Test
    void a_key_is_forgotten_by_the_time_of_its_first_use() {
        runs.begin(conversations.question("Why?").withKey("key", "why").in(session));
        clock.advance(Duration.ofHours(1));
        NewRun again = conversations.question("Why?").withKey("key", "why").in(session);

        runs.forgetKeys(clock.instant().minus(Duration.ofHours(1)));
        assertThat(runs.begin(again)).isInstanceOf(Begun.Attached.class);

        runs.forgetKeys(clock.instant().minus(Duration.ofHours(1)).plusNanos(1_000_000));
        assertThat(runs.begin(again)).isInstanceOf(Begun.Busy.class);
    }

    @Test
    void another_session_finds_neither_the_run_nor_its_log() {
        Lease lease = begin(session);
        stores.log().append(lease, Conversations.deltas(lease, 1, "a"));
        RunRef foreign = new RunRef(conversations.someSession(), lease.run().id());

        assertThat(runs.find(foreign)).isEmpty();
        assertThat(stores.log().read(foreign, Cursor.START, 1)).isEqualTo(new RunLog.Slice.Gone());
    }

    @Test
    void a_run_that_is_withdrawn_leaves_nothing() {
        NewRun question = conversations.question("Why?").withKey("key", "why").in(session);
        runs.begin(question);
        runs.withdraw(question.run());
        runs.withdraw(question.run());

        assertThat(runs.find(question.run().ref())).isEmpty();
        assertThat(runs.active(session)).isEmpty();
        assertThat(messages.recent(session, 10)).isEmpty();
        clock.advance(Conversations.LEASE);
        assertThat(runs.takeOverExpired(Conversations.LEASE, 10)).isEmpty();
        begin(conversations.question("How?").withKey("key", "how").in(session));
    }

    @Test
    void a_run_that_the_same_request_attached_to_is_not_withdrawn() {
        NewRun question = conversations.question("Why?").withKey("key", "why").in(session);
        runs.begin(question);
        runs.begin(conversations.question("Why?").withKey("key", "why").in(session));
        runs.withdraw(question.run());

        assertThat(runs.active(session)).contains(question.run());
    }

    @Test
    void a_run_that_is_over_or_was_taken_over_is_not_withdrawn() {
        Lease over = begin(session);
        finish(over);
        runs.withdraw(over.run());
        Lease taken = begin(conversations.someSession());
        takeOver();
        runs.withdraw(taken.run());

        assertThat(runs.find(over.run().ref())).isPresent();
        assertThat(messages.recent(session, 10)).hasSize(2);
        assertThat(runs.active(taken.run().sessionId())).contains(taken.run());
    }

    @Test
    void nothing_is_restored_that_is_there_or_was_cleared() {
        NewRun question = conversations.question("Why?").in(session);
        runs.begin(question);
        runs.restore(question, 1);
        assertThat(messages.recent(session, 10)).containsExactly(question.message());

        messages.clear(session);
        runs.restore(question, 1);
        assertThat(messages.recent(session, 10)).isEmpty();
        assertThat(runs.active(session)).isEmpty();
    }
}
