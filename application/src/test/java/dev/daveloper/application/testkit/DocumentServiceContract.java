package dev.daveloper.application.testkit;

import static dev.daveloper.application.testkit.Uploads.MAX_BYTES;
import static dev.daveloper.application.testkit.Uploads.PLENTY;
import static dev.daveloper.application.testkit.Uploads.ended;
import static dev.daveloper.application.testkit.Uploads.handOver;
import static dev.daveloper.application.testkit.Uploads.ingested;
import static dev.daveloper.application.testkit.Uploads.someDocument;
import static dev.daveloper.application.testkit.Uploads.someJob;
import static dev.daveloper.application.testkit.Uploads.someSession;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daveloper.application.documents.out.DocumentService;
import dev.daveloper.application.documents.out.JobStream;
import dev.daveloper.domain.documents.Accepted;
import dev.daveloper.domain.documents.Document;
import dev.daveloper.domain.documents.IngestionJob;
import dev.daveloper.domain.documents.JobStep;
import dev.daveloper.domain.documents.MediaKind;
import dev.daveloper.domain.documents.Quota;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.failures.DocumentRefused;
import dev.daveloper.domain.failures.Failure;
import dev.daveloper.domain.failures.FailureCode;
import dev.daveloper.domain.failures.GatewayException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What every document service keeps: taking over, ingesting, following, quotas. Sees it from outside alone. */
public abstract class DocumentServiceContract {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String TEXT = "The lighthouse keeper feeds the seagulls at dawn.";
    private static final String TEXT_SHA256 = "04e733f030b564b54f07f51211e5a6d39c011a2ca8b169691ce6438a169f2a20";

    /** The service under test; the same within one test, and its documents are those of this test. */
    protected abstract DocumentService service();

    @Test
    void a_document_is_taken_over_and_ingested() {
        Scope session = someSession();
        Accepted accepted = handOver(service(), session, "keeper.txt", TEXT);
        IngestionJob.Ticket ticket = accepted.job().ticket();

        assertThat(accepted.duplicate()).isFalse();
        assertThat(ticket.scope()).isEqualTo(session);
        assertThat(ticket.bytes()).isEqualTo(TEXT.length());
        assertThat(ended(service(), ticket.id())).isInstanceOfSatisfying(IngestionJob.Completed.class, completed -> {
            Document document = completed.document();
            assertThat(document.id()).isEqualTo(ticket.documentId());
            assertThat(document.jobId()).isEqualTo(ticket.id());
            assertThat(document.name()).isEqualTo("keeper.txt");
            assertThat(document.kind()).isEqualTo(MediaKind.TEXT);
            assertThat(document.bytes()).isEqualTo(TEXT.length());
            assertThat(document.passages()).isEqualTo(1);
            assertThat(document.pages()).isEmpty();
            assertThat(document.hash().hex()).isEqualTo(TEXT_SHA256);
            assertThat(service().find(document.id())).contains(document);
        });
    }

    @Test
    void a_job_is_followed_from_how_it_stands_to_its_end() throws InterruptedException {
        Accepted accepted = handOver(service(), someSession(), "keeper.txt", TEXT);

        try (JobStream stream = service().watch(accepted.job().ticket().id())) {
            double before = 0;
            IngestionJob last = accepted.job();
            for (JobStep step = stream.next(PATIENCE);
                    step instanceof JobStep.Changed changed;
                    step = stream.next(PATIENCE)) {
                last = changed.job();
                assertThat(last.progress()).isGreaterThanOrEqualTo(before);
                before = last.progress();
            }
            assertThat(last).isInstanceOf(IngestionJob.Completed.class);
            assertThat(stream.next(PATIENCE)).isEqualTo(JobStep.Ended.ENDED);
        }
    }

    @Test
    void following_a_job_that_never_was_ends_at_once() throws InterruptedException {
        try (JobStream stream = service().watch(someJob())) {
            assertThat(stream.next(PATIENCE)).isEqualTo(JobStep.Ended.ENDED);
        }
    }

    @Test
    void what_never_was_is_not_there() {
        assertThat(service().job(someJob())).isEmpty();
        assertThat(service().find(someDocument())).isEmpty();
        assertThat(service().delete(someDocument())).isFalse();
        service().cancel(someJob());
    }

    @Test
    void the_same_bytes_in_the_same_scope_are_one_document() {
        Scope session = someSession();
        IngestionJob.Completed first = ingested(service(), session, "keeper.txt", TEXT);

        Accepted again = handOver(service(), session, "copy.txt", TEXT);
        Accepted elsewhere = handOver(service(), someSession(), "keeper.txt", TEXT);

        assertThat(again).isEqualTo(new Accepted(first, true));
        assertThat(elsewhere.duplicate()).isFalse();
        assertThat(service().jobs(session, 10)).containsExactly(first);
    }

    @Test
    void of_many_at_once_with_the_same_bytes_one_is_kept() throws Exception {
        Scope session = someSession();

        List<Accepted> all = Racing.race(12, i -> handOver(service(), session, i + ".txt", TEXT));

        assertThat(all).filteredOn(accepted -> !accepted.duplicate()).hasSize(1);
        assertThat(all)
                .extracting(accepted -> accepted.job().ticket().documentId())
                .containsOnly(all.getFirst().job().ticket().documentId());
    }

    @Test
    void more_bytes_than_allowed_are_not_taken() {
        Scope session = someSession();

        assertRefused(
                FailureCode.DOCUMENT_TOO_LARGE,
                () -> handOver(
                        service(), Uploads.of(session, "long.txt", MediaKind.TEXT, 100, PLENTY), "x".repeat(101)));
        assertThat(service().jobs(session, 10)).isEmpty();
        assertThat(handOver(service(), Uploads.of(session, "fits.txt", MediaKind.TEXT, 100, PLENTY), "x".repeat(100))
                        .duplicate())
                .isFalse();
    }

    @Test
    void a_file_without_bytes_is_not_taken() {
        Scope session = someSession();

        assertRefused(FailureCode.DOCUMENT_EMPTY, () -> handOver(service(), session, "empty.txt", ""));
        assertThat(service().jobs(session, 10)).isEmpty();
    }

    @Test
    void a_source_that_breaks_off_leaves_nothing() {
        Scope session = someSession();
        InputStream broken = new SequenceInputStream(Uploads.bytes(TEXT), new BrokenSource());

        assertThatThrownBy(() -> service().ingest(Uploads.text(session, "half.txt"), broken))
                .isInstanceOf(IOException.class)
                .hasMessage("the sender left");
        assertThat(service().jobs(session, 10)).isEmpty();
        assertThat(handOver(service(), session, "whole.txt", TEXT).duplicate()).isFalse();
    }

    @Test
    void files_and_bytes_of_a_scope_are_bounded() {
        Scope session = someSession();
        Quota two = new Quota(2, 1_000, 100_000, 1L << 40);
        handOver(service(), Uploads.of(session, "1.txt", MediaKind.TEXT, MAX_BYTES, two), "one");

        assertRefused(
                FailureCode.DOCUMENT_QUOTA_EXCEEDED,
                () -> handOver(
                        service(), Uploads.of(session, "big.txt", MediaKind.TEXT, MAX_BYTES, two), "x".repeat(998)));
        handOver(service(), Uploads.of(session, "2.txt", MediaKind.TEXT, MAX_BYTES, two), "two");
        assertRefused(
                FailureCode.DOCUMENT_QUOTA_EXCEEDED,
                () -> handOver(service(), Uploads.of(session, "3.txt", MediaKind.TEXT, MAX_BYTES, two), "three"));

        Scope other = someSession();
        assertThat(handOver(service(), Uploads.of(other, "3.txt", MediaKind.TEXT, MAX_BYTES, two), "three")
                        .duplicate())
                .isFalse();
    }

    @Test
    void many_at_once_do_not_pass_the_quota_together() throws Exception {
        Scope session = someSession();
        Quota three = new Quota(3, 1L << 30, 100_000, 1L << 40);

        List<Boolean> taken = Racing.race(16, i -> isTaken(session, three, "number " + i));

        assertThat(taken).filteredOn(is -> is).hasSize(3);
    }

    private boolean isTaken(Scope session, Quota quota, String text) {
        try {
            handOver(service(), Uploads.of(session, "some.txt", MediaKind.TEXT, MAX_BYTES, quota), text);
            return true;
        } catch (DocumentRefused e) {
            return false;
        }
    }

    @Test
    void a_document_without_text_fails_and_may_be_sent_again() {
        Scope session = someSession();
        Accepted first = handOver(service(), session, "blank.txt", " \n\n ");

        assertFailed(first, FailureCode.DOCUMENT_EMPTY);
        assertThat(service().find(first.job().ticket().documentId())).isEmpty();

        Accepted second = handOver(service(), session, "blank.txt", " \n\n ");
        assertThat(second.duplicate()).isFalse();
        assertFailed(second, FailureCode.DOCUMENT_EMPTY);
    }

    @Test
    void a_damaged_document_fails() {
        Accepted accepted = handOver(
                service(), Uploads.of(someSession(), "cut.json", MediaKind.JSON, MAX_BYTES, PLENTY), "{\"a\": [1, 2");

        assertFailed(accepted, FailureCode.DOCUMENT_UNREADABLE);
    }

    private void assertFailed(Accepted accepted, FailureCode code) {
        assertThat(ended(service(), accepted.job().ticket().id()))
                .isInstanceOfSatisfying(
                        IngestionJob.Failed.class,
                        failed -> assertThat(failed.failure())
                                .extracting(Failure::code)
                                .isEqualTo(code));
    }

    private static void assertRefused(FailureCode code, Callable<?> call) {
        assertThatThrownBy(call::call)
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        refused -> assertThat(refused.code()).isEqualTo(code));
    }

    private static final class BrokenSource extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("the sender left");
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            throw new IOException("the sender left");
        }
    }
}
