package dev.daveloper.application.testkit;

import static dev.daveloper.application.testkit.Conversations.at;
import static dev.daveloper.application.testkit.Conversations.deltas;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.chat.out.RunLog;
import dev.daveloper.application.chat.out.RunLog.Appended;
import dev.daveloper.application.chat.out.RunLog.Slice;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.Lease;
import dev.daveloper.domain.chat.LoggedEvent;
import dev.daveloper.domain.chat.RunRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link RunLog} does. */
public abstract class RunLogContract extends ChatStoresContract {
    private static final Appended WRITTEN = new Appended.Written(false);
    private static final int RACERS = 16;
    private static final int ALL = 1_000;
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(20);

    private RunLog log;

    @BeforeEach
    void findLog() {
        log = stores.log();
    }

    @Test
    void an_unknown_run_has_no_log() {
        RunRef unknown = conversations
                .question("?")
                .in(conversations.someSession())
                .run()
                .ref();

        assertThat(log.read(unknown, Cursor.START, ALL)).isEqualTo(new Slice.Gone());
    }

    @Test
    void a_run_that_began_has_an_empty_log() {
        assertThat(held(begin(), Cursor.START)).isEmpty();
    }

    @Test
    void every_kind_of_event_comes_back_exactly() {
        Lease lease = begin();
        List<LoggedEvent> batch = at(lease, 1, conversations.everyKindOfEvent(lease.run()));

        assertThat(log.append(lease, batch)).isEqualTo(WRITTEN);
        assertThat(held(lease, Cursor.START)).isEqualTo(batch);
    }

    @Test
    void batches_stand_one_behind_the_other_and_are_read_from_anywhere() {
        Lease lease = begin();
        List<LoggedEvent> all = new ArrayList<>();
        long seq = 1;
        for (int size = 1; size <= 6; size++) {
            List<LoggedEvent> batch = deltas(lease, seq, texts(size));
            log.append(lease, batch);
            all.addAll(batch);
            seq += size;
        }

        for (int after = 0; after <= all.size() + 1; after++) {
            List<LoggedEvent> behind = all.subList(Math.min(after, all.size()), all.size());
            assertThat(held(lease, new Cursor(1, after))).isEqualTo(behind);
            assertThat(log.read(lease.run().ref(), new Cursor(1, after), 2))
                    .isEqualTo(new Slice.Held(behind.subList(0, Math.min(2, behind.size()))));
        }
    }

    @Test
    void a_batch_that_is_added_twice_is_there_once() {
        Lease lease = begin();
        List<LoggedEvent> first = deltas(lease, 1, "a", "b");
        List<LoggedEvent> second = deltas(lease, 3, "c");
        log.append(lease, first);
        log.append(lease, second);

        assertThat(log.append(lease, first)).isEqualTo(WRITTEN);
        assertThat(log.append(lease, second)).isEqualTo(WRITTEN);
        assertThat(held(lease, Cursor.START)).isEqualTo(deltas(lease, 1, "a", "b", "c"));
    }

    @Test
    void a_batch_that_is_added_again_with_more_behind_it_adds_the_rest() {
        Lease lease = begin();
        log.append(lease, deltas(lease, 1, "a", "b"));

        assertThat(log.append(lease, deltas(lease, 1, "a", "b", "c"))).isEqualTo(WRITTEN);
        assertThat(held(lease, Cursor.START)).isEqualTo(deltas(lease, 1, "a", "b", "c"));
    }

    @Test
    void a_batch_that_leaves_a_gap_is_refused_and_told_where_the_log_ends() {
        Lease lease = begin();

        assertThat(log.append(lease, deltas(lease, 3, "c"))).isEqualTo(new Appended.Behind(0));
        log.append(lease, deltas(lease, 1, "a"));
        assertThat(log.append(lease, deltas(lease, 3, "c"))).isEqualTo(new Appended.Behind(1));
        assertThat(held(lease, Cursor.START)).isEqualTo(deltas(lease, 1, "a"));
    }

    @Test
    void many_who_add_the_same_batch_at_once_add_it_once() throws Exception {
        Lease lease = begin();

        assertThat(Racing.race(RACERS, i -> log.append(lease, deltas(lease, 1, "a", "b"))))
                .containsOnly(WRITTEN);
        assertThat(held(lease, Cursor.START)).isEqualTo(deltas(lease, 1, "a", "b"));
    }

    @Test
    void runs_are_written_side_by_side() throws Exception {
        Racing.race(RACERS, i -> {
            Lease lease = begin();
            for (int seq = 1; seq <= 20; seq++) {
                assertThat(log.append(lease, deltas(lease, seq, i + "/" + seq))).isEqualTo(WRITTEN);
            }
            assertThat(held(lease, new Cursor(1, 18))).isEqualTo(deltas(lease, 19, i + "/19", i + "/20"));
            return i;
        });
    }

    @Test
    void a_reader_sees_whole_batches_only() throws Exception {
        Lease lease = begin();
        int batches = 50;

        List<Boolean> whole = Racing.race(2, i -> {
            boolean ok = true;
            for (int n = 0; n < batches; n++) {
                if (i == 0) {
                    log.append(lease, deltas(lease, 1 + n * 3L, "a", "b", "c"));
                } else {
                    ok &= held(lease, Cursor.START).size() % 3 == 0;
                }
            }
            return ok;
        });

        assertThat(whole).containsOnly(true);
        assertThat(held(lease, Cursor.START)).hasSize(batches * 3);
    }

    @Test
    void a_new_owner_writes_behind_the_old_one_who_writes_no_more() {
        Lease old = begin();
        log.append(old, deltas(old, 1, "a", "b"));
        Lease newer = takeOver();

        assertThat(log.append(newer, deltas(newer, 1, "c"))).isEqualTo(WRITTEN);
        assertThat(log.append(old, deltas(old, 3, "zombie"))).isEqualTo(new Appended.Superseded());

        List<LoggedEvent> expected = new ArrayList<>(deltas(old, 1, "a", "b"));
        expected.addAll(deltas(newer, 1, "c"));
        assertThat(held(old, Cursor.START)).isEqualTo(expected);
        assertThat(held(old, new Cursor(1, 1))).isEqualTo(expected.subList(1, 3));
        assertThat(held(old, new Cursor(1, 999))).isEqualTo(expected.subList(2, 3));
        assertThat(held(old, new Cursor(2, 0))).isEqualTo(expected.subList(2, 3));
        assertThat(held(old, new Cursor(2, 1))).isEmpty();
    }

    @Test
    void a_run_whose_message_is_in_history_still_gets_its_last_events() {
        Lease lease = begin();
        assertThat(finish(lease)).isTrue();

        assertThat(log.append(lease, deltas(lease, 1, "a"))).isEqualTo(WRITTEN);
        assertThat(held(lease, Cursor.START)).hasSize(1);
    }

    @Test
    void the_log_of_a_cleared_session_is_gone_for_good() {
        Lease lease = begin();
        log.append(lease, deltas(lease, 1, "a"));
        stores.messages().clear(lease.run().sessionId());

        assertThat(log.read(lease.run().ref(), Cursor.START, ALL)).isEqualTo(new Slice.Gone());
        assertThat(log.append(lease, deltas(lease, 2, "b"))).isEqualTo(new Appended.Cleared());
        assertThat(log.read(lease.run().ref(), Cursor.START, ALL)).isEqualTo(new Slice.Gone());
    }

    @Test
    void logs_are_forgotten_by_when_their_run_ended() {
        Lease early = begin();
        Lease late = begin();
        Lease running = begin();
        for (Lease lease : List.of(early, late, running)) {
            log.append(lease, deltas(lease, 1, "a"));
        }
        assertThat(finish(early)).isTrue();
        clock.advance(Duration.ofMinutes(1));
        assertThat(finish(late)).isTrue();

        log.forget(clock.instant());

        assertThat(log.read(early.run().ref(), Cursor.START, ALL)).isEqualTo(new Slice.Gone());
        assertThat(held(late, Cursor.START)).hasSize(1);
        assertThat(held(running, Cursor.START)).hasSize(1);
        assertThat(stores.runs().find(early.run().ref()).orElseThrow().answer()).isPresent();
    }

    @Test
    void a_great_many_logs_are_forgotten_at_once() {
        List<Lease> leases = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            Lease lease = begin();
            log.append(lease, deltas(lease, 1, "a"));
            assertThat(finish(lease)).isTrue();
            leases.add(lease);
        }
        clock.advance(Duration.ofMinutes(1));

        log.forget(clock.instant());

        assertThat(leases)
                .allSatisfy(lease -> assertThat(log.read(lease.run().ref(), Cursor.START, ALL))
                        .isEqualTo(new Slice.Gone()));
    }

    @Test
    @Timeout(30)
    void who_waits_is_woken_by_what_comes() throws Exception {
        Lease lease = begin();
        CountDownLatch about = new CountDownLatch(1);

        Racing.race(2, i -> {
            if (i == 0) {
                // More may be early for no reason, so it is asked again until there is some.
                while (held(lease, Cursor.START).isEmpty()) {
                    about.countDown();
                    await(lease, Cursor.START, LONG);
                }
            } else {
                await(about);
                log.append(lease, deltas(lease, 1, "a"));
            }
            return i;
        });
    }

    @Test
    @Timeout(30)
    void who_waits_for_what_is_there_already_does_not_wait() {
        Lease lease = begin();
        log.append(lease, deltas(lease, 1, "a", "b"));

        await(lease, new Cursor(1, 1), LONG);
    }

    @Test
    @Timeout(30)
    void who_waits_for_nothing_waits_no_longer_than_patience() {
        Lease lease = begin();
        log.append(lease, deltas(lease, 1, "a"));

        await(lease, new Cursor(1, 1), SHORT);
    }

    private List<LoggedEvent> held(Lease lease, Cursor after) {
        Slice slice = log.read(lease.run().ref(), after, ALL);
        assertThat(slice).isInstanceOf(Slice.Held.class);
        return ((Slice.Held) slice).events();
    }

    private void await(Lease lease, Cursor after, Duration patience) {
        try {
            log.awaitMore(lease.run().ref(), after, patience);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String[] texts(int count) {
        String[] texts = new String[count];
        for (int i = 0; i < count; i++) {
            texts[i] = count + "." + i;
        }
        return texts;
    }
}
