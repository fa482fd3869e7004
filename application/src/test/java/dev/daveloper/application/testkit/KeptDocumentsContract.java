package dev.daveloper.application.testkit;

import static dev.daveloper.application.testkit.Uploads.ingested;
import static dev.daveloper.application.testkit.Uploads.someSession;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daveloper.application.documents.out.DocumentService;
import dev.daveloper.application.documents.out.PassageSearch;
import dev.daveloper.domain.Page;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.documents.Document;
import dev.daveloper.domain.documents.DocumentQuery;
import dev.daveloper.domain.documents.FoundPassage;
import dev.daveloper.domain.documents.MediaKind;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.failures.InvalidRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every document service keeps of ingested documents: listing, finding, forgetting, and whose they are. */
public abstract class KeptDocumentsContract {
    private static final String SEAGULLS = "The lighthouse keeper feeds the seagulls at dawn.";
    private static final String BAKERY = "The bakery opens before sunrise and sells poppy rolls.";

    /** The service under test; the same within one test. */
    protected abstract DocumentService service();

    /** The search over the same documents. */
    protected abstract PassageSearch search();

    @Test
    void documents_are_listed_newest_first_in_pages() {
        Scope session = someSession();
        List<Document> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.addFirst(
                    ingested(service(), session, i + ".txt", "Text number " + i).document());
        }

        List<Document> listed = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page<Document> page = service().list(DocumentQuery.of(List.of(session)), new PageRequest(2, cursor));
            assertThat(page.items()).hasSizeBetween(1, 2);
            listed.addAll(page.items());
            cursor = page.nextCursor();
        } while (cursor.isPresent());

        assertThat(listed).isEqualTo(made);
    }

    @Test
    void a_cursor_that_was_not_given_is_refused() {
        DocumentQuery query = DocumentQuery.of(List.of(someSession()));

        assertThatThrownBy(() -> service().list(query, new PageRequest(2, Optional.of("no cursor"))))
                .isInstanceOf(InvalidRequest.class);
    }

    @Test
    void a_list_is_narrowed_by_name_kind_and_scope() {
        Scope session = someSession();
        Document report =
                ingested(service(), session, "Annual REPORT 100%.txt", SEAGULLS).document();
        Document notes = ingested(service(), session, "notes.txt", BAKERY).document();

        assertThat(listed(new DocumentQuery(List.of(session), Optional.of("report"), Optional.empty())))
                .containsExactly(report);
        assertThat(listed(new DocumentQuery(List.of(session), Optional.of("%"), Optional.empty())))
                .containsExactly(report);
        assertThat(listed(new DocumentQuery(List.of(session), Optional.empty(), Optional.of(MediaKind.TEXT))))
                .containsExactly(notes, report);
        assertThat(listed(new DocumentQuery(List.of(session), Optional.empty(), Optional.of(MediaKind.PDF))))
                .isEmpty();
        assertThat(listed(DocumentQuery.of(List.of(someSession())))).isEmpty();
    }

    @Test
    void passages_are_found_by_their_words_and_told_where_they_stand() throws InterruptedException {
        Scope session = someSession();
        Document document = ingested(service(), session, "town.txt", SEAGULLS + "\n\n" + BAKERY)
                .document();

        FoundPassage found = search().search("When does the bakery sell poppy rolls?", List.of(session), 5)
                .getFirst();

        assertThat(found.documentId()).isEqualTo(document.id());
        assertThat(found.documentName()).isEqualTo("town.txt");
        assertThat(found.text()).contains(BAKERY);
        assertThat(found.start()).isLessThanOrEqualTo(SEAGULLS.length() + 2);
        assertThat(found.page()).isEmpty();
    }

    @Test
    void a_document_is_found_by_its_name() throws InterruptedException {
        Scope session = someSession();
        ingested(service(), session, "harbour.txt", SEAGULLS);
        ingested(service(), session, "market.txt", BAKERY);

        assertThat(search().search("What is in harbour.txt?", List.of(session), 5)
                        .getFirst()
                        .documentName())
                .isEqualTo("harbour.txt");
    }

    @Test
    void a_search_without_a_question_finds_how_documents_begin_the_latest_first() throws InterruptedException {
        Scope session = someSession();
        ingested(service(), session, "first.txt", SEAGULLS);
        ingested(service(), session, "second.txt", BAKERY + "\n\n" + "x".repeat(3_000) + "\n\nThe end.");

        List<FoundPassage> found = search().search(" ", List.of(session), 50);

        assertThat(found.getFirst().text()).contains(BAKERY);
        assertThat(found.getLast().documentName()).isEqualTo("first.txt");
        assertThat(found)
                .filteredOn(passage -> passage.documentName().equals("second.txt"))
                .extracting(FoundPassage::ordinal)
                .isSorted();
        assertThat(search().search("", List.of(someSession()), 50)).isEmpty();
    }

    @Test
    void a_search_finds_nothing_of_another_scope() throws InterruptedException {
        Scope mine = someSession();
        Scope theirs = someSession();
        ingested(service(), mine, "mine.txt", SEAGULLS);
        Document shared = ingested(service(), Scope.SHARED, "shared.txt", "Seagulls are protected. " + mine)
                .document();

        assertThat(search().search("seagulls", List.of(theirs), 10)).isEmpty();
        assertThat(search().search("seagulls", theirs.readable(), 50))
                .isNotEmpty()
                .noneMatch(passage -> passage.documentName().equals("mine.txt"));
        assertThat(search().search("seagulls", mine.readable(), 50))
                .anyMatch(passage -> passage.documentName().equals("mine.txt"))
                .anyMatch(passage -> passage.documentId().equals(shared.id()));
    }

    @Test
    void a_deleted_document_is_found_by_nobody_from_then_on() throws InterruptedException {
        Scope session = someSession();
        Document gone = ingested(service(), session, "gone.txt", SEAGULLS).document();
        Document kept = ingested(service(), session, "kept.txt", BAKERY).document();

        assertThat(service().delete(gone.id())).isTrue();

        assertThat(search().search("seagulls lighthouse", List.of(session), 10))
                .noneMatch(passage -> passage.documentId().equals(gone.id()));
        assertThat(listed(DocumentQuery.of(List.of(session)))).containsExactly(kept);
        assertThat(service().find(gone.id())).isEmpty();
        assertThat(service().job(gone.jobId())).isEmpty();
        assertThat(service().delete(gone.id())).isFalse();
    }

    @Test
    void a_deleted_document_may_be_sent_again() {
        Scope session = someSession();
        Document first = ingested(service(), session, "again.txt", SEAGULLS).document();
        service().delete(first.id());

        Document second = ingested(service(), session, "again.txt", SEAGULLS).document();

        assertThat(second.id()).isNotEqualTo(first.id());
    }

    @Test
    void all_of_one_scope_are_forgotten_and_nothing_else() throws InterruptedException {
        Scope leaving = someSession();
        Scope staying = someSession();
        ingested(service(), leaving, "1.txt", SEAGULLS);
        ingested(service(), leaving, "2.txt", BAKERY);
        Document kept = ingested(service(), staying, "3.txt", SEAGULLS).document();

        service().deleteAll(leaving);

        assertThat(listed(DocumentQuery.of(List.of(leaving)))).isEmpty();
        assertThat(service().jobs(leaving, 10)).isEmpty();
        assertThat(search().search("seagulls bakery", List.of(leaving), 10)).isEmpty();
        assertThat(listed(DocumentQuery.of(List.of(staying)))).containsExactly(kept);
    }

    private List<Document> listed(DocumentQuery query) {
        return service().list(query, new PageRequest(50, Optional.empty())).items();
    }
}
