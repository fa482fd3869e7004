package dev.daveloper.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.sessions.out.SessionStore.AddressQuota;
import dev.daveloper.application.testkit.Conversations;
import dev.daveloper.application.testkit.ManualClock;
import dev.daveloper.domain.ContentKeys;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.Lease;
import dev.daveloper.domain.sessions.AddressHash;
import dev.daveloper.domain.sessions.ClientAddress;
import dev.daveloper.domain.sessions.Session;
import dev.daveloper.domain.sessions.SessionEnd;
import dev.daveloper.embedded.chat.LogRows;
import dev.daveloper.embedded.chat.SqliteMessageStore;
import dev.daveloper.embedded.chat.SqliteRunLog;
import dev.daveloper.embedded.chat.SqliteRunStore;
import dev.daveloper.embedded.sessions.SqliteSessionStore;
import dev.daveloper.embedded.webhooks.EventRows;
import dev.daveloper.embedded.webhooks.EveryWebhookStatement;
import dev.daveloper.stored.chat.NearHistory;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexUseTest {
    /** What goes through an index or a table from its beginning, and may. */
    private static final Set<String> SCANS = Set.of(
            // Opening ends the leases of all runs in the making: an index of just those is gone through.
            "SCAN runs USING INDEX runs_by_lease",
            // What an index found of one conversation, of which no more is counted than the statement says.
            "SCAN (subquery-1)",
            // There are a handful at most, and all are wanted.
            "SCAN content_keys",
            // As many as are configured at most: all are wanted, or how many there are.
            "SCAN webhook_endpoints USING INDEX webhook_endpoints_by_age",
            "SCAN webhook_endpoints USING COVERING INDEX webhook_endpoints_by_key",
            // An index of just those that wait, of which the first few are taken.
            "SCAN e USING INDEX webhook_outbox",
            // Values and no table.
            "SCAN CONSTANT ROW");

    /** What is sorted and is never much: an endpoint's statistics, some thirty lines for each hour of a week. */
    private static final Set<String> SORTED =
            Set.of("SELECT what, sum(count) FROM webhook_tallies WHERE endpoint = ? AND hour >= ? GROUP BY what");

    @TempDir
    Path directory;

    private final ManualClock clock = new ManualClock();
    private final Conversations conversations = new Conversations(clock);

    @Test
    void no_statement_of_ours_walks_through_a_table_or_sorts() throws Exception {
        try (Sqlite sqlite = Sqlite.open(EmbeddedStoresConfig.inMemory(clock), Schema.CONVERSATIONS)) {
            useEverything(sqlite);
            useWebhooks(sqlite);
            useKeys(sqlite);
            Set<String> statements = sqlite.read(SqliteConnection::prepared).stream()
                    .filter(sql -> sql.matches("(?s)(SELECT|INSERT|UPDATE|DELETE).*"))
                    .collect(Collectors.toSet());

            assertThat(statements).hasSizeGreaterThan(120).containsAll(SORTED);
            for (String sql : statements) {
                assertFoundByIndex(sqlite, sql);
            }
        }
    }

    @Test
    void no_trigger_of_ours_walks_through_a_table_or_sorts() throws Exception {
        try (Sqlite sqlite = Sqlite.open(EmbeddedStoresConfig.inMemory(clock), Schema.CONVERSATIONS)) {
            List<String> triggers = sqlite.read(connection ->
                    connection.list("SELECT sql FROM sqlite_schema WHERE type = 'trigger'", row -> row.getString(1)));

            assertThat(triggers).hasSize(3);
            for (String trigger : triggers) {
                // Plans do not tell of triggers, so that each of their statements is asked for by itself.
                String body = trigger.substring(trigger.indexOf("BEGIN") + 5, trigger.lastIndexOf(';'));
                for (String sql : body.replaceAll("\\b(old|new)\\.\\w+", "?").split(";", -1)) {
                    assertFoundByIndex(sqlite, sql);
                }
            }
        }
    }

    private static void assertFoundByIndex(Sqlite sqlite, String sql) {
        List<String> plan =
                sqlite.read(connection -> connection.list("EXPLAIN QUERY PLAN " + sql, row -> row.getString(4)));
        assertThat(plan)
                .as(sql)
                .noneMatch(step -> step.startsWith("SCAN") && !SCANS.contains(step))
                .noneMatch(step -> step.contains("AUTOMATIC"))
                .noneMatch(step -> step.contains("TEMP B-TREE") && !SORTED.contains(sql));
    }

    private void useEverything(Sqlite sqlite) throws InterruptedException {
        ContentSeal seal = ContentSeal.open(sqlite, ContentKeys.NONE);
        SqliteRunStore runs =
                new SqliteRunStore(sqlite, clock, seal, new EventRows(seal), new LogRows(seal), new NearHistory());
        SqliteMessageStore messages = new SqliteMessageStore(sqlite, seal, new NearHistory());
        SqliteSessionStore sessions = new SqliteSessionStore(sqlite, new EventRows(seal));
        Session session = conversations.newSession();
        var token = conversations.newToken().hash();
        ClientAddress address = ClientAddress.of(InetAddress.getLoopbackAddress());
        AddressQuota quota = new AddressQuota(AddressHash.of(address, new byte[AddressHash.MIN_SECRET_BYTES]), 1);
        sessions.create(session, token, clock.instant(), Optional.of(quota));
        sessions.find(token);
        sessions.touch(session.id(), clock.instant(), clock.instant());
        sessions.expired(clock.instant(), 10);
        var question = conversations.question("Why?").withKey("key", "why").in(session.id());
        runs.begin(question);
        useRun(sqlite, seal, runs);
        messages.recent(session.id(), 10);
        var cursor = messages.page(session.id(), new PageRequest(1, Optional.empty()))
                .nextCursor();
        messages.page(session.id(), new PageRequest(1, cursor));
        clock.advance(Duration.ofMinutes(1));
        new SqliteRunLog(sqlite, seal, new LogRows(seal)).forget(clock.instant());
        runs.forgetKeys(clock.instant());
        messages.clear(session.id());
        var next = conversations.newToken().hash();
        sessions.renew(session.id(), token, next, clock.instant(), clock.instant());
        sessions.end(session.id(), SessionEnd.ENDED, clock.instant());
        sessions.delete(session.id());
        sessions.counts();
    }

    private void useRun(Sqlite sqlite, ContentSeal seal, SqliteRunStore runs) throws InterruptedException {
        SqliteRunLog log = new SqliteRunLog(sqlite, seal, new LogRows(seal));
        runs.endAllLeases();
        Lease lease = runs.takeOverExpired(Duration.ofMinutes(1), 10).getFirst();
        runs.renew(List.of(lease, new Lease(lease.run(), 1)), Duration.ofMinutes(1));
        log.append(lease, Conversations.deltas(lease, 1, "a", "b"));
        log.read(lease.run().ref(), Cursor.START, 10);
        log.awaitMore(lease.run().ref(), Cursor.START, Duration.ofMillis(1));
        runs.finish(
                lease, conversations.answer(lease.run(), "abc"), Conversations.deltas(lease, 3, "c"), Optional.empty());
        runs.find(lease.run().ref());
        runs.active(lease.run().sessionId());
    }

    private void useWebhooks(Sqlite sqlite) {
        EveryWebhookStatement webhooks =
                new EveryWebhookStatement(sqlite, ContentSeal.open(sqlite, ContentKeys.NONE), clock, directory);
        webhooks.run();
        webhooks.leaveSome();
    }

    private void useKeys(Sqlite sqlite) {
        ContentSeal before = ContentSeal.open(sqlite, TestStores.keys("k1"));
        new SqliteRunStore(sqlite, clock, before, new EventRows(before), new LogRows(before), new NearHistory())
                .begin(conversations.question("Why?").withKey("key", "why").in(conversations.someSession()));
        new EveryWebhookStatement(sqlite, before, clock, directory).leaveSome();
        assertThatThrownBy(() -> ContentSeal.open(sqlite, ContentKeys.NONE)).isInstanceOf(UnusableDataDirectory.class);
        Resealing resealing = new Resealing(sqlite, ContentSeal.open(sqlite, TestStores.keys("k2", "k1")));
        resealing.start();
        await().until(() -> sqlite.read(connection ->
                        connection.list("SELECT name FROM content_keys WHERE name = 'k1'", row -> row.getString(1)))
                .isEmpty());
        resealing.close();
    }
}
