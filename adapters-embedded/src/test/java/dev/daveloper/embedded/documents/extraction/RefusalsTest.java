package dev.daveloper.embedded.documents.extraction;

import static dev.daveloper.domain.failures.FailureCode.DOCUMENT_EMPTY;
import static dev.daveloper.domain.failures.FailureCode.DOCUMENT_ENCRYPTED;
import static dev.daveloper.domain.failures.FailureCode.DOCUMENT_TOO_COMPLEX;
import static dev.daveloper.domain.failures.FailureCode.DOCUMENT_TYPE_MISMATCH;
import static dev.daveloper.domain.failures.FailureCode.DOCUMENT_UNREADABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.daveloper.domain.documents.MediaKind;
import dev.daveloper.domain.failures.DocumentRefused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** Which documents are not read, and what is said about them. */
class RefusalsTest {
    private static final ReadingBounds BOUNDS = ExtractionConfig.defaults().bounds();

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(names = {"DOCX", "PPTX", "XLSX"})
    void an_office_document_with_a_password_is_encrypted(MediaKind kind) throws Exception {
        assertThat(refusal(OfficeFiles.encrypted(SampleFiles.of(kind)), kind).code())
                .isEqualTo(DOCUMENT_ENCRYPTED);
    }

    @Test
    void a_pdf_that_needs_a_password_is_encrypted() throws IOException {
        assertThat(refusal(PdfFiles.encrypted("secret"), MediaKind.PDF).code()).isEqualTo(DOCUMENT_ENCRYPTED);
    }

    @Test
    void a_text_document_with_a_password_is_encrypted() throws IOException {
        byte[] locked = ZipFiles.with(
                ZipFiles.odt(),
                "META-INF/manifest.xml",
                ZipFiles.utf8(
                        "<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
                                + "</manifest:manifest>"));

        assertThat(refusal(locked, MediaKind.ODT).code()).isEqualTo(DOCUMENT_ENCRYPTED);
    }

    @Test
    void a_book_under_rights_management_is_encrypted_but_scrambled_fonts_lock_nothing() throws IOException {
        String method = "<encryption><EncryptedData><EncryptionMethod Algorithm=\"%s\"/></EncryptedData></encryption>";
        byte[] locked = ZipFiles.with(
                ZipFiles.epub(),
                "META-INF/encryption.xml",
                ZipFiles.utf8(method.formatted("http://www.w3.org/2001/04/xmlenc#aes128-cbc")));
        byte[] rights = ZipFiles.with(ZipFiles.epub(), "META-INF/rights.xml", ZipFiles.utf8("<rights/>"));
        byte[] fonts = ZipFiles.with(
                ZipFiles.epub(),
                "META-INF/encryption.xml",
                ZipFiles.utf8(method.formatted("http://www.idpf.org/2008/embedding")));

        assertThat(refusal(locked, MediaKind.EPUB).code()).isEqualTo(DOCUMENT_ENCRYPTED);
        assertThat(refusal(rights, MediaKind.EPUB).code()).isEqualTo(DOCUMENT_ENCRYPTED);
        assertThat(DocumentReader.read(file(fonts), MediaKind.EPUB, BOUNDS, done -> {})
                        .markdown())
                .contains(SampleFiles.FACT);
    }

    @Test
    void an_archive_with_encrypted_parts_is_encrypted() throws IOException {
        byte[] archive = SampleFiles.of(MediaKind.DOCX);
        for (int i = 0; i + 10 < archive.length; i++) {
            boolean header = archive[i] == 'P' && archive[i + 1] == 'K';
            if (header && archive[i + 2] == 3 && archive[i + 3] == 4) {
                archive[i + 6] |= 1;
            } else if (header && archive[i + 2] == 1 && archive[i + 3] == 2) {
                archive[i + 8] |= 1;
            }
        }

        assertThat(refusal(archive, MediaKind.DOCX).code()).isEqualTo(DOCUMENT_ENCRYPTED);
    }

    @ParameterizedTest
    @EnumSource(names = {"DOCX", "PPTX", "XLSX", "ODT", "EPUB"})
    void an_archive_of_another_kind_is_a_mismatch(MediaKind kind) throws IOException {
        for (MediaKind other : List.of(MediaKind.DOCX, MediaKind.XLSX, MediaKind.ODT, MediaKind.EPUB)) {
            if (other != kind) {
                assertThat(refusal(SampleFiles.of(other), kind).code()).isEqualTo(DOCUMENT_TYPE_MISMATCH);
            }
        }
        byte[] plain = ZipFiles.zip(Map.of("a.txt", new byte[10]));
        assertThat(refusal(plain, kind).code()).isEqualTo(DOCUMENT_TYPE_MISMATCH);
    }

    @Test
    void a_document_with_macros_is_a_mismatch() throws IOException {
        byte[] docx = SampleFiles.of(MediaKind.DOCX);
        String types = new String(ZipFiles.parts(docx).get("[Content_Types].xml"), StandardCharsets.UTF_8);
        byte[] docm = ZipFiles.with(
                docx,
                "[Content_Types].xml",
                ZipFiles.utf8(types.replace(
                        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                        "application/vnd.ms-word.document.macroEnabled.main+xml")));

        assertThat(refusal(docm, MediaKind.DOCX).code()).isEqualTo(DOCUMENT_TYPE_MISMATCH);
    }

    @Test
    void an_old_office_document_is_a_mismatch() throws IOException {
        Path old = folder.resolve("old.docx");
        try (POIFSFileSystem files = new POIFSFileSystem();
                var out = Files.newOutputStream(old)) {
            files.createDocument(new java.io.ByteArrayInputStream(new byte[5_000]), "WordDocument");
            files.writeFilesystem(out);
        }

        assertThat(refusal(Files.readAllBytes(old), MediaKind.DOCX).code()).isEqualTo(DOCUMENT_TYPE_MISMATCH);
        assertThat(refusal(Files.readAllBytes(old), MediaKind.ODT).code()).isEqualTo(DOCUMENT_TYPE_MISMATCH);
    }

    @Test
    void a_document_without_text_is_empty_and_told_about_scans() throws IOException {
        assertThat(refusal(PdfFiles.pages(List.of("", "")), MediaKind.PDF))
                .hasMessageContaining("Scanned pages are pictures")
                .extracting(DocumentRefused::code)
                .isEqualTo(DOCUMENT_EMPTY);
        assertThat(refusal(OfficeFiles.docx(document -> document.createParagraph()), MediaKind.DOCX)
                        .code())
                .isEqualTo(DOCUMENT_EMPTY);
        assertThat(refusal(ZipFiles.odt("", ""), MediaKind.ODT).code()).isEqualTo(DOCUMENT_EMPTY);
        assertThat(refusal("<title>Only a title</title><script>x()</script>", MediaKind.HTML)
                        .code())
                .isEqualTo(DOCUMENT_EMPTY);
        assertThat(refusal("{\"a\": [{}, null, \"\"]}", MediaKind.JSON).code()).isEqualTo(DOCUMENT_EMPTY);
        assertThat(refusal(" \n\t\n ", MediaKind.TEXT).code()).isEqualTo(DOCUMENT_EMPTY);
    }

    @ParameterizedTest
    @EnumSource
    void a_file_without_a_byte_is_empty(MediaKind kind) throws IOException {
        assertThat(refusal(new byte[0], kind).code()).isEqualTo(DOCUMENT_EMPTY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\": 1", "{a: 1}", "[1, 2] 3", "nonsense", "{\"a\": NaN}", "[1,]"})
    void json_that_is_none_is_unreadable(String json) throws IOException {
        assertThat(refusal(json, MediaKind.JSON))
                .hasMessageContaining("no JSON")
                .extracting(DocumentRefused::code)
                .isEqualTo(DOCUMENT_UNREADABLE);
    }

    @Test
    void json_that_is_nested_too_deeply_is_too_complex() throws IOException {
        assertThat(refusal("[".repeat(100_000) + "1" + "]".repeat(100_000), MediaKind.JSON)
                        .code())
                .isEqualTo(DOCUMENT_TOO_COMPLEX);
    }

    @ParameterizedTest
    @EnumSource(names = {"TEXT", "MARKDOWN", "CSV"})
    void text_that_is_none_is_unreadable(MediaKind kind) throws IOException {
        assertThat(refusal(new byte[] {'a', 0, 1, 2, 'b'}, kind).code()).isEqualTo(DOCUMENT_UNREADABLE);
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"MARKDOWN"})
    void more_text_than_may_be_is_too_complex(MediaKind kind) throws IOException {
        Path file = SampleFiles.write(folder, kind);
        ReadingBounds few = new ReadingBounds(60, BOUNDS.maxUnpackedBytes(), BOUNDS.maxRatio(), BOUNDS.maxEntries());

        assertThat(refusal(file, kind, few))
                .hasMessage("The document has more than 60 characters of text.")
                .extracting(DocumentRefused::code)
                .isEqualTo(DOCUMENT_TOO_COMPLEX);
    }

    @Test
    void two_parts_of_one_name_or_a_name_that_climbs_are_damage() throws IOException {
        byte[] twins = SampleFiles.of(MediaKind.ODT);
        String renamed = new String(ZipFiles.with(twins, "contentXxml", new byte[3]), StandardCharsets.ISO_8859_1)
                .replace("contentXxml", "content.xml");

        assertThat(refusal(renamed.getBytes(StandardCharsets.ISO_8859_1), MediaKind.ODT)
                        .code())
                .isEqualTo(DOCUMENT_UNREADABLE);
        assertThat(refusal(ZipFiles.with(twins, "../up.xml", new byte[3]), MediaKind.ODT)
                        .code())
                .isEqualTo(DOCUMENT_UNREADABLE);
    }

    private DocumentRefused refusal(String content, MediaKind kind) throws IOException {
        return refusal(ZipFiles.utf8(content), kind);
    }

    private DocumentRefused refusal(byte[] content, MediaKind kind) throws IOException {
        return refusal(file(content), kind, BOUNDS);
    }

    private static DocumentRefused refusal(Path file, MediaKind kind, ReadingBounds bounds) {
        return catchThrowableOfType(DocumentRefused.class, () -> DocumentReader.read(file, kind, bounds, done -> {}));
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(folder.resolve("document"), content);
    }
}
