package dev.daveloper.embedded.documents.ingestion;

import dev.daveloper.domain.Page;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.documents.Document;
import dev.daveloper.domain.documents.DocumentId;
import dev.daveloper.domain.documents.DocumentQuery;
import dev.daveloper.domain.documents.IngestionJob;
import dev.daveloper.domain.documents.MediaKind;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.embedded.SqliteConnection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The documents that were ingested, in the order in which they were, so that a page is never shifted by what comes
 * while somebody reads.
 */
final class DocumentList {
    /** What is listed of one scope; walked through by an index, in order. */
    private static final String PAGE = "SELECT " + JobRow.COLUMNS + ", listing FROM jobs"
            + " WHERE scope = ?1 AND state = 'completed' AND listing < ?2"
            + " AND (?3 IS NULL OR instr(folded_name, ?3) > 0) AND (?4 IS NULL OR kind = ?4)"
            + " ORDER BY listing DESC LIMIT ?5";

    private final Database database;

    DocumentList(Database database) {
        this.database = database;
    }

    private record Entry(Document document, long listing) {
        static Entry read(ResultSet row) throws SQLException {
            return new Entry(DocumentList.document(row), row.getLong("listing"));
        }
    }

    Optional<Document> find(DocumentId document) {
        return database.read(connection -> connection.first(
                "SELECT " + JobRow.COLUMNS + " FROM jobs WHERE document_id = ? AND state = 'completed'",
                DocumentList::document,
                document.value()));
    }

    Page<Document> page(DocumentQuery query, PageRequest page) {
        ListCursor cursor = new ListCursor(query);
        long before = page.cursor().map(cursor::read).orElse(Long.MAX_VALUE);
        List<Entry> found = database.read(connection -> newest(connection, query, before, page.limit() + 1));
        List<Entry> shown = found.subList(0, Math.min(found.size(), page.limit()));
        Optional<String> next = found.size() > page.limit()
                ? Optional.of(cursor.behind(shown.getLast().listing()))
                : Optional.empty();
        return new Page<>(shown.stream().map(Entry::document).toList(), next);
    }

    private static List<Entry> newest(SqliteConnection connection, DocumentQuery query, long before, int max)
            throws SQLException {
        @Nullable String name = query.nameContains().map(JobRow::folded).orElse(null);
        @Nullable String kind = query.kind().map(MediaKind::name).orElse(null);
        List<Entry> found = new ArrayList<>();
        for (Scope scope : query.scopes().stream().distinct().toList()) {
            found.addAll(connection.list(PAGE, Entry::read, JobRow.keyOf(scope), before, name, kind, max));
        }
        found.sort(Comparator.comparingLong(Entry::listing).reversed());
        return found;
    }

    private static Document document(ResultSet row) throws SQLException {
        if (JobRow.read(row).job() instanceof IngestionJob.Completed completed) {
            return completed.document();
        }
        throw new SQLException("a job that is listed is not completed");
    }
}
