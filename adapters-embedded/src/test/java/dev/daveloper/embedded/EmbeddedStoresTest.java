package dev.daveloper.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.chat.out.RunLog.Slice;
import dev.daveloper.application.chat.out.RunStore.Begun;
import dev.daveloper.application.chat.out.RunStore.NewRun;
import dev.daveloper.application.testkit.Conversations;
import dev.daveloper.application.testkit.ManualClock;
import dev.daveloper.application.testkit.Racing;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.Lease;
import dev.daveloper.domain.failures.StoreUnavailable;
import dev.daveloper.domain.sessions.Session;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.sessions.SessionToken;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EmbeddedStoresTest {
    private static final int TALKERS = 24;
    private static final int BEFORE_CLOSING = 200;
    private static final int SIDE_BY_SIDE = 4;
    private static final int ROUNDS = 10;

    @TempDir
    Path directory;

    @RegisterExtension
    final TestStores opener = new TestStores();

    private final ManualClock clock = new ManualClock();
    private final Conversations conversations = new Conversations(clock);

    @Test
    void what_a_directory_keeps_is_there_when_it_is_opened_again() {
        EmbeddedStores before = open();
        Session session = conversations.newSession();
        SessionToken token = conversations.newToken();
        before.sessionStore().create(session, token.hash(), clock.instant(), Optional.empty());
        NewRun question = conversations.question("Why?").withKey("key", "why").in(session.id());
        Lease lease = new Lease(question.run(), 1);
        before.runStore().begin(question);
        before.runLog().append(lease, Conversations.deltas(lease, 1, "Be", "cause."));
        before.runStore().finish(lease, conversations.answer(question.run(), "Because."));
        before.close();

        EmbeddedStores after = open();
        assertThat(after.sessionStore().find(token.hash())).contains(session);
        assertThat(after.messageStore().recent(session.id(), 10))
                .containsExactly(question.message(), conversations.answer(question.run(), "Because."));
        assertThat(after.runLog().read(question.run().ref(), Cursor.START, 10))
                .isEqualTo(new Slice.Held(Conversations.deltas(lease, 1, "Be", "cause.")));
        assertThat(after.runStore().begin(question)).isEqualTo(new Begun.Attached(question.run()));
    }

    @Test
    void the_runs_of_who_had_it_before_are_there_to_be_taken_over_at_once() {
        EmbeddedStores before = open();
        NewRun question =
                conversations.question("Why?").leasedFor(Duration.ofHours(1)).in(conversations.someSession());
        before.runStore().begin(question);
        before.close();

        EmbeddedStores after = open();
        assertThat(after.runStore().takeOverExpired(Duration.ofMinutes(1), 10))
                .containsExactly(new Lease(question.run(), 2));
        assertThat(after.runStore().takeOverExpired(Duration.ofMinutes(1), 10)).isEmpty();
    }

    @Test
    void what_is_kept_in_memory_is_gone_when_it_is_closed() {
        SessionId session = conversations.someSession();
        EmbeddedStores before = opener.open(Optional.empty(), clock);
        EmbeddedStores beside = opener.open(Optional.empty(), clock);
        before.runStore().begin(conversations.question("Why?").in(session));
        assertThat(beside.messageStore().recent(session, 10)).isEmpty();
        before.close();

        assertThat(opener.open(Optional.empty(), clock).messageStore().recent(session, 10))
                .isEmpty();
    }

    @Test
    void full_durability_keeps_the_same_promises() {
        SessionId session = conversations.someSession();
        EmbeddedStores stores =
                opener.open(EmbeddedStoresConfig.in(directory, clock).with(Durability.POWER_CUT));
        stores.runStore().begin(conversations.question("Why?").in(session));

        assertThat(stores.messageStore().recent(session, 10)).hasSize(1);
    }

    @Test
    void closing_under_load_loses_nothing_that_was_answered_and_ends_all_threads() throws Exception {
        EmbeddedStores stores = open();
        Set<SessionId> accepted = ConcurrentHashMap.newKeySet();
        CountDownLatch underLoad = new CountDownLatch(BEFORE_CLOSING);
        try (ExecutorService talkers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < TALKERS; i++) {
                talkers.execute(() -> talkUntilRefused(stores, accepted, underLoad));
            }
            underLoad.await();
            stores.close();
        }

        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("sqlite-"));
        EmbeddedStores after = open();
        assertThat(accepted)
                .hasSizeGreaterThanOrEqualTo(BEFORE_CLOSING)
                .allSatisfy(
                        session -> assertThat(after.runStore().active(session)).isPresent());
    }

    @Test
    void stores_that_are_closed_side_by_side_do_not_hang_in_each_other() throws Exception {
        Racing.race(SIDE_BY_SIDE, i -> {
            EmbeddedStoresConfig config = EmbeddedStoresConfig.in(directory.resolve("data-" + i), clock);
            for (int round = 0; round < ROUNDS; round++) {
                EmbeddedStores.open(config).close();
            }
            return i;
        });
    }

    private void talkUntilRefused(EmbeddedStores stores, Set<SessionId> accepted, CountDownLatch underLoad) {
        while (true) {
            SessionId session = conversations.someSession();
            try {
                stores.runStore().begin(conversations.question("Why?").in(session));
            } catch (StoreUnavailable e) {
                return;
            }
            accepted.add(session);
            underLoad.countDown();
        }
    }

    private EmbeddedStores open() {
        return opener.open(Optional.of(directory), clock);
    }
}
