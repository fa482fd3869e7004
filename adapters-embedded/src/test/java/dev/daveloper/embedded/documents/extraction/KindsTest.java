package dev.daveloper.embedded.documents.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.domain.documents.MediaKind;
import dev.daveloper.embedded.documents.ExtractedText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is read out of each kind of document. */
class KindsTest {
    private static final Set<MediaKind> PAGED = EnumSet.of(MediaKind.PDF, MediaKind.PPTX, MediaKind.XLSX);
    private static final Set<MediaKind> FLAT =
            EnumSet.of(MediaKind.XLSX, MediaKind.CSV, MediaKind.JSON, MediaKind.TEXT);
    private static final ReadingBounds BOUNDS = ExtractionConfig.defaults().bounds();

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void every_kind_gives_its_text_in_every_script(MediaKind kind) throws IOException {
        String text = read(kind).markdown();

        assertThat(text).contains(SampleFiles.FACT).contains(SampleFiles.CJK).contains("Äpfel");
        assertThat(text).doesNotContain("script text", "color: red", "Switch it on");
    }

    @ParameterizedTest
    @EnumSource
    void pages_begin_where_they_say(MediaKind kind) throws IOException {
        ExtractedText text = read(kind);

        if (!PAGED.contains(kind)) {
            assertThat(text.pages()).isEmpty();
            return;
        }
        assertThat(text.pages()).hasValue(SampleFiles.PAGES);
        assertThat(text.pageStarts().getFirst()).isZero();
        assertThat(text.pageAt(text.markdown().indexOf(SampleFiles.HEADING))).hasValue(1);
        assertThat(text.pageAt(text.markdown().indexOf(SampleFiles.FACT))).hasValue(2);
    }

    @ParameterizedTest
    @EnumSource
    void headings_lists_and_tables_are_kept(MediaKind kind) throws IOException {
        String text = read(kind).markdown();

        if (!FLAT.contains(kind)) {
            assertThat(text).containsPattern("(?m)^#{1,2} " + SampleFiles.HEADING + "$");
            assertThat(text).containsPattern("(?m)^(- )?" + SampleFiles.ITEM + "$");
        }
        if (kind != MediaKind.PDF && kind != MediaKind.TEXT && kind != MediaKind.JSON && kind != MediaKind.CSV) {
            assertThat(text).contains("| Berth | Depth |\n| --- | --- |\n| North | 12 |\n| South | 7 |");
        }
    }

    @ParameterizedTest
    @EnumSource
    void progress_only_grows_and_ends_at_one(MediaKind kind) throws IOException {
        List<Double> told = new ArrayList<>();

        DocumentReader.read(SampleFiles.write(folder, kind), kind, BOUNDS, told::add);

        assertThat(told).isSorted().allMatch(done -> done >= 0 && done <= 1).endsWith(1.0);
    }

    @Test
    void numbers_dates_and_shares_of_a_sheet_are_as_they_are_shown() throws IOException {
        assertThat(read(MediaKind.XLSX).markdown())
                .startsWith("# Harbour rules\n\n| Berth")
                .contains("# Notes\n\n| Subject | Text | Since | Share |")
                .contains("| Oil | " + SampleFiles.FACT + " | 2024-02-29 | 12.5% |");
    }

    @Test
    void a_title_above_a_sheets_header_is_no_header() throws IOException {
        try (XSSFWorkbook book = new XSSFWorkbook();
                var out = Files.newOutputStream(folder.resolve("titled.xlsx"))) {
            var sheet = book.createSheet("S");
            sheet.createRow(0).createCell(0).setCellValue("Prices of 2024");
            var header = sheet.createRow(2);
            header.createCell(0).setCellValue("Ware");
            header.createCell(1).setCellValue("Price");
            var row = sheet.createRow(3);
            row.createCell(0).setCellValue("Rope");
            row.createCell(1).setCellValue(3.5);
            row.createCell(2).setCellValue("cheap | good");
            book.write(out);
        }

        assertThat(read("titled.xlsx", MediaKind.XLSX).markdown()).isEqualTo("""
                # S

                Prices of 2024

                | Ware | Price |  |
                | --- | --- | --- |
                | Rope | 3.5 | cheap \\| good |""");
    }

    @Test
    void an_epubs_chapters_come_in_the_order_of_reading() throws IOException {
        String text = read(MediaKind.EPUB).markdown();

        assertThat(text.indexOf(SampleFiles.FACT)).isBetween(0, text.indexOf("Last chapter."));
    }

    @Test
    void an_epub_with_the_old_doctype_and_its_entities_is_read() throws IOException {
        String doctype = "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.1//EN\" "
                + "\"http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd\">";
        Files.write(folder.resolve("old.epub"), ZipFiles.epub("", "<p>one&nbsp;two caf&eacute;</p>"));
        byte[] typed = ZipFiles.withDoctype(
                Files.readAllBytes(folder.resolve("old.epub")), "OEBPS/first chapter.xhtml", doctype, "none");
        Files.write(folder.resolve("old.epub"), typed);

        assertThat(read("old.epub", MediaKind.EPUB).markdown()).contains("one two café");
    }

    @Test
    void a_pages_nested_list_and_code_keep_their_shape() throws IOException {
        assertThat(read(MediaKind.HTML).markdown())
                .contains("- Ropes are coiled clockwise\n  1. Twice\n- Knots are dry")
                .contains("```\nmoor --berth north\n  --rope 2\n```");
    }

    @Test
    void a_table_that_is_only_for_looks_is_no_table() throws IOException {
        write("layout.html", """
                <title>Layout</title><table role="presentation"><tr><td><h2>News</h2><p>One</p><p>Two</p></td>
                <td><table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td><code>x*y</code></td></tr></table></td>
                </tr></table><p hidden>no</p><p style="display: none">no</p><img src="a.png" alt="A chart">""");

        assertThat(read("layout.html", MediaKind.HTML).markdown()).isEqualTo("""
                # Layout

                ## News

                One

                Two

                | A | B |
                | --- | --- |
                | 1 | `x*y` |

                A chart""");
    }

    @Test
    void values_of_json_stand_beside_their_path() throws IOException {
        assertThat(read(MediaKind.JSON).markdown())
                .contains("- berths[1].name: South\n- berths[1].depth: 7\n- berths[1].note: " + SampleFiles.CJK);
    }

    @Test
    void semicolons_and_tabs_separate_as_well() throws IOException {
        write("a.csv", "Name;Note\nRope;\"one; two\nthree\"\n\nSail;x\n");
        write("b.csv", "Name\tNote\nRope\t1,5\n");

        assertThat(read("a.csv", MediaKind.CSV).markdown())
                .isEqualTo("| Name | Note |\n| --- | --- |\n| Rope | one; two three |\n| Sail | x |");
        assertThat(read("b.csv", MediaKind.CSV).markdown()).endsWith("| Rope | 1,5 |");
    }

    @Test
    void a_row_that_is_wider_than_its_header_loses_nothing() throws IOException {
        write("wide.csv", "a,b\n1,2,3,4\n");

        assertThat(read("wide.csv", MediaKind.CSV).markdown())
                .isEqualTo("| a | b |  |  |\n| --- | --- | --- | --- |\n| 1 | 2 | 3 | 4 |");
    }

    @Test
    void markdown_stays_as_it_is() throws IOException {
        assertThat(read(MediaKind.MARKDOWN).markdown())
                .isEqualTo(new String(SampleFiles.of(MediaKind.MARKDOWN), java.nio.charset.StandardCharsets.UTF_8)
                        .strip());
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }

    private ExtractedText read(MediaKind kind) throws IOException {
        return DocumentReader.read(SampleFiles.write(folder, kind), kind, BOUNDS, done -> {});
    }

    private ExtractedText read(String name, MediaKind kind) {
        return DocumentReader.read(folder.resolve(name), kind, BOUNDS, done -> {});
    }
}
