package dev.daveloper.embedded.documents.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.domain.documents.MediaKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextDecodingTest {
    private static final String GERMAN = "Die Größe der Äpfel überrascht: süße Früchte für schöne Tage. ";
    private static final String RUSSIAN = "Маяк сжигает много литров масла в год, и капитан это знает. ";
    private static final String JAPANESE = "東京の港には大きな灯台があります。船長はそれを知っています。";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
    void a_byte_order_mark_is_believed(String charset) throws IOException {
        assertThat(read(("\uFEFF" + GERMAN + JAPANESE).getBytes(Charset.forName(charset)), MediaKind.TEXT))
                .isEqualTo((GERMAN + JAPANESE).strip());
    }

    @ParameterizedTest
    @CsvSource({
        "windows-1252," + GERMAN,
        "windows-1251," + RUSSIAN,
        "KOI8-R," + RUSSIAN,
        "Shift_JIS," + JAPANESE,
        "EUC-JP," + JAPANESE
    })
    void older_encodings_are_told_by_their_looks(String charset, String sentence) throws IOException {
        String text = sentence.strip() + " " + sentence.strip();

        assertThat(read(text.getBytes(Charset.forName(charset)), MediaKind.TEXT))
                .isEqualTo(text);
    }

    @Test
    void a_page_says_its_encoding_itself() throws IOException {
        String page = "<meta charset=\"windows-1250\"><p>Příliš žluťoučký kůň</p>";

        assertThat(read(page.getBytes(Charset.forName("windows-1250")), MediaKind.HTML))
                .isEqualTo("Příliš žluťoučký kůň");
    }

    @Test
    void a_character_cut_by_the_end_of_the_file_is_left_out() throws IOException {
        byte[] bytes = "Äpfel und 東".getBytes(StandardCharsets.UTF_8);

        assertThat(read(Arrays.copyOf(bytes, bytes.length - 1), MediaKind.TEXT)).isEqualTo("Äpfel und");
    }

    @Test
    void characters_across_the_buffers_edge_stay_whole() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes("x".getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes("東".repeat(100_000).getBytes(StandardCharsets.UTF_8));

        assertThat(read(bytes.toByteArray(), MediaKind.TEXT)).isEqualTo("x" + "東".repeat(100_000));
    }

    @Test
    void blank_lines_part_paragraphs_and_depth_is_no_code() throws IOException {
        assertThat(read(
                        "    Indented\n  more\n\n\n# no heading\n* one\n* two\n".getBytes(StandardCharsets.UTF_8),
                        MediaKind.TEXT))
                .isEqualTo("   Indented\n  more\n\n\\# no heading\n* one\n* two");
    }

    private String read(byte[] content, MediaKind kind) throws IOException {
        Path file = Files.write(folder.resolve("document"), content);
        return DocumentReader.read(file, kind, ExtractionConfig.defaults().bounds(), done -> {})
                .markdown();
    }
}
