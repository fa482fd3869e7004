package dev.daveloper.application.testkit;

import static dev.daveloper.application.testkit.Conversations.LEASE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.chat.out.MessageStore;
import dev.daveloper.application.chat.out.RunStore;
import dev.daveloper.application.chat.out.RunStore.Begun;
import dev.daveloper.application.chat.out.RunStore.NewRun;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.Lease;
import dev.daveloper.domain.chat.RunRecord;
import dev.daveloper.domain.sessions.SessionId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link RunStore} does. */
public abstract class RunStoreContract {
    private static final int RACERS = 32;
    private static final int MANY = 100;

    private final ManualClock clock = new ManualClock();
    private final Conversations conversations = new Conversations(clock);
    private final SessionId session = conversations.someSession();
    private RunStore runs;
    private MessageStore messages;

    /** Empty stores on this clock. Closing them is the subclass's business. */
    protected abstract ChatStores open(InstantSource time) throws Exception;

    @BeforeEach
    void openStores() throws Exception {
        ChatStores stores = open(clock);
        runs = stores.runs();
        messages = stores.messages();
    }

    @Test
    void a_run_that_begins_is_its_beginners_with_epoch_1() {
        NewRun question = conversations.question("Why?").inTheBackground().in(session);

        assertThat(runs.begin(question)).isEqualTo(new Begun.Started(new Lease(question.run(), 1)));
        assertThat(runs.active(session)).contains(question.run());
        assertThat(runs.find(question.run().id())).contains(new RunRecord(question.run(), Optional.empty()));
    }

    @Test
    void a_run_that_begins_puts_its_message_into_history_word_for_word() {
        NewRun question = conversations.question(Conversations.ODD_TEXT).in(session);
        runs.begin(question);

        assertThat(messages.recent(session, 10)).containsExactly(question.message());
    }

    @Test
    void an_unknown_run_is_not_found_and_an_unknown_session_has_none() {
        assertThat(runs.find(conversations.question("Why?").in(session).run().id()))
                .isEmpty();
        assertThat(runs.active(session)).isEmpty();
    }

    @Test
    void a_second_run_of_a_session_is_refused_and_leaves_nothing() {
        NewRun first = conversations.question("Why?").in(session);
        NewRun second = conversations.question("How?").withKey("key", "how").in(session);
        runs.begin(first);

        assertThat(runs.begin(second)).isEqualTo(new Begun.Busy(first.run().id()));
        assertThat(runs.find(second.run().id())).isEmpty();
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
    void a_run_that_ends_puts_its_answer_into_history_and_frees_the_place() {
        NewRun question = conversations.question("Why?").in(session);
        runs.begin(question);
        AssistantMessage answer = conversations.richAnswer(question.run());

        assertThat(runs.finish(new Lease(question.run(), 1), answer)).isTrue();
        assertThat(runs.active(session)).isEmpty();
        assertThat(runs.find(question.run().id())).contains(new RunRecord(question.run(), Optional.of(answer)));
        assertThat(messages.recent(session, 10)).containsExactly(question.message(), answer);
        begin(session);
    }

    @Test
    void a_run_ends_once() {
        Lease lease = begin(session);
        AssistantMessage answer = conversations.answer(lease.run(), "first");
        runs.finish(lease, answer);

        assertThat(runs.finish(lease, conversations.answer(lease.run(), "second")))
                .isFalse();
        assertThat(runs.find(lease.run().id()).orElseThrow().answer()).contains(answer);
        assertThat(messages.recent(session, 10)).hasSize(2);
    }

    @Test
    void many_who_end_a_run_at_once_leave_one_answer() throws Exception {
        Lease lease = begin(session);

        List<Boolean> ended =
                Racing.race(RACERS, i -> runs.finish(lease, conversations.answer(lease.run(), "from " + i)));

        assertThat(ended).containsOnlyOnce(true);
        assertThat(messages.recent(session, RACERS)).hasSize(2);
    }

    @Test
    void a_run_that_was_taken_over_is_ended_by_its_new_owner_only() {
        Lease lease = begin(session);
        clock.advance(LEASE);
        Lease newer = runs.takeOverExpired(LEASE, 1).getFirst();

        assertThat(newer).isEqualTo(new Lease(lease.run(), 2));
        assertThat(finish(lease)).isFalse();
        assertThat(runs.active(session)).contains(lease.run());
        assertThat(finish(newer)).isTrue();
    }

    @Test
    void a_lease_that_ran_out_is_good_until_somebody_takes_over() {
        Lease lease = begin(session);
        clock.advance(LEASE.multipliedBy(2));

        assertThat(runs.renew(List.of(lease), LEASE)).isEmpty();
        assertThat(runs.takeOverExpired(LEASE, 10)).isEmpty();
        assertThat(finish(lease)).isTrue();
    }

    @Test
    void a_lease_runs_out_when_its_time_is_over_and_not_before() {
        begin(session);
        clock.advance(LEASE.minusMillis(1));
        assertThat(runs.takeOverExpired(LEASE, 10)).isEmpty();

        clock.advance(Duration.ofMillis(1));
        assertThat(runs.takeOverExpired(LEASE, 10)).hasSize(1);
    }

    @Test
    void a_takeover_is_a_lease_of_its_own() {
        begin(session);
        clock.advance(LEASE);
        runs.takeOverExpired(LEASE, 10);

        assertThat(runs.takeOverExpired(LEASE, 10)).isEmpty();
        clock.advance(LEASE);
        assertThat(runs.takeOverExpired(LEASE, 10)).extracting(Lease::epoch).containsExactly(3L);
    }

    @Test
    void takeover_takes_as_many_as_asked_for_oldest_first() {
        Lease oldest = begin(conversations.someSession());
        clock.advance(Duration.ofSeconds(1));
        Lease middle = begin(conversations.someSession());
        clock.advance(Duration.ofSeconds(1));
        Lease newest = begin(conversations.someSession());
        clock.advance(LEASE);

        assertThat(runs.takeOverExpired(LEASE, 0)).isEmpty();
        assertThat(runs.takeOverExpired(LEASE, 2)).extracting(Lease::run).containsExactly(oldest.run(), middle.run());
        assertThat(runs.takeOverExpired(LEASE, 2)).extracting(Lease::run).containsExactly(newest.run());
    }

    @Test
    void many_who_take_over_at_once_get_each_run_once() throws Exception {
        for (int i = 0; i < MANY; i++) {
            begin(conversations.someSession());
        }
        clock.advance(LEASE);

        List<Lease> taken = Racing.race(RACERS, i -> runs.takeOverExpired(LEASE, MANY)).stream()
                .flatMap(List::stream)
                .toList();

        assertThat(taken).hasSize(MANY).doesNotHaveDuplicates();
    }

    @Test
    void a_run_that_is_over_is_not_taken_over() {
        finish(begin(session));
        clock.advance(LEASE);

        assertThat(runs.takeOverExpired(LEASE, 10)).isEmpty();
    }

    @Test
    void renewing_prolongs_from_now_on_and_tells_which_leases_are_lost() {
        Lease kept = begin(conversations.someSession());
        Lease ended = begin(conversations.someSession());
        Lease forgotten = begin(conversations.someSession());
        Lease lost = began(
                conversations.question("?").leasedFor(Duration.ofSeconds(1)).in(session));
        finish(ended);
        messages.clear(forgotten.run().sessionId());
        clock.advance(Duration.ofSeconds(1));
        runs.takeOverExpired(LEASE, 10);

        assertThat(runs.renew(List.of(kept, ended, forgotten, lost), LEASE)).containsExactlyInAnyOrder(forgotten, lost);
        clock.advance(LEASE.minusMillis(1));
        assertThat(runs.takeOverExpired(LEASE, 10)).isEmpty();
        clock.advance(Duration.ofMillis(1));
        assertThat(runs.takeOverExpired(LEASE, 10))
                .extracting(Lease::run)
                .containsExactlyInAnyOrder(kept.run(), lost.run());
    }

    @Test
    void renewing_nothing_loses_nothing() {
        assertThat(runs.renew(List.of(), LEASE)).isEmpty();
    }

    @Test
    void what_was_cleared_cannot_be_ended_and_its_key_is_free() {
        Lease lease = began(conversations.question("Why?").withKey("key", "why").in(session));
        messages.clear(session);

        assertThat(finish(lease)).isFalse();
        assertThat(runs.find(lease.run().id())).isEmpty();
        assertThat(runs.active(session)).isEmpty();
        assertThat(messages.recent(session, 10)).isEmpty();
        began(conversations.question("How?").withKey("key", "how").in(session));
    }

    private Lease begin(SessionId of) {
        return began(conversations.question("Why?").in(of));
    }

    private Lease began(NewRun question) {
        assertThat(runs.begin(question)).isEqualTo(new Begun.Started(new Lease(question.run(), 1)));
        return new Lease(question.run(), 1);
    }

    private boolean finish(Lease lease) {
        return runs.finish(lease, conversations.answer(lease.run(), "Because."));
    }
}
