package dev.daveloper.embedded.documents.extraction;

import static dev.daveloper.domain.failures.FailureCode.DOCUMENT_TOO_COMPLEX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.daveloper.domain.documents.MediaKind;
import dev.daveloper.domain.failures.DocumentRefused;
import dev.daveloper.embedded.documents.ExtractedText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are made to harm cost a refusal, in the process where strangers' files are read. */
@Timeout(60)
class HostileFilesTest {
    private static final String SECRET = "what only this machine knows";

    private static final Pattern READ_PARTS = Pattern.compile("^(\\[Content_Types].xml|_rels/.rels|docProps/core.xml"
            + "|word/(document|styles).xml|ppt/presentation.xml|ppt/slides/slide1.xml|xl/workbook.xml|xl/styles.xml"
            + "|xl/sharedStrings.xml|xl/worksheets/sheet1.xml|content.xml|META-INF/.*|OEBPS/.*)$");

    private static Extractor extractor;

    @TempDir
    Path folder;

    @BeforeAll
    static void open() {
        extractor = ProcessExtractor.open(Configs.within(Duration.ofSeconds(20)));
    }

    @AfterAll
    static void close() {
        extractor.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"XLSX", "EPUB"})
    void ten_gigabytes_of_zeros_whose_header_lies_are_not_unpacked(MediaKind kind) throws Exception {
        byte[] bomb = HostileFiles.bomb(SampleFiles.of(kind), 10 * 1024);

        assertThat(bomb.length).isLessThan(12 << 20);
        assertThat(refusal(bomb, kind)).hasMessageContaining("unpacks to more than 268435456 bytes");
    }

    @Test
    void a_part_that_unpacks_to_very_much_more_than_its_size_is_too_complex() throws Exception {
        assertThat(refusal(HostileFiles.bomb(SampleFiles.of(MediaKind.DOCX), 128), MediaKind.DOCX))
                .hasMessageContaining("more than 100 times its size");
    }

    @Test
    void many_parts_that_are_harmless_alone_are_measured_together() throws Exception {
        assertThat(refusal(HostileFiles.manyLargeParts(SampleFiles.of(MediaKind.ODT), 300), MediaKind.ODT))
                .hasMessageContaining("unpacks to more than 268435456 bytes");
    }

    @Test
    void very_many_parts_are_too_many() throws Exception {
        assertThat(refusal(HostileFiles.manyParts(SampleFiles.of(MediaKind.DOCX), 10_001), MediaKind.DOCX))
                .hasMessageContaining("more than 10000 parts");
    }

    @ParameterizedTest
    @ValueSource(strings = {"word/embeddings/inner.zip", "word/media/inner.docx", "word/vbaProject.bin"})
    void what_is_embedded_stays_closed(String name) throws Exception {
        byte[] nested = HostileFiles.nestedBombs(SampleFiles.of(MediaKind.DOCX), name, 5);

        String types = new String(ZipFiles.parts(nested).get("[Content_Types].xml"), StandardCharsets.UTF_8);
        String more = "<Default ContentType=\"application/octet-stream\" Extension=\"%s\"/>"
                .formatted(name.substring(name.lastIndexOf('.') + 1));
        byte[] declared = ZipFiles.with(
                nested, "[Content_Types].xml", ZipFiles.utf8(types.replaceFirst("(<Types[^>]*>)", "$1" + more)));

        assertThat(read(declared, MediaKind.DOCX).markdown()).contains(SampleFiles.FACT);
    }

    @ParameterizedTest
    @EnumSource(names = {"DOCX", "PPTX", "XLSX", "ODT", "EPUB"})
    void entities_that_grow_are_not_grown(MediaKind kind) throws Exception {
        for (byte[] file : withDoctype(kind, HostileFiles.billionLaughs())) {
            String outcome = outcome(file, kind);

            assertThat(outcome.length()).isLessThan(1_000_000);
            assertThat(outcome).doesNotContain("laughlaugh");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DOCX", "PPTX", "XLSX", "ODT", "EPUB"})
    void nothing_is_fetched_and_no_file_of_the_machine_is_read(MediaKind kind) throws Exception {
        Path secret = Files.writeString(folder.resolve("secret.txt"), SECRET);
        AtomicInteger calls = new AtomicInteger();
        try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> count(listener, calls));
            String address = "http://127.0.0.1:" + listener.getLocalPort();

            for (byte[] file : withDoctype(kind, HostileFiles.externalEntity(address))) {
                outcome(file, kind);
            }
            for (byte[] file :
                    withDoctype(kind, HostileFiles.fileEntity(secret.toUri().toString()))) {
                assertThat(outcome(file, kind)).doesNotContain(SECRET);
            }
        }
        assertThat(calls).hasValue(0);
    }

    /** The same document with the doctype in each of the parts that a reader looks at. */
    private static List<byte[]> withDoctype(MediaKind kind, String doctype) throws IOException {
        byte[] sample = SampleFiles.of(kind);
        List<byte[]> changed = new ArrayList<>();
        for (String name : ZipFiles.parts(sample).keySet()) {
            if (READ_PARTS.matcher(name).find()) {
                changed.add(ZipFiles.withDoctype(sample, name, doctype, "(?:w:t|a:t|t|text:p|p|h1)"));
            }
        }
        assertThat(changed).hasSizeGreaterThan(1);
        return changed;
    }

    private static void count(ServerSocket listener, AtomicInteger calls) {
        try {
            while (true) {
                listener.accept().close();
                calls.incrementAndGet();
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    @Test
    void a_page_tree_that_is_its_own_child_ends() throws Exception {
        assertThat(outcome(PdfFiles.loop(), MediaKind.PDF)).startsWith("document_");
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 400_000})
    void arrays_in_arrays_end(int depth) throws Exception {
        assertThat(outcome(PdfFiles.nested(depth), MediaKind.PDF)).startsWith("document_");
    }

    @Test
    void markup_that_is_nested_very_deeply_ends() throws Exception {
        int depth = 100_000;
        String html = "<div>".repeat(depth) + SampleFiles.FACT + "</div>".repeat(depth);
        String odt = "<text:section>".repeat(depth) + "<text:p>x</text:p>" + "</text:section>".repeat(depth);

        outcome(ZipFiles.utf8(html), MediaKind.HTML);
        outcome(ZipFiles.odt("", odt), MediaKind.ODT);
        outcome(ZipFiles.utf8("<ul><li>".repeat(20_000) + "x"), MediaKind.HTML);
        outcome(ZipFiles.utf8("<table><tr><td>".repeat(20_000) + "x"), MediaKind.HTML);
        outcome(ZipFiles.utf8("> ".repeat(depth) + "x"), MediaKind.MARKDOWN);
        assertThat(read(SampleFiles.of(MediaKind.TEXT), MediaKind.TEXT).markdown())
                .contains(SampleFiles.FACT);
    }

    @Test
    void a_document_that_needs_more_memory_than_there_is_ends_its_process_only() throws Exception {
        String cell = "<a>x</a><b>";
        Path file = file(ZipFiles.utf8("<p>".repeat(10) + cell.repeat((8 << 20) / cell.length())));
        try (Extractor small = ProcessExtractor.open(Configs.heap(ExtractionConfig.MIN_HEAP_BYTES))) {
            DocumentRefused refused =
                    catchThrowableOfType(DocumentRefused.class, () -> small.extract(file, MediaKind.HTML, done -> {}));

            assertThat(refused.code()).isEqualTo(DOCUMENT_TOO_COMPLEX);
            assertThat(refused).hasMessageContaining("more memory");
            Path harmless = SampleFiles.write(folder, MediaKind.PDF);
            assertThat(small.extract(harmless, MediaKind.PDF, done -> {}).markdown())
                    .contains(SampleFiles.FACT);
        }
    }

    private DocumentRefused refusal(byte[] content, MediaKind kind) throws IOException {
        Path file = file(content);
        DocumentRefused refused =
                catchThrowableOfType(DocumentRefused.class, () -> extractor.extract(file, kind, done -> {}));
        assertThat(refused.code()).isEqualTo(DOCUMENT_TOO_COMPLEX);
        return refused;
    }

    /** The text, or the code of the refusal. */
    private String outcome(byte[] content, MediaKind kind) throws Exception {
        try {
            return read(content, kind).markdown();
        } catch (DocumentRefused refused) {
            return refused.code().wireName();
        }
    }

    private ExtractedText read(byte[] content, MediaKind kind) throws Exception {
        return extractor.extract(file(content), kind, done -> {});
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(folder.resolve("document"), content);
    }
}
