package dev.daveloper.embedded.documents.ingestion;

import static dev.daveloper.application.testkit.Uploads.ingested;
import static dev.daveloper.application.testkit.Uploads.someSession;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.daveloper.domain.Page;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.documents.Document;
import dev.daveloper.domain.documents.DocumentQuery;
import dev.daveloper.domain.documents.MediaKind;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.failures.InvalidRequest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class DocumentListTest {
    @RegisterExtension
    final TestDocuments opener = new TestDocuments();

    private final Scope session = someSession();
    private final DocumentQuery readable = DocumentQuery.of(session.readable());
    private EmbeddedDocuments documents;

    @BeforeEach
    void open() {
        documents = opener.open(Optional.empty(), new TextReader());
    }

    @Test
    void several_scopes_are_one_list_in_order() {
        Document own1 = add(session, "own 1.txt");
        Document shared1 = add(Scope.SHARED, "shared 1.txt");
        Document own2 = add(session, "own 2.txt");
        add(someSession(), "foreign.txt");
        Document shared2 = add(Scope.SHARED, "shared 2.txt");

        Page<Document> first = page(readable, 3, Optional.empty());
        Page<Document> second = page(readable, 3, first.nextCursor());

        assertThat(first.items()).containsExactly(shared2, own2, shared1);
        assertThat(second.items()).containsExactly(own1);
        assertThat(second.nextCursor()).isEmpty();
    }

    @Test
    void pages_do_not_shift_when_documents_come_and_go() {
        Document oldest = add(session, "1.txt");
        Document middle = add(session, "2.txt");
        Document newest = add(session, "3.txt");
        Page<Document> first = page(readable, 1, Optional.empty());
        add(session, "4.txt");
        documents.delete(newest.id());

        assertThat(first.items()).containsExactly(newest);
        assertThat(page(readable, 5, first.nextCursor()).items()).containsExactly(middle, oldest);
    }

    @Test
    void a_cursor_is_good_for_its_own_query_alone() {
        add(session, "1.txt");
        add(session, "2.txt");
        String cursor = page(readable, 1, Optional.empty()).nextCursor().orElseThrow();

        assertThat(page(readable, 1, Optional.of(cursor)).items()).hasSize(1);
        for (DocumentQuery other : List.of(
                DocumentQuery.of(List.of(session)),
                new DocumentQuery(session.readable(), Optional.of("txt"), Optional.empty()),
                new DocumentQuery(session.readable(), Optional.empty(), Optional.of(MediaKind.TEXT)))) {
            assertRefused(other, cursor);
        }
        assertRefused(readable, "A" + cursor.substring(1, cursor.length() - 2) + "AA");
        assertRefused(readable, cursor + "AA");
        assertRefused(readable, "");
        assertRefused(readable, "§$%");
    }

    @Test
    void what_a_name_is_looked_for_by_is_taken_as_it_stands_in_any_case() {
        Document percent = add(session, "100% sure.txt");
        Document underscore = add(session, "snake_case.txt");
        Document umlaut = add(session, "STRASSENBÄUME.txt");

        assertThat(named("%")).containsExactly(percent);
        assertThat(named("_")).containsExactly(underscore);
        assertThat(named("straßenbäume")).containsExactly(umlaut);
        assertThat(named("SURE")).containsExactly(percent);
        assertThat(named("'; DROP TABLE jobs; --")).isEmpty();
        assertThat(named("")).containsExactly(umlaut, underscore, percent);
    }

    private Document add(Scope scope, String name) {
        return ingested(documents, scope, name, "The text of " + name).document();
    }

    private List<Document> named(String part) {
        return page(new DocumentQuery(List.of(session), Optional.of(part), Optional.empty()), 10, Optional.empty())
                .items();
    }

    private Page<Document> page(DocumentQuery query, int limit, Optional<String> cursor) {
        return documents.list(query, new PageRequest(limit, cursor));
    }

    private void assertRefused(DocumentQuery query, String cursor) {
        assertThatExceptionOfType(InvalidRequest.class)
                .as(cursor)
                .isThrownBy(() -> page(query, 1, Optional.of(cursor)));
    }
}
