package dev.daveloper.embedded.documents.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.daveloper.domain.documents.MediaKind;
import dev.daveloper.domain.failures.DocumentRefused;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Honest files that are large, within the heap of one process. */
@Timeout(60)
class LargeFilesTest {
    private static final int ROWS = 30_000;

    private static Extractor extractor;

    @TempDir
    Path folder;

    @BeforeAll
    static void open() {
        extractor = ProcessExtractor.open(ExtractionConfig.defaults());
    }

    @AfterAll
    static void close() {
        extractor.close();
    }

    @Test
    void fifty_mebibytes_of_text_are_more_than_may_be_and_cost_no_process() throws Exception {
        Path file = folder.resolve("large.txt");
        Files.writeString(file, "Größe\n".repeat((50 << 20) / 8));

        assertThatExceptionOfType(DocumentRefused.class)
                .isThrownBy(() -> extractor.extract(file, MediaKind.TEXT, done -> {}))
                .withMessage("The document has more than 10000000 characters of text.");
        assertThat(((ProcessExtractor) extractor).processes()).hasSize(1);
    }

    @Test
    void a_text_as_long_as_may_be_is_read_whole() throws Exception {
        Path file = folder.resolve("long.txt");
        Files.writeString(file, "東京の港\n".repeat(1_999_999));

        assertThat(extractor.extract(file, MediaKind.TEXT, done -> {}).markdown())
                .hasSize(5 * 1_999_999 - 1)
                .endsWith("東京の港");
    }

    @Test
    void a_sheet_of_many_rows_is_read_whole() throws Exception {
        Path file = folder.resolve("large.xlsx");
        try (SXSSFWorkbook book = new SXSSFWorkbook(100);
                var out = Files.newOutputStream(file)) {
            book.setCompressTempFiles(true);
            var sheet = book.createSheet("Log");
            for (int i = 0; i < ROWS; i++) {
                var row = sheet.createRow(i);
                row.createCell(0).setCellValue(i);
                row.createCell(1).setCellValue("Entry number " + i * 31L);
                row.createCell(2).setCellValue(i / 7.0);
            }
            book.write(out);
        }

        String text = extractor.extract(file, MediaKind.XLSX, done -> {}).markdown();

        assertThat(text.lines()).hasSize(ROWS + 3);
        assertThat(text).contains("| Entry number " + (ROWS - 1) * 31L + " |");
    }
}
