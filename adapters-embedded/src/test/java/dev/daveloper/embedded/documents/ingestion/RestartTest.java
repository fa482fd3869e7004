package dev.daveloper.embedded.documents.ingestion;

import static dev.daveloper.application.testkit.Uploads.ended;
import static dev.daveloper.application.testkit.Uploads.handOver;
import static dev.daveloper.application.testkit.Uploads.ingested;
import static dev.daveloper.application.testkit.Uploads.someSession;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.documents.Document;
import dev.daveloper.domain.documents.DocumentQuery;
import dev.daveloper.domain.documents.IngestionJob;
import dev.daveloper.domain.documents.JobId;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.failures.FailureCode;
import dev.daveloper.embedded.UnusableDataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RestartTest {
    @TempDir
    Path directory;

    @RegisterExtension
    final TestDocuments opener = new TestDocuments();

    private final Scope session = someSession();
    private TextReader reader = new TextReader();

    @Test
    void what_was_ingested_is_there_again() {
        EmbeddedDocuments before = open();
        Document kept = ingested(before, session, "kept.txt", "A lighthouse").document();
        Document deleted =
                ingested(before, session, "deleted.txt", "A lighthouse, too").document();
        before.delete(deleted.id());
        before.close();

        EmbeddedDocuments after = open();

        assertThat(listed(after)).containsExactly(kept);
        assertThat(after.search("lighthouse", List.of(session), 5))
                .extracting(passage -> passage.documentId())
                .containsExactly(kept.id());
        assertThat(handOver(after, session, "copy.txt", "A lighthouse").duplicate())
                .isTrue();
    }

    @Test
    void an_orderly_end_costs_no_attempt() {
        EmbeddedDocuments documents = open();
        reader.hold();
        JobId job = accepted(documents, "A lighthouse");
        for (int i = 0; i < Reconciliation.MAX_ATTEMPTS + 1; i++) {
            await().until(() -> reader.reading() == 1);
            documents.close();
            assertThat(reader.isClosed()).isTrue();
            reader = new TextReader();
            reader.hold();
            documents = open();
            assertThat(documents.job(job).orElseThrow().isOver()).isFalse();
        }
        reader.release();

        assertThat(ended(documents, job)).isInstanceOf(IngestionJob.Completed.class);
    }

    @Test
    void an_index_that_was_lost_is_made_again_from_the_files() throws Exception {
        EmbeddedDocuments before = open();
        Document first = ingested(before, session, "first.txt", "A lighthouse").document();
        Document second =
                ingested(before, session, "second.txt", "A lighthouse, too").document();
        before.close();
        deleteTree(directory.resolve("index"));

        reader = new TextReader();
        reader.hold();
        EmbeddedDocuments after = open();
        assertThat(listed(after)).isEmpty();
        assertThat(after.search("lighthouse", List.of(session), 5)).isEmpty();
        assertThat(after.unfinished(10)).hasSize(2);

        reader.release();
        await().until(() -> after.unfinished(1).isEmpty());
        assertThat(listed(after)).containsExactly(second, first);
        assertThat(after.search("lighthouse", List.of(session), 5)).hasSize(2);
    }

    @Test
    void what_must_be_read_again_takes_nobody_s_place_in_the_queue() throws Exception {
        EmbeddedDocuments before = open();
        ingested(before, session, "first.txt", "A lighthouse");
        ingested(before, session, "second.txt", "A lighthouse, too");
        before.close();
        deleteTree(directory.resolve("index"));

        reader = new TextReader();
        reader.hold();
        EmbeddedDocuments after =
                opener.open(TestDocuments.config(Optional.of(directory)).with(1, 1), reader);
        JobId job = accepted(after, "A third lighthouse");

        reader.release();
        assertThat(ended(after, job)).isInstanceOf(IngestionJob.Completed.class);
    }

    @Test
    void passages_and_files_that_no_list_knows_are_removed() throws Exception {
        EmbeddedDocuments before = open();
        ingested(before, session, "first.txt", "A lighthouse");
        before.close();
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path entry : entries.filter(Files::isRegularFile).toList()) {
                Files.delete(entry);
            }
        }

        reader = new TextReader();
        Storage storage = Storage.open(TestDocuments.config(Optional.of(directory)));
        assertThat(storage.index().documents()).hasSize(1);
        EmbeddedDocuments after = opener.open(TestDocuments.config(Optional.of(directory)), storage, reader);

        assertThat(after.search("lighthouse", List.of(session), 5)).isEmpty();
        assertThat(directory.resolve(DocumentFiles.KEPT)).isEmptyDirectory();
        await().until(() -> storage.index().documents().isEmpty());
    }

    @Test
    void a_job_whose_file_is_gone_fails_and_says_so() throws Exception {
        EmbeddedDocuments before = open();
        reader.hold();
        JobId job = accepted(before, "A lighthouse");
        await().until(() -> reader.reading() == 1);
        before.close();
        deleteTree(directory.resolve(DocumentFiles.KEPT));

        reader = new TextReader();
        EmbeddedDocuments after = open();

        assertThat(after.job(job).orElseThrow()).isInstanceOfSatisfying(IngestionJob.Failed.class, failed -> {
            assertThat(failed.failure().code()).isEqualTo(FailureCode.DOCUMENTS_FAILED);
            assertThat(failed.failure().detail()).contains("send the document again");
        });
        assertThat(handOver(after, session, "again.txt", "A lighthouse").duplicate())
                .isFalse();
    }

    @Test
    void a_directory_has_one_owner_and_a_reader_that_is_not_needed_is_closed() {
        open();
        TextReader second = new TextReader();

        assertThatExceptionOfType(UnusableDataDirectory.class)
                .isThrownBy(() -> opener.open(Optional.of(directory), second))
                .withMessageContaining("this process has it open already");
        assertThat(second.isClosed()).isTrue();
    }

    @Test
    void a_place_that_cannot_be_used_is_said_to_be_so_and_left_for_another_try() throws Exception {
        Path index = directory.resolve("index");
        Files.writeString(index, "no directory");

        assertThatExceptionOfType(UnusableDataDirectory.class)
                .isThrownBy(this::open)
                .withMessageContaining("documents cannot be kept in it");

        Files.delete(index);
        assertThat(listed(open())).isEmpty();
    }

    private EmbeddedDocuments open() {
        return opener.open(Optional.of(directory), reader);
    }

    private JobId accepted(EmbeddedDocuments documents, String text) {
        return handOver(documents, session, "some.txt", text).job().ticket().id();
    }

    private List<Document> listed(EmbeddedDocuments documents) {
        return documents
                .list(DocumentQuery.of(List.of(session)), new PageRequest(50, Optional.empty()))
                .items();
    }

    private static void deleteTree(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
