package dev.daveloper.domain.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daveloper.domain.failures.DocumentRefused;
import dev.daveloper.domain.failures.FailureCode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaKindTest {
    private static final byte[] TEXT = bytes("Hello, café.");
    private static final byte[] PDF = bytes("%PDF-1.7\n%\u00e2\u00e3");
    private static final byte[] ZIP = {'P', 'K', 3, 4, 20, 0};
    private static final byte[] COMPOUND = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, (byte) 0xA1, (byte) 0xB1};
    private static final byte[] PROGRAM = {0x7F, 'E', 'L', 'F', 2, 1, 1, 0};

    @ParameterizedTest
    @CsvSource({
        "report.pdf, PDF",
        "REPORT.PDF, PDF",
        "a.md, MARKDOWN",
        "a.markdown, MARKDOWN",
        "a.txt, TEXT",
        "a.csv, CSV",
        "a.json, JSON",
        "a.html, HTML",
        "a.htm, HTML",
        "a.docx, DOCX",
        "a.pptx, PPTX",
        "a.xlsx, XLSX",
        "a.odt, ODT",
        "a.epub, EPUB",
        "a.exe.txt, TEXT"
    })
    void a_kind_is_told_by_extension_and_first_bytes(String name, MediaKind expected) {
        byte[] head = expected == MediaKind.PDF ? PDF : expected.isArchive() ? ZIP : TEXT;

        assertThat(MediaKind.agreed(name, "", head)).isEqualTo(expected);
        assertThat(MediaKind.agreed(name, "application/octet-stream", head)).isEqualTo(expected);
        assertThat(MediaKind.agreed(name, expected.mediaType().toUpperCase(Locale.ROOT) + "; charset=utf-8", head))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.exe", "a.pdf.exe", "a", "a.", "a.svg", "a.docm", "a.doc", "a.zip", "a.pdf\u0000.exe"})
    void other_extensions_are_not_taken(String name) {
        assertRefused(name, "", PDF, FailureCode.DOCUMENT_TYPE_NOT_ALLOWED);
    }

    @Test
    void a_declared_type_that_is_not_the_extension_s_is_a_mismatch() {
        assertRefused("a.pdf", "text/html", PDF, FailureCode.DOCUMENT_TYPE_MISMATCH);
        assertRefused("a.txt", "application/pdf", TEXT, FailureCode.DOCUMENT_TYPE_MISMATCH);
    }

    @Test
    void content_that_is_not_the_extension_s_is_a_mismatch() {
        assertRefused("a.pdf", "", TEXT, FailureCode.DOCUMENT_TYPE_MISMATCH);
        assertRefused("a.docx", "", PDF, FailureCode.DOCUMENT_TYPE_MISMATCH);
        assertRefused("a.txt", "", PROGRAM, FailureCode.DOCUMENT_TYPE_MISMATCH);
        assertRefused("a.txt", "", ZIP, FailureCode.DOCUMENT_TYPE_MISMATCH);
        assertRefused("a.html", "", PDF, FailureCode.DOCUMENT_TYPE_MISMATCH);
        assertRefused("a.pdf", "", new byte[] {'%', 'P'}, FailureCode.DOCUMENT_TYPE_MISMATCH);
    }

    @Test
    void a_file_without_bytes_is_empty() {
        assertRefused("a.pdf", "", new byte[0], FailureCode.DOCUMENT_EMPTY);
    }

    @Test
    void an_office_document_in_a_compound_file_is_let_through_to_be_found_encrypted() {
        assertThat(MediaKind.agreed("a.docx", "", COMPOUND)).isEqualTo(MediaKind.DOCX);
    }

    @Test
    void a_pdf_may_have_something_before_its_header() {
        assertThat(MediaKind.agreed("a.pdf", "", bytes("\r\n\r\njunk %PDF-1.4")))
                .isEqualTo(MediaKind.PDF);
    }

    @Test
    void text_in_sixteen_bits_is_text() {
        byte[] utf16 = {(byte) 0xFF, (byte) 0xFE, 'H', 0, 'i', 0};

        assertThat(MediaKind.agreed("a.txt", "text/plain", utf16)).isEqualTo(MediaKind.TEXT);
    }

    @ParameterizedTest
    @EnumSource
    void a_kind_is_found_by_its_wire_name(MediaKind kind) {
        assertThat(MediaKind.ofWireName(kind.wireName())).contains(kind);
        assertThat(MediaKind.ofWireName("no-" + kind.wireName())).isEmpty();
    }

    private static void assertRefused(String name, String declared, byte[] head, FailureCode code) {
        assertThatThrownBy(() -> MediaKind.agreed(name, declared, head))
                .isInstanceOfSatisfying(
                        DocumentRefused.class,
                        refused -> assertThat(refused.code()).isEqualTo(code));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
