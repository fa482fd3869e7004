package dev.daveloper.application.testkit;

import static dev.daveloper.application.testkit.Conversations.LEASE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.chat.out.MessageStore;
import dev.daveloper.application.chat.out.RunStore;
import dev.daveloper.application.chat.out.RunStore.Standing;
import dev.daveloper.domain.chat.Lease;
import dev.daveloper.domain.chat.RunRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link RunStore} does with the leases of its runs. */
public abstract class RunLeasesContract extends ChatStoresContract {
    private static final int RACERS = 32;
    private static final int MANY = 100;

    private RunStore runs;
    private MessageStore messages;

    @BeforeEach
    void findStores() {
        runs = stores.runs();
        messages = stores.messages();
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

        assertThat(runs.renew(List.of(lease), LEASE)).isEqualTo(Map.of(lease, Standing.OWNED));
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
        Lease lost = begin(
                conversations.question("?").leasedFor(Duration.ofSeconds(1)).in(session));
        finish(ended);
        messages.clear(forgotten.run().sessionId());
        clock.advance(Duration.ofSeconds(1));
        runs.takeOverExpired(LEASE, 10);

        assertThat(runs.renew(List.of(kept, ended, forgotten, lost), LEASE))
                .isEqualTo(Map.of(
                        kept, Standing.OWNED,
                        ended, Standing.OVER,
                        forgotten, Standing.CLEARED,
                        lost, Standing.SUPERSEDED));
        clock.advance(LEASE.minusMillis(1));
        assertThat(runs.takeOverExpired(LEASE, 10)).isEmpty();
        clock.advance(Duration.ofMillis(1));
        assertThat(runs.takeOverExpired(LEASE, 10))
                .extracting(Lease::run)
                .containsExactlyInAnyOrder(kept.run(), lost.run());
    }

    @Test
    void an_owner_learns_that_its_run_is_unwanted_as_often_as_it_asks() {
        Lease lease = begin(session);
        runs.cancel(lease.run().ref());
        runs.cancel(lease.run().ref());

        assertThat(runs.renew(List.of(lease), LEASE)).containsEntry(lease, Standing.UNWANTED);
        assertThat(runs.renew(List.of(lease), LEASE)).containsEntry(lease, Standing.UNWANTED);
        assertThat(finish(lease)).isTrue();
        assertThat(runs.renew(List.of(lease), LEASE)).containsEntry(lease, Standing.OVER);
    }

    @Test
    void a_run_cannot_be_cancelled_by_another_sessions_name_and_one_that_is_over_stays_so() {
        Lease lease = begin(session);
        runs.cancel(new RunRef(conversations.someSession(), lease.run().id()));

        assertThat(runs.renew(List.of(lease), LEASE)).containsEntry(lease, Standing.OWNED);
        finish(lease);
        runs.cancel(lease.run().ref());
        assertThat(runs.renew(List.of(lease), LEASE)).containsEntry(lease, Standing.OVER);
    }

    @Test
    void renewing_nothing_loses_nothing() {
        assertThat(runs.renew(List.of(), LEASE)).isEmpty();
    }
}
