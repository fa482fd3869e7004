package dev.daveloper.embedded.documents.ingestion;

import static dev.daveloper.application.testkit.Uploads.ended;
import static dev.daveloper.application.testkit.Uploads.handOver;
import static dev.daveloper.application.testkit.Uploads.ingested;
import static dev.daveloper.application.testkit.Uploads.someSession;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.documents.out.JobStream;
import dev.daveloper.application.testkit.ManualClock;
import dev.daveloper.application.testkit.Uploads;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.documents.DocumentQuery;
import dev.daveloper.domain.documents.IngestionJob;
import dev.daveloper.domain.documents.IngestionJob.Ticket;
import dev.daveloper.domain.documents.JobId;
import dev.daveloper.domain.documents.JobStep;
import dev.daveloper.domain.documents.NewDocument;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.failures.DocumentsUnavailable;
import dev.daveloper.domain.failures.FailureCode;
import dev.daveloper.domain.failures.InvalidRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class IngestionFaultsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    @RegisterExtension
    final TestDocuments opener = new TestDocuments();

    private final Scope session = someSession();
    private final TextReader reader = new TextReader();
    private final ManualClock clock = new ManualClock();
    private final EmbeddedDocumentsConfig config =
            EmbeddedDocumentsConfig.inMemory(clock).with(1, 3);

    @Test
    void a_document_that_breaks_the_reader_fails_and_the_next_is_read() {
        EmbeddedDocuments documents = opener.open(config, reader);

        JobId poisoned = accepted(documents, TextReader.POISON);

        assertThat(ended(documents, poisoned))
                .isInstanceOfSatisfying(
                        IngestionJob.Failed.class,
                        failed -> assertThat(failed.failure().code()).isEqualTo(FailureCode.DOCUMENTS_FAILED));
        ingested(documents, session, "sound.txt", "sound");
    }

    @Test
    void no_more_documents_wait_than_may() {
        EmbeddedDocuments documents = opener.open(config, reader);
        reader.hold();
        accepted(documents, "being read");
        await().until(() -> reader.reading() == 1);
        for (int i = 0; i < config.maxWaiting(); i++) {
            accepted(documents, "waits " + i);
        }

        assertThatExceptionOfType(DocumentsUnavailable.class)
                .isThrownBy(() -> accepted(documents, "one too many"))
                .satisfies(busy -> assertThat(busy.code()).isEqualTo(FailureCode.DOCUMENTS_BUSY));
        assertThat(handOver(documents, session, "copy.txt", "waits 1").duplicate())
                .isTrue();

        reader.release();
        await().until(() -> documents.unfinished(1).isEmpty());
        ingested(documents, session, "later.txt", "one too many");
    }

    @Test
    void a_session_with_many_files_does_not_keep_another_waiting() {
        EmbeddedDocuments documents =
                opener.open(EmbeddedDocumentsConfig.inMemory(clock).with(1, 100), reader);
        reader.hold();
        for (int i = 0; i < 50; i++) {
            accepted(documents, "file " + i);
        }
        Scope modest = someSession();
        JobId job = handOver(documents, modest, "one.txt", "one").job().ticket().id();
        reader.release();

        ended(documents, job);
        await().until(() -> documents.unfinished(1).isEmpty());
        List<JobId> order = new ArrayList<>();
        documents
                .list(DocumentQuery.of(List.of(session, modest)), new PageRequest(100, Optional.empty()))
                .items()
                .forEach(document -> order.addFirst(document.jobId()));
        assertThat(order).hasSize(51);
        assertThat(order.indexOf(job)).isLessThanOrEqualTo(2);
    }

    @Test
    void what_failed_or_was_cancelled_is_forgotten_a_day_later_and_its_file_at_once() {
        EmbeddedDocuments documents = opener.open(
                new EmbeddedDocumentsConfig(
                        Optional.of(directory),
                        clock,
                        config.durability(),
                        1,
                        10,
                        config.rememberEnded(),
                        config.answerWithin(),
                        config.closeWithin()),
                reader);
        JobId failed = accepted(documents, " ");
        ended(documents, failed);
        reader.hold();
        JobId cancelled = accepted(documents, "slow");
        documents.cancel(cancelled);
        reader.release();
        JobId completed = accepted(documents, "sound");
        ended(documents, completed);
        await().until(() -> directory.resolve(DocumentFiles.KEPT).toFile().list().length == 1);

        clock.advance(Duration.ofHours(24).minusSeconds(1));
        assertThat(documents.jobs(session, 10)).hasSize(3);
        clock.advance(Duration.ofSeconds(1));
        assertThat(documents.job(failed)).isEmpty();
        assertThat(documents.job(cancelled)).isEmpty();
        assertThat(documents.jobs(session, 10))
                .singleElement()
                .satisfies(job -> assertThat(job.ticket().id()).isEqualTo(completed));
    }

    @Test
    void a_cancelled_reading_is_broken_off() {
        EmbeddedDocuments documents = opener.open(config, reader);
        reader.hold();
        JobId job = accepted(documents, "slow");
        await().until(() -> reader.reading() == 1);

        documents.cancel(job);

        await().until(() -> reader.reading() == 0);
        assertThat(documents.job(job).orElseThrow()).isInstanceOf(IngestionJob.Cancelled.class);
        JobId next = accepted(documents, "next");
        await().until(() -> reader.reading() == 1);
        reader.release();
        assertThat(ended(documents, next)).isInstanceOf(IngestionJob.Completed.class);
    }

    @Test
    void deleting_a_scope_breaks_off_what_is_read_and_leaves_what_comes_afterwards() {
        EmbeddedDocuments documents = opener.open(config, reader);
        reader.hold();
        JobId first = accepted(documents, "first");
        JobId second = accepted(documents, "second");
        await().until(() -> reader.reading() == 1);

        documents.deleteAll(session);

        assertThat(documents.job(first)).isEmpty();
        assertThat(documents.job(second)).isEmpty();
        reader.release();
        ingested(documents, session, "third.txt", "third");
        assertThat(documents.jobs(session, 10)).hasSize(1);
    }

    @Test
    void ids_of_another_document_are_refused() {
        EmbeddedDocuments documents = opener.open(config, reader);
        Ticket taken = handOver(documents, session, "mine.txt", "mine").job().ticket();
        NewDocument intruder = new NewDocument(
                Uploads.someJob(),
                taken.documentId(),
                someSession(),
                "theirs.txt",
                taken.kind(),
                Uploads.MAX_BYTES,
                Uploads.PLENTY);

        assertThatExceptionOfType(InvalidRequest.class).isThrownBy(() -> handOver(documents, intruder, "theirs"));
        assertThat(documents.job(taken.id())).isPresent();
    }

    @Test
    void a_database_that_is_gone_makes_the_service_unavailable() {
        Storage storage = Storage.open(config);
        EmbeddedDocuments documents = opener.open(config, storage, reader);
        storage.sqlite().close();

        assertUnavailable(() -> accepted(documents, "text"));
        assertUnavailable(() -> documents.jobs(session, 1));
        assertUnavailable(() -> documents.job(Uploads.someJob()));
        assertUnavailable(() -> documents.delete(Uploads.someDocument()));
        assertUnavailable(() -> documents.cancel(Uploads.someJob()));
        assertUnavailable(() -> documents.deleteAll(session));
        try (JobStream stream = documents.watch(Uploads.someJob())) {
            assertUnavailable(() -> stream.next(PATIENCE));
        }
    }

    @Test
    void closing_ends_the_threads_and_refuses_what_comes_later() throws Exception {
        EmbeddedDocuments documents = opener.open(config, reader);
        reader.hold();
        JobId job = accepted(documents, "slow");
        await().until(() -> reader.reading() == 1);
        JobStream stream = documents.watch(job);
        while (stream.next(Duration.ofMillis(50)) instanceof JobStep.Changed) {}
        CompletableFuture<JobStep> watcher = CompletableFuture.supplyAsync(() -> waitOn(stream));

        documents.close();
        documents.close();

        assertThat(reader.isClosed()).isTrue();
        assertThatThrownBy(watcher::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(DocumentsUnavailable.class);
        assertUnavailable(() -> accepted(documents, "late"));
        assertUnavailable(() -> documents.search("late", List.of(session), 1));
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().matches("(ingest|documents-|document-index).*"));
    }

    private static JobStep waitOn(JobStream stream) {
        try {
            JobStep step = stream.next(PATIENCE);
            while (step instanceof JobStep.Changed) {
                step = stream.next(PATIENCE);
            }
            return step;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private JobId accepted(EmbeddedDocuments documents, String text) {
        return handOver(documents, session, "some.txt", text).job().ticket().id();
    }

    private static void assertUnavailable(ThrowingCallable call) {
        assertThatExceptionOfType(DocumentsUnavailable.class).isThrownBy(call);
    }
}
