package dev.daveloper.embedded.documents.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.domain.documents.MediaKind;
import dev.daveloper.embedded.documents.ExtractedText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PdfReaderTest {
    @TempDir
    Path folder;

    @Test
    void lines_of_a_paragraph_are_joined_and_a_word_that_was_broken_is_whole_again() throws IOException {
        ExtractedText text = read(PdfFiles.harbour());

        assertThat(text.markdown()).startsWith("# Harbour rules\n\n" + SampleFiles.INTRODUCTION + "\n\n");
    }

    @Test
    void a_page_without_text_is_still_a_page() throws IOException {
        ExtractedText text = read(PdfFiles.pages(List.of("", "", "Third page", "", "Fifth page", "")));

        assertThat(text.pages()).hasValue(6);
        assertThat(text.pageStarts()).isSorted().doesNotHaveDuplicates();
        assertThat(text.pageAt(text.markdown().indexOf("Third"))).hasValue(3);
        assertThat(text.pageAt(text.markdown().indexOf("Fifth"))).hasValue(5);
    }

    @Test
    void numbered_lines_stay_apart() throws IOException {
        assertThat(read(PdfFiles.pages(List.of("1. Moor the ship\n2. Pay the fee")))
                        .markdown())
                .contains("Moor the ship\n\n")
                .contains("Pay the fee");
    }

    @Test
    void a_file_that_is_only_locked_against_changes_is_read() throws IOException {
        assertThat(read(PdfFiles.encrypted("")).markdown()).isEqualTo(SampleFiles.FACT);
    }

    @ParameterizedTest
    @CsvSource({
        "harbour mas-, ter, harbour master",
        "Zürich-, Süd, Zürich-Süd",
        "harbour, master, harbour master",
        "東京, の港, 東京の港",
        "1990 -, 2000, 1990 - 2000",
        "COVID-, 19, COVID-19"
    })
    void lines_are_joined(String before, String next, String joined) {
        StringBuilder paragraph = new StringBuilder(before);

        PdfLayout.join(paragraph, next);

        assertThat(paragraph).hasToString(joined);
    }

    private ExtractedText read(byte[] pdf) throws IOException {
        Path file = Files.write(folder.resolve("a.pdf"), pdf);
        return DocumentReader.read(
                file, MediaKind.PDF, ExtractionConfig.defaults().bounds(), done -> {});
    }
}
