package dev.daveloper.embedded.documents.ingestion;

import static dev.daveloper.application.testkit.Uploads.ended;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.domain.Ids;
import dev.daveloper.domain.Page;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.documents.Document;
import dev.daveloper.domain.documents.DocumentId;
import dev.daveloper.domain.documents.DocumentQuery;
import dev.daveloper.domain.documents.IngestionJob;
import dev.daveloper.domain.documents.JobId;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.failures.FailureCode;
import dev.daveloper.embedded.documents.ingestion.DoomedIngestion.Doing;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class KilledIngestionTest {
    private static final int ACCEPTED_BEFORE_THE_KILL = 60;
    private static final List<Scope> SHARED = List.of(Scope.SHARED);

    @TempDir
    Path directory;

    @RegisterExtension
    final TestDocuments opener = new TestDocuments();

    private final TextReader reader = new TextReader();
    private final Map<DocumentId, JobId> accepted = new LinkedHashMap<>();
    private Process process;

    @AfterEach
    void stop() {
        process.destroyForcibly().onExit().join();
    }

    @Test
    void all_that_was_accepted_before_a_kill_is_ingested_after_it() throws Exception {
        killed(Doing.ACCEPTING);

        EmbeddedDocuments documents = reopened();

        assertThat(accepted).hasSizeGreaterThanOrEqualTo(ACCEPTED_BEFORE_THE_KILL);
        assertThat(accepted.values())
                .allSatisfy(job -> assertThat(ended(documents, job)).isInstanceOf(IngestionJob.Completed.class));
    }

    @Test
    void a_document_that_was_being_read_is_read_again() throws Exception {
        killed(Doing.READING);

        EmbeddedDocuments documents = reopened();

        assertThat(ended(documents, onlyJob())).isInstanceOf(IngestionJob.Completed.class);
        assertThat(documents.search("lighthouse", SHARED, 5)).hasSize(1);
    }

    @Test
    void a_document_that_was_indexed_and_not_listed_is_not_found_until_it_is() throws Exception {
        killed(Doing.INDEXED);
        try (Storage left = Storage.open(TestDocuments.config(Optional.of(directory)))) {
            assertThat(left.index().documents()).containsExactly(onlyDocument());
        }

        reader.hold();
        EmbeddedDocuments documents = opener.open(Optional.of(directory), reader);
        assertThat(documents.job(onlyJob()).orElseThrow().isOver()).isFalse();
        assertThat(documents.search("lighthouse", SHARED, 5)).isEmpty();
        assertThat(documents.find(onlyDocument())).isEmpty();

        reader.release();
        assertThat(ended(documents, onlyJob())).isInstanceOf(IngestionJob.Completed.class);
        assertThat(documents.search("lighthouse", SHARED, 5)).hasSize(1);
    }

    @Test
    void a_document_that_ended_the_process_twice_is_not_tried_a_third_time() throws Exception {
        killed(Doing.READING);
        killed(Doing.RESUMING);

        EmbeddedDocuments documents = reopened();

        assertThat(documents.job(onlyJob()).orElseThrow())
                .isInstanceOfSatisfying(
                        IngestionJob.Failed.class,
                        failed -> assertThat(failed.failure().code()).isEqualTo(FailureCode.DOCUMENT_TOO_COMPLEX));
        assertThat(listed(documents)).isEmpty();
        assertThat(directory.resolve(DocumentFiles.KEPT)).isEmptyDirectory();
    }

    private JobId onlyJob() {
        assertThat(accepted).hasSize(1);
        return accepted.values().iterator().next();
    }

    private DocumentId onlyDocument() {
        return accepted.keySet().iterator().next();
    }

    /** Opens the directory again; when all is ingested, list, index and files have the same documents. */
    private EmbeddedDocuments reopened() {
        EmbeddedDocumentsConfig config = TestDocuments.config(Optional.of(directory));
        Storage storage = Storage.open(config);
        EmbeddedDocuments documents = opener.open(config, storage, reader);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> documents.unfinished(1).isEmpty());
        Set<DocumentId> listed = listed(documents);
        assertThat(storage.index().documents()).isEqualTo(listed);
        assertThat(directory.resolve(DocumentFiles.KEPT).toFile().list()).hasSize(listed.size());
        assertThat(directory.resolve(DocumentFiles.INCOMING)).isEmptyDirectory();
        return documents;
    }

    private static Set<DocumentId> listed(EmbeddedDocuments documents) {
        Set<DocumentId> listed = new HashSet<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page<Document> page =
                    documents.list(DocumentQuery.of(SHARED), new PageRequest(PageRequest.MAX_LIMIT, cursor));
            page.items().forEach(document -> listed.add(document.id()));
            cursor = page.nextCursor();
        } while (cursor.isPresent());
        return listed;
    }

    /** Starts a process on the directory and kills it where it stands. */
    private void killed(Doing doing) throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DoomedIngestion.class.getName(),
                        directory.toString(),
                        doing.name())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = process.inputReader()) {
            String line = note(said);
            while (line != null
                    && !line.equals(DoomedIngestion.SAID_WHEN_THERE)
                    && accepted.size() < ACCEPTED_BEFORE_THE_KILL) {
                line = note(said);
            }
            assertThat(line).as("the process stands where it is to be killed").isNotNull();
            // By its handle: the process object would close the pipe, and what is left in it counts.
            process.toHandle().destroyForcibly();
            while (note(said) != null) {}
        }
        process.onExit().join();
    }

    private String note(BufferedReader said) throws IOException {
        String line = said.readLine();
        String[] words = line == null ? new String[0] : line.split(" ", -1);
        // The last line may have been cut short by the kill.
        if (words.length == 3 && words[2].length() == jobIdChars()) {
            accepted.put(new DocumentId(words[1]), new JobId(words[2]));
        }
        return line;
    }

    private static int jobIdChars() {
        return JobId.PREFIX.length() + Ids.BODY_CHARS;
    }
}
