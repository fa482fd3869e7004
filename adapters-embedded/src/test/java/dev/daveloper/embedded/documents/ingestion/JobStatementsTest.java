package dev.daveloper.embedded.documents.ingestion;

import static dev.daveloper.application.testkit.Uploads.ended;
import static dev.daveloper.application.testkit.Uploads.handOver;
import static dev.daveloper.application.testkit.Uploads.ingested;
import static dev.daveloper.application.testkit.Uploads.someSession;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.testkit.ManualClock;
import dev.daveloper.application.testkit.Uploads;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.documents.Document;
import dev.daveloper.domain.documents.DocumentQuery;
import dev.daveloper.domain.documents.IngestionJob.Ticket;
import dev.daveloper.domain.documents.JobId;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.embedded.SqliteConnection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the database does for the documents: by index, and with usage that is never counted anew. */
@Timeout(60)
class JobStatementsTest {
    /** Bringing all in order at the start goes through all; else only what is wanted is gone through, in order. */
    private static final String WANTED = "SCAN jobs( USING (COVERING )?INDEX jobs_(unfinished|processing))?";

    @RegisterExtension
    final TestDocuments opener = new TestDocuments();

    private final ManualClock clock = new ManualClock();
    private final TextReader reader = new TextReader();
    private final EmbeddedDocumentsConfig config = EmbeddedDocumentsConfig.inMemory(clock);
    private Storage storage;
    private EmbeddedDocuments documents;

    @BeforeEach
    void open() {
        storage = Storage.open(config);
        documents = opener.open(config, storage, reader);
    }

    @Test
    void no_statement_walks_through_all_jobs_or_sorts() {
        useEverything();
        Set<String> statements = storage.sqlite().read(SqliteConnection::prepared).stream()
                .filter(sql -> sql.matches("(SELECT|UPDATE|DELETE).*"))
                .collect(Collectors.toSet());

        assertThat(statements).hasSizeGreaterThan(20);
        for (String sql : statements) {
            List<String> plan = storage.sqlite()
                    .read(connection -> connection.list("EXPLAIN QUERY PLAN " + sql, row -> row.getString("detail")));
            assertThat(plan)
                    .as(sql)
                    .noneMatch(step -> step.startsWith("SCAN") && !step.matches(WANTED))
                    .noneMatch(step -> step.contains("TEMP B-TREE"));
        }
    }

    @Test
    void usage_is_what_a_count_would_say_whatever_happens() {
        Random random = new Random(7);
        List<Scope> scopes = List.of(Scope.SHARED, someSession(), someSession());
        List<Ticket> known = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            Scope scope = scopes.get(random.nextInt(scopes.size()));
            switch (random.nextInt(8)) {
                case 0 -> documents.cancel(anyJob(known, random));
                case 1 ->
                    known.stream()
                            .skip(random.nextInt(known.size() + 1))
                            .findFirst()
                            .ifPresent(job -> documents.delete(job.documentId()));
                case 2 ->
                    known.add(handOver(documents, scope, "blank.txt", " ".repeat(i + 1))
                            .job()
                            .ticket());
                case 3 -> {
                    if (random.nextInt(6) == 0) {
                        documents.deleteAll(scope);
                    }
                }
                default ->
                    known.add(handOver(documents, scope, "some.txt", "x".repeat(i + 1))
                            .job()
                            .ticket());
            }
            if (i % 10 == 0) {
                assertUsageIsRight();
            }
        }
        known.forEach(job -> documents.job(job.id()).ifPresent(left -> ended(documents, job.id())));
        assertUsageIsRight();
    }

    private static JobId anyJob(List<Ticket> known, Random random) {
        return known.isEmpty()
                ? Uploads.someJob()
                : known.get(random.nextInt(known.size())).id();
    }

    private void assertUsageIsRight() {
        // In one transaction, so that no worker changes anything between the two.
        storage.sqlite().write(connection -> {
            Map<String, List<Object>> found = new TreeMap<>();
            connection.list("SELECT scope, files, bytes, waiting FROM usage WHERE files > 0", row -> put(found, row));
            Map<String, List<Object>> counted = new TreeMap<>();
            String counts = "count(*) AS files, sum(bytes) AS bytes, sum(state = 'queued') AS waiting FROM jobs"
                    + " WHERE state NOT IN ('failed', 'cancelled')";
            connection.list("SELECT scope, " + counts + " GROUP BY scope", row -> put(counted, row));
            connection.list("SELECT '*' AS scope, " + counts + " HAVING count(*) > 0", row -> put(counted, row));
            assertThat(found).isEqualTo(counted);
            return found;
        });
    }

    private static boolean put(Map<String, List<Object>> into, ResultSet row) throws SQLException {
        into.put(row.getString("scope"), List.of(row.getInt("files"), row.getLong("bytes"), row.getInt("waiting")));
        return true;
    }

    private void useEverything() {
        Scope session = someSession();
        Document document = ingested(documents, session, "one.txt", "one").document();
        ended(
                documents,
                handOver(documents, session, "blank.txt", " ").job().ticket().id());
        documents.list(DocumentQuery.of(session.readable()), new PageRequest(1, Optional.empty()));
        documents.find(document.id());
        documents.jobs(session, 5);
        documents.unfinished(5);
        documents.cancel(document.jobId());
        documents.delete(document.id());
        documents.deleteAll(session);
        ingested(documents, session, "two.txt", "two");
        new JobTable(new Database(storage.sqlite()), config).forgetEnded();
    }
}
