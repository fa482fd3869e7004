package dev.daveloper.embedded.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitterTest {
    /** What texts are put together of at random. */
    private static final List<String> PARTS = List.of(
            "# ",
            "\n",
            "\n\n",
            "- ",
            "1. ",
            "> ",
            "```\n",
            "~~~~\n",
            "`",
            "|",
            "|---|\n",
            "a b. ",
            "Ünï 👋",
            "[x](y)",
            "---\n",
            "===\n",
            "    ",
            "\t",
            "*",
            "\r\n",
            "漢字。",
            "word ".repeat(300),
            "x".repeat(1_500),
            "\u00a0");

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Of the processor, so that a busy machine fails nothing. */
    private static final Duration LONG_ENOUGH_FOR_LINEAR_WORK = Duration.ofSeconds(8);

    private static List<IndexedPassage> split(String markdown, Integer... pageStarts) {
        ExtractedText text = new ExtractedText(markdown, List.of(pageStarts));
        List<IndexedPassage> passages = Splitter.split(text);
        checkPlaces(text, passages);
        return passages;
    }

    /** What holds for every text: size, order, place, page; and nothing but blanks and marks is left out. */
    private static void checkPlaces(ExtractedText text, List<IndexedPassage> passages) {
        int last = 0;
        for (int i = 0; i < passages.size(); i++) {
            IndexedPassage passage = passages.get(i);
            assertThat(passage.ordinal()).isEqualTo(i);
            assertThat(passage.text()).isNotBlank().hasSizeLessThanOrEqualTo(IndexedPassage.MAX_CHARS);
            assertThat(passage.text()).isEqualTo(text.markdown().substring(passage.start(), passage.end()));
            assertThat(passage.start()).isGreaterThanOrEqualTo(last);
            assertThat(passage.page())
                    .isEqualTo(text.pageAt(passage.start()))
                    .isEqualTo(text.pageAt(passage.end() - 1));
            assertThat(Character.isLowSurrogate(passage.text().charAt(0))).isFalse();
            last = passage.end();
        }
    }

    @Test
    void headings_of_all_forms_make_the_path() {
        List<IndexedPassage> passages = split("""
                Before.

                # One `code` #
                First.
                ### Deep
                Deeper.
                ## Two
                Second.

                Three
                =====
                Third.

                Four
                ----
                Fourth.
                """);
        assertThat(passages)
                .extracting(IndexedPassage::headings)
                .containsExactly(
                        List.of(),
                        List.of("One code"),
                        List.of("One code", "Deep"),
                        List.of("One code", "Two"),
                        List.of("Three"),
                        List.of("Three", "Four"));
        assertThat(passages).extracting(IndexedPassage::text).contains("Before.", "Deeper.", "Fourth.");
    }

    @Test
    void what_is_in_code_is_no_heading_and_no_table() {
        List<IndexedPassage> passages = split("# A\n\n```sh\n# not a heading\n\n| a |\n|---|\n~~~\n```\n\n## B\nText.");
        assertThat(passages).hasSize(2);
        assertThat(passages.getFirst().text()).startsWith("```sh").endsWith("```");
        assertThat(passages.getLast().headings()).containsExactly("A", "B");
    }

    @Test
    void rows_of_a_long_table_are_found_by_its_column_names() {
        String row = "| Berlin | 3,800,000 inhabitants | on the river Spree |\n";
        List<IndexedPassage> passages = split("Cities:\n\n| city | people | place |\n|---|:-:|--:|\n" + row.repeat(80));
        assertThat(passages).hasSizeGreaterThan(3);
        assertThat(passages.subList(1, passages.size()))
                .allSatisfy(passage -> assertThat(passage.context()).contains("city", "people", "place"))
                .allSatisfy(passage ->
                        assertThat(passage.text()).startsWith("| Berlin").endsWith("|"));
    }

    @Test
    void a_table_without_borders_is_one_as_well() {
        List<IndexedPassage> passages = split("a | b\n--|--\n" + "long cell | another cell\n".repeat(90) + "\nAfter.");
        assertThat(passages.get(1).context()).isEqualTo("a   b");
        assertThat(passages.getLast().text()).endsWith("After.");
    }

    @Test
    void a_passage_never_crosses_a_page_start() {
        String first = "The first page ends in the middle of a ";
        String text = first + "sentence. # No heading\n\n- one\n- two\n";
        int third = text.length();
        List<IndexedPassage> passages = split(text + "Third page.", 0, first.length(), third);
        assertThat(passages)
                .extracting(IndexedPassage::page)
                .containsExactly(OptionalInt.of(1), OptionalInt.of(2), OptionalInt.of(3));
        assertThat(passages.getFirst().text()).isEqualTo(first.strip());
    }

    @Test
    void pages_without_text_are_passed_over() {
        assertThat(split("a\n\n\nb", 0, 2, 3, 4))
                .extracting(IndexedPassage::page)
                .containsExactly(OptionalInt.of(1), OptionalInt.of(4));
        assertThat(split(" \n\t\u00a0\u3000\n")).isEmpty();
        assertThat(split("")).isEmpty();
    }

    @Test
    void long_paragraphs_are_cut_between_sentences() {
        List<IndexedPassage> passages = split("Nobody knows how this sentence came to be here. ".repeat(200));
        assertThat(passages).hasSizeBetween(9, 12);
        assertThat(passages)
                .allSatisfy(passage ->
                        assertThat(passage.text()).startsWith("Nobody").endsWith("here."));
    }

    @Test
    void chinese_is_cut_between_sentences() {
        assertThat(split("我们今天去学校学习数学。".repeat(300)))
                .hasSizeGreaterThan(3)
                .allSatisfy(passage -> assertThat(passage.text()).endsWith("。"));
    }

    @Test
    void long_code_is_cut_between_lines() {
        assertThat(split("```\n" + "call(one, two); // does. what it says\n".repeat(200) + "```\n"))
                .hasSizeGreaterThan(5)
                .allSatisfy(passage -> assertThat(passage.text()).startsWith(passage.ordinal() == 0 ? "```" : "call("));
    }

    @Test
    void front_matter_is_not_a_part_of_the_text() {
        assertThat(split("---\ntitle: x\n---\n# Real\n\nText.\n"))
                .singleElement()
                .satisfies(passage -> {
                    assertThat(passage.text()).isEqualTo("Text.");
                    assertThat(passage.headings()).containsExactly("Real");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x", "👍", "ก", "漢", "e\u0301", "word ", "[", "|", "| a ", ">", "`", "# ", "- ", "\n", "a\n", "```\n",
                "|-|\n", "* * *\n", "<p>", "\u0301", "Yes. "
            })
    @Timeout(300)
    void four_million_characters_without_structure_take_time_in_proportion(String unit) {
        String text = unit.repeat(4_000_000 / unit.length());
        long begun = THREADS.getCurrentThreadCpuTime();
        List<IndexedPassage> passages = Splitter.split(new ExtractedText(text, List.of()));
        assertThat(Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - begun)).isLessThan(LONG_ENOUGH_FOR_LINEAR_WORK);
        assertThat(passages)
                .allSatisfy(passage -> assertThat(passage.text().length()).isBetween(1, IndexedPassage.MAX_CHARS));
        assertThat(passages.size()).isLessThan(16_000);
    }

    @Test
    void any_text_can_be_split() {
        Random random = new Random(20261122);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder();
            List<Integer> pages = new ArrayList<>(List.of(0));
            for (int j = random.nextInt(60); j > 0; j--) {
                text.append(PARTS.get(random.nextInt(PARTS.size())));
                if (random.nextInt(10) == 0 && text.length() > pages.getLast()) {
                    pages.add(text.length());
                }
            }
            pages.removeIf(start -> start > 0 && start >= text.length());
            split(text.toString(), pages.toArray(Integer[]::new));
        }
    }
}
