package dev.daveloper.grpc;

import static dev.daveloper.application.testkit.Uploads.MAX_BYTES;
import static dev.daveloper.application.testkit.Uploads.PLENTY;
import static dev.daveloper.application.testkit.Uploads.ended;
import static dev.daveloper.application.testkit.Uploads.handOver;
import static dev.daveloper.application.testkit.Uploads.ingested;
import static dev.daveloper.application.testkit.Uploads.someSession;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.documents.out.JobStream;
import dev.daveloper.application.testkit.Uploads;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.documents.Document;
import dev.daveloper.domain.documents.DocumentQuery;
import dev.daveloper.domain.documents.FoundPassage;
import dev.daveloper.domain.documents.IngestionJob;
import dev.daveloper.domain.documents.JobId;
import dev.daveloper.domain.documents.JobStep;
import dev.daveloper.domain.documents.MediaKind;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.failures.FailureCode;
import dev.daveloper.domain.health.Status;
import dev.daveloper.grpc.documents.GrpcDocuments;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the document service in Python does besides the contract: files that harm, and ends of its process. */
@Tag("peer")
class PythonDocumentsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    private static final String MAIN =
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument";

    @TempDir
    private Path folder;

    private PythonExample python;
    private GrpcDocuments documents;

    @BeforeEach
    void start() throws IOException {
        python = PythonExample.start("documents", "--data", folder.toString());
        documents = GrpcDocumentServices.connect(GrpcDocumentsConfig.of(python.target()));
    }

    @AfterEach
    void stop() throws InterruptedException {
        documents.close();
        python.stop();
    }

    @Test
    void it_says_how_it_is() throws InterruptedException {
        await().until(() -> documents.check().status() == Status.PASS);
        python.kill();
        await().until(() -> documents.check().status() == Status.FAIL);
    }

    @Test
    void neither_stage_nor_progress_of_a_long_document_goes_back() throws InterruptedException {
        JobId job = handOver(documents, someSession(), "long.txt", longText("seagulls"))
                .job()
                .ticket()
                .id();
        List<IngestionJob.Processing> told = new ArrayList<>();
        try (JobStream stream = documents.watch(job)) {
            JobStep step = stream.next(PATIENCE);
            for (; step instanceof JobStep.Changed changed; step = stream.next(PATIENCE)) {
                if (changed.job() instanceof IngestionJob.Processing processing) {
                    told.add(processing);
                }
            }
        }
        assertThat(told).extracting(IngestionJob.Processing::stage).isSorted();
        assertThat(told)
                .extracting(IngestionJob.Processing::progress)
                .isNotEmpty()
                .isSorted();
    }

    @Test
    void a_document_that_is_given_up_under_way_leaves_nothing() throws IOException {
        Scope session = someSession();
        JobId job = handOver(documents, session, "long.txt", longText("seagulls"))
                .job()
                .ticket()
                .id();
        await().until(() -> documents.job(job).orElseThrow() instanceof IngestionJob.Processing);

        documents.cancel(job);

        assertThat(ended(documents, job)).isInstanceOf(IngestionJob.Cancelled.class);
        assertThat(documents
                        .list(DocumentQuery.of(List.of(session)), firstPage())
                        .items())
                .isEmpty();
        await().until(() -> keptFiles().isEmpty());
    }

    @Test
    void what_was_accepted_survives_the_end_of_its_process() throws Exception {
        Scope session = someSession();
        Document kept = ingested(documents, session, "kept.txt", "The heron of Ashpool is called Gustav.")
                .document();
        JobId underWay = handOver(documents, session, "long.txt", longText("seagulls"))
                .job()
                .ticket()
                .id();
        python.kill();
        stop();
        start();

        assertThat(documents.find(kept.id())).contains(kept);
        assertThat(ended(documents, underWay)).isInstanceOf(IngestionJob.Completed.class);
        assertThat(documents.search("Who is called Gustav?", List.of(session), 1))
                .extracting(FoundPassage::documentId)
                .containsExactly(kept.id());
        List<FoundPassage> openings = documents.search("", List.of(session), 50);
        assertThat(openings).doesNotHaveDuplicates().hasSize(9);
        await().until(() -> keptFiles().isEmpty());
    }

    @Test
    void a_word_file_is_read_with_its_headings_and_tables() throws InterruptedException, IOException {
        Scope session = someSession();
        String body = "<w:p><w:r><w:t>Bread &amp; rolls</w:t></w:r></w:p><w:tbl><w:tr>"
                + "<w:tc><w:p><w:r><w:t>poppy roll</w:t></w:r></w:p></w:tc>"
                + "<w:tc><w:p><w:r><w:t>70 cents</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";

        assertThat(endOf(session, "menu.docx", MediaKind.DOCX, word("", body)))
                .isInstanceOf(IngestionJob.Completed.class);

        FoundPassage found = documents.search("poppy", List.of(session), 5).getFirst();
        assertThat(found.text()).isEqualTo("Bread & rolls\n\npoppy roll | 70 cents");
    }

    @Test
    void entities_are_never_expanded() throws IOException {
        String bomb = "<!DOCTYPE w [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>";
        String file = "<!DOCTYPE w [<!ENTITY a SYSTEM \"file:///etc/hostname\">]>";
        String body = "<w:p><w:r><w:t>&a;</w:t></w:r></w:p>";

        assertFails("bomb.docx", MediaKind.DOCX, word(bomb, body), FailureCode.DOCUMENT_UNREADABLE);
        assertFails("file.docx", MediaKind.DOCX, word(file, body), FailureCode.DOCUMENT_UNREADABLE);
    }

    @Test
    void what_unpacks_to_too_much_or_nests_too_deep_is_too_complex() throws IOException {
        String deep = "<w:p>".repeat(500) + "</w:p>".repeat(500);

        assertFails("bomb.docx", MediaKind.DOCX, word("", " ".repeat(70 << 20)), FailureCode.DOCUMENT_TOO_COMPLEX);
        assertFails("deep.docx", MediaKind.DOCX, word("", deep), FailureCode.DOCUMENT_TOO_COMPLEX);
        assertFails("deep.json", MediaKind.JSON, bytes("[".repeat(200_000)), FailureCode.DOCUMENT_TOO_COMPLEX);
    }

    @Test
    void what_is_something_else_or_damaged_says_so() throws IOException {
        byte[] book = zip(Map.of("mimetype", "application/epub+zip"));

        assertFails("book.docx", MediaKind.DOCX, book, FailureCode.DOCUMENT_TYPE_MISMATCH);
        assertFails("book.odt", MediaKind.ODT, book, FailureCode.DOCUMENT_TYPE_MISMATCH);
        assertFails("book.epub", MediaKind.EPUB, book, FailureCode.DOCUMENT_UNREADABLE);
        assertFails("torn.xlsx", MediaKind.XLSX, bytes("PK\3\4 and so on"), FailureCode.DOCUMENT_UNREADABLE);
        assertFails("torn.pdf", MediaKind.PDF, bytes("%PDF-1.4 and so on"), FailureCode.DOCUMENT_UNREADABLE);
    }

    @Test
    void a_protected_office_file_is_told_from_an_old_one() throws IOException {
        byte[] old = new byte[2_000];
        System.arraycopy(new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0}, 0, old, 0, 4);
        byte[] locked = old.clone();
        byte[] name = "EncryptedPackage".getBytes(StandardCharsets.UTF_16LE);
        System.arraycopy(name, 0, locked, 1_000, name.length);

        assertFails("locked.xlsx", MediaKind.XLSX, locked, FailureCode.DOCUMENT_ENCRYPTED);
        assertFails("old.xlsx", MediaKind.XLSX, old, FailureCode.DOCUMENT_TYPE_MISMATCH);
    }

    private void assertFails(String name, MediaKind kind, byte[] content, FailureCode code) throws IOException {
        assertThat(endOf(someSession(), name, kind, content))
                .isInstanceOfSatisfying(IngestionJob.Failed.class, failed -> {
                    assertThat(failed.failure().code()).as(name).isEqualTo(code);
                    assertThat(failed.failure().detail()).isNotBlank();
                });
    }

    private IngestionJob endOf(Scope session, String name, MediaKind kind, byte[] content) throws IOException {
        try {
            var document = Uploads.of(session, name, kind, MAX_BYTES, PLENTY);
            return ended(
                    documents,
                    documents
                            .ingest(document, new ByteArrayInputStream(content))
                            .job()
                            .ticket()
                            .id());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private List<Path> keptFiles() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("files"))) {
            return files.toList();
        }
    }

    private static PageRequest firstPage() {
        return new PageRequest(50, Optional.empty());
    }

    /** A little less than what may be handed over. */
    private static String longText(String topic) {
        return IntStream.range(0, 20_000)
                .mapToObj(i -> "Sentence " + i + " speaks of " + topic + ".")
                .collect(Collectors.joining("\n\n"));
    }

    private static byte[] word(String documentType, String body) throws IOException {
        return zip(Map.of(
                "_rels/.rels",
                "<Relationships><Relationship Id=\"r\" Type=\"" + MAIN
                        + "\" Target=\"word/document.xml\"/></Relationships>",
                "word/document.xml",
                documentType + "<w:document xmlns:w=\"" + WORD + "\"><w:body>" + body + "</w:body></w:document>"));
    }

    private static byte[] zip(Map<String, String> parts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(bytes(part.getValue()));
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
