package dev.daveloper.domain.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daveloper.domain.failures.DocumentRefused;
import dev.daveloper.domain.failures.Failure;
import dev.daveloper.domain.failures.FailureCode;
import dev.daveloper.domain.failures.InvalidValue;
import dev.daveloper.domain.sessions.SessionId;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class DocumentRulesTest {
    private static final Scope MINE = Scope.of(new SessionId("ses_00000000000000000000000001"));
    private static final Quota QUOTA = new Quota(2, 100, 3, 150);
    private static final Quota.Used NOTHING = new Quota.Used(0, 0);

    @Test
    void a_session_reads_its_own_documents_and_the_shared_ones() {
        assertThat(MINE.readable()).containsExactly(MINE, Scope.SHARED);
        assertThat(Scope.SHARED.readable()).containsExactly(Scope.SHARED);
    }

    @Test
    void a_document_that_just_fits_is_admitted() {
        assertThatCode(() -> QUOTA.admit(new Quota.Used(1, 60), new Quota.Used(2, 110), 40))
                .doesNotThrowAnyException();
    }

    @Test
    void one_file_or_byte_too_many_is_refused() {
        assertRefused(new Quota.Used(2, 0), NOTHING, 1);
        assertRefused(new Quota.Used(1, 61), NOTHING, 40);
        assertRefused(NOTHING, new Quota.Used(3, 0), 1);
        assertRefused(NOTHING, new Quota.Used(0, 111), 40);
        assertRefused(NOTHING, NOTHING, Long.MAX_VALUE);
    }

    @Test
    void a_job_tells_its_state_and_whether_it_is_over() {
        Instant now = Instant.EPOCH;
        IngestionJob.Ticket ticket = new IngestionJob.Ticket(
                new JobId("job_00000000000000000000000001"),
                new DocumentId("doc_00000000000000000000000001"),
                MINE,
                "a.txt",
                MediaKind.TEXT,
                3,
                now);
        Document document = new Document(
                ticket.documentId(),
                ticket.id(),
                MINE,
                "a.txt",
                MediaKind.TEXT,
                3,
                new ContentHash("0".repeat(64)),
                OptionalInt.empty(),
                1,
                now);
        List<IngestionJob> states = List.of(
                new IngestionJob.Queued(ticket, now),
                new IngestionJob.Processing(ticket, Stage.INDEXING, 1.7, now),
                new IngestionJob.Completed(ticket, document, now),
                new IngestionJob.Failed(ticket, new Failure(FailureCode.DOCUMENT_EMPTY, "no text"), now),
                new IngestionJob.Cancelled(ticket, now));

        assertThat(states)
                .extracting(IngestionJob::state)
                .containsExactly("queued", "processing", "completed", "failed", "cancelled");
        assertThat(states).extracting(IngestionJob::isOver).containsExactly(false, false, true, true, true);
        assertThat(states).extracting(IngestionJob::progress).containsExactly(0.0, 1.0, 1.0, 0.0, 0.0);
    }

    @Test
    void a_passage_ends_where_its_text_ends() {
        FoundPassage passage = new FoundPassage(
                new DocumentId("doc_00000000000000000000000001"),
                "a.txt",
                0,
                List.of(),
                OptionalInt.of(2),
                10,
                "four",
                1);

        assertThat(passage.end()).isEqualTo(14);
    }

    @Test
    void what_cannot_be_a_name_or_a_hash_is_refused() {
        assertThatThrownBy(() -> new ContentHash("ABC")).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> new DocumentId("job_00000000000000000000000001"))
                .isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> new JobId("doc_1")).isInstanceOf(InvalidValue.class);
    }

    private static void assertRefused(Quota.Used ofScope, Quota.Used ofAll, long bytes) {
        assertThatThrownBy(() -> QUOTA.admit(ofScope, ofAll, bytes))
                .isInstanceOfSatisfying(
                        DocumentRefused.class,
                        refused -> assertThat(refused.code()).isEqualTo(FailureCode.DOCUMENT_QUOTA_EXCEEDED));
    }
}
