package dev.daveloper.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.chat.out.RunStore.NewRun;
import dev.daveloper.application.testkit.Conversations;
import dev.daveloper.application.testkit.ManualClock;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.embedded.chat.LogRows;
import dev.daveloper.embedded.chat.SqliteMessageStore;
import dev.daveloper.embedded.chat.SqliteRunStore;
import dev.daveloper.embedded.webhooks.EventRows;
import dev.daveloper.stored.chat.NearHistory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ResealingTest {
    /** More than two transactions' worth. */
    private static final int MESSAGES = 410;

    @TempDir
    Path directory;

    private final ManualClock clock = new ManualClock();
    private final Conversations conversations = new Conversations(clock);
    private final List<SessionId> sessions = new ArrayList<>();
    private Sqlite sqlite;

    @AfterEach
    void close() {
        sqlite.close();
    }

    @Test
    void what_ends_it_half_way_leaves_all_readable_and_the_next_start_goes_on() {
        ContentSeal plain = open();
        ask(plain, MESSAGES / 2);
        ContentSeal first = reopen("k1");
        ask(first, MESSAGES / 2);
        ContentSeal second = reopen("k2", "k1");
        assertThat(new Resealing(sqlite, second).step()).isTrue();
        assertThat(sealedBy(second.number())).isEqualTo(200);

        // As after a kill: nothing but what was committed is there.
        ContentSeal again = reopen("k2", "k1");
        assertThat(again.number()).isEqualTo(second.number());
        assertAllIsReadable(again);
        finish(new Resealing(sqlite, again));
        assertThat(sealedBy(again.number())).isEqualTo(MESSAGES);
        assertAllIsReadable(again);

        ContentSeal alone = reopen("k2");
        assertThat(alone.others()).containsExactly(0L);
        assertAllIsReadable(alone);
    }

    @Test
    void what_is_written_meanwhile_is_sealed_with_the_first_key_and_left_alone() {
        ask(open("k1"), MESSAGES / 2);
        ContentSeal seal = reopen("k2", "k1");
        Resealing resealing = new Resealing(sqlite, seal);
        resealing.step();
        ask(seal, 1);
        finish(resealing);

        assertThat(sealedBy(seal.number())).isEqualTo(MESSAGES / 2 + 1);
        assertAllIsReadable(seal);
    }

    @Test
    void what_cannot_be_opened_stays_as_it_is_and_does_not_hold_up_the_rest() {
        ask(open("k1"), MESSAGES);
        sqlite.write(connection -> connection.update("UPDATE messages SET content = x'01026b31' WHERE position <= 3"));
        ContentSeal seal = reopen("k2", "k1");
        finish(new Resealing(sqlite, seal));

        assertThat(sealedBy(seal.number())).isEqualTo(MESSAGES - 3);
        assertThat(seal.others()).hasSize(2);
    }

    @Test
    void a_row_that_has_gone_meanwhile_does_not_come_back() {
        ask(open("k1"), 1);
        ContentSeal seal = reopen("k2", "k1");
        SealedTable.Found found = sqlite.read(connection -> {
            List<SealedTable.Found> all = new ArrayList<>();
            SealedTable.MESSAGES.walk(
                    connection,
                    1,
                    10,
                    row -> all.add(SealedTable.MESSAGES.found().read(row)));
            return all.getFirst();
        });
        new SqliteMessageStore(sqlite, seal, new NearHistory()).clear(sessions.getFirst());
        sqlite.write(connection -> {
            SealedTable.MESSAGES.replace(connection, found, 1, found.stored(), seal.number());
            return true;
        });

        assertThat(new SqliteMessageStore(sqlite, seal, new NearHistory()).recent(sessions.getFirst(), 10))
                .isEmpty();
        assertThat(sealedBy(seal.number())).isZero();
    }

    @Test
    void it_ends_when_it_is_closed() {
        ask(open("k1"), MESSAGES);
        Resealing resealing = new Resealing(sqlite, reopen("k2", "k1"));
        resealing.start();
        resealing.close();
        resealing.close();

        assertThat(resealing.thread.isAlive()).isFalse();
    }

    private static void finish(Resealing resealing) {
        int steps = 0;
        while (resealing.step()) {
            assertThat(++steps).isLessThan(MESSAGES);
        }
    }

    private void ask(ContentSeal seal, int times) {
        SqliteRunStore runs =
                new SqliteRunStore(sqlite, clock, seal, new EventRows(seal), new LogRows(seal), new NearHistory());
        for (int i = 0; i < times; i++) {
            NewRun question = conversations.question("Why?").in(conversations.someSession());
            runs.begin(question);
            sessions.add(question.run().sessionId());
        }
    }

    private void assertAllIsReadable(ContentSeal seal) {
        SqliteMessageStore messages = new SqliteMessageStore(sqlite, seal, new NearHistory());
        assertThat(sessions)
                .allSatisfy(session -> assertThat(messages.recent(session, 10)).hasSize(1));
    }

    private long sealedBy(long key) {
        return sqlite.read(connection -> SealedTable.MESSAGES.count(connection, key));
    }

    private ContentSeal reopen(String... keys) {
        sqlite.close();
        return open(keys);
    }

    private ContentSeal open(String... keys) {
        sqlite = Sqlite.open(EmbeddedStoresConfig.in(directory, clock), Schema.CONVERSATIONS);
        return ContentSeal.open(sqlite, TestStores.keys(keys));
    }
}
