package dev.daveloper.domain.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daveloper.domain.failures.InvalidRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentNameTest {
    @ParameterizedTest
    @CsvSource({
        "report.pdf, report.pdf",
        "../../etc/passwd.txt, passwd.txt",
        "'C:\\Papers\\mine\\report.pdf', report.pdf",
        "..hidden.md, hidden.md",
        "'  a   b .pdf ', a b .pdf",
        "Größe.pdf, Größe.pdf",
        "報告書.pdf, 報告書.pdf",
        "<img src=x onerror=alert(1)>.md, <img src=x onerror=alert(1)>.md"
    })
    void a_name_is_the_last_part_as_it_can_be_seen(String sent, String expected) {
        assertThat(DocumentName.clean(sent)).isEqualTo(expected);
    }

    @Test
    void what_cannot_be_seen_or_would_deceive_is_left_out() {
        assertThat(DocumentName.clean("a\u0000b\r\nc\u202Egpj\u200B.pdf")).isEqualTo("abcgpj.pdf");
        assertThat(DocumentName.clean("a\uD800.pdf")).isEqualTo("a.pdf");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "...", "/", "dir/", "\u0000", "\u202E"})
    void a_name_of_which_nothing_is_left_is_refused(String sent) {
        assertThatThrownBy(() -> DocumentName.clean(sent)).isInstanceOf(InvalidRequest.class);
    }

    @Test
    void a_long_name_is_cut_and_keeps_its_extension() {
        String name = DocumentName.clean("x".repeat(500) + ".pdf");

        assertThat(name).hasSize(DocumentName.MAX_CHARS).startsWith("xxx").endsWith("….pdf");
        assertThat(DocumentName.clean("x".repeat(190) + "." + "y".repeat(100))).hasSizeLessThanOrEqualTo(200);
        assertThat(DocumentName.clean("😀".repeat(300) + ".md")).doesNotContainPattern("[\\x{D800}-\\x{DFFF}]");
    }

    @Test
    void the_extension_is_what_stands_behind_the_last_full_stop() {
        assertThat(DocumentName.extension("a.tar.GZ")).isEqualTo("gz");
        assertThat(DocumentName.extension("none")).isEmpty();
        assertThat(DocumentName.extension("end.")).isEmpty();
    }
}
