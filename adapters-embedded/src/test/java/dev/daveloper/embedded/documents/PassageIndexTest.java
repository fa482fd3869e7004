package dev.daveloper.embedded.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PassageIndexTest {
    private static SourceDocument document(String id, String markdown) {
        return new SourceDocument(id, "Title of " + id, "/library/" + id, markdown);
    }

    @Test
    void a_document_is_found_once_it_is_put_and_no_longer_once_it_is_removed() {
        try (PassageIndex index = PassageIndex.of(List.of())) {
            assertThat(index.search("penguins", 3)).isEmpty();
            index.put(document("a", "# Birds\n\nPenguins cannot fly."));
            assertThat(index.search("can a penguin fly?", 3)).hasSize(1);
            index.put(document("a", "# Birds\n\nOstriches run."));
            assertThat(index.search("penguins", 3)).isEmpty();
            assertThat(index.search("ostrich", 3)).hasSize(1);
            index.remove("a");
            assertThat(index.search("ostrich", 3)).isEmpty();
            assertThat(index.documents()).isEmpty();
        }
    }

    @Test
    void names_from_code_are_found_whole_and_by_their_parts() {
        String markdown =
                "# Keys\n\nSet `agent.target` first.\n\n## Headers\n\nSend the Last-Event-ID header, or runLog.";
        try (PassageIndex index = PassageIndex.of(List.of(document("a", markdown)))) {
            for (String question :
                    List.of("agent.target", "target", "Last-Event-ID", "last event", "run log", "runLog?")) {
                assertThat(index.search(question, 3)).as(question).isNotEmpty();
            }
        }
    }

    @Test
    void everything_quoted_stands_in_the_source_at_its_place() {
        for (SourceDocument document : Fixtures.documents()) {
            for (Passage passage : Passages.of(document)) {
                assertThat(passage.source()).isEqualTo(document.markdown().substring(passage.start(), passage.end()));
                for (Unit unit : passage.units()) {
                    assertThat(unit.source()).isEqualTo(document.markdown().substring(unit.start(), unit.end()));
                    assertThat(passage.quote(unit.start(), unit.end())).isEqualTo(unit.source());
                }
            }
        }
    }

    @Test
    void any_text_can_be_read_and_searched() {
        Random random = new Random(20260301);
        String[] parts = {
            "# ", "\n", "\n\n", "- ", "1. ", "> ", "```\n", "`", "|", "|---|\n", "a b.", "Ünï 👋", "[x](y)", "<b>",
            "---\n", "    ", "\t", "*", "\r\n"
        };
        for (int i = 0; i < 500; i++) {
            StringBuilder markdown = new StringBuilder();
            for (int j = random.nextInt(60); j > 0; j--) {
                markdown.append(parts[random.nextInt(parts.length)]);
            }
            SourceDocument document = document("a", markdown.toString());
            int last = 0;
            for (Passage passage : Passages.of(document)) {
                assertThat(passage.start()).isGreaterThanOrEqualTo(last);
                assertThat(passage.end()).isGreaterThan(passage.start());
                last = passage.start();
                passage.units().forEach(unit -> assertThat(unit.display()).isNotNull());
            }
        }
    }

    @Test
    void front_matter_is_not_a_part_of_the_text() {
        SourceDocument document = document("a", "---\ntitle: x\ntags: y\n---\n# Real\n\nText.\n");
        assertThat(Passages.of(document)).singleElement().satisfies(passage -> {
            assertThat(passage.source()).isEqualTo("Text.");
            assertThat(passage.headings()).containsExactly("Real");
        });
        assertThat(Passages.of(document("b", "---\nnever closed"))).isNotEmpty();
    }

    @Test
    void structure_is_kept() {
        String markdown = """
                # A
                Intro. Second sentence, e.g. this one.

                - one
                - two

                > quoted

                | k | v |
                |---|---|
                | a | b |

                ```sh
                run it
                ```

                    indented

                ## B

                Under B.
                """;
        List<Passage> passages = Passages.of(document("x", markdown));
        assertThat(passages).hasSize(2);
        assertThat(passages.getFirst().units())
                .extracting(Unit::display)
                .containsExactly(
                        "Intro.",
                        "Second sentence, e.g. this one.",
                        "one",
                        "two",
                        "quoted",
                        "a — b",
                        "```sh\nrun it\n```",
                        passages.getFirst().units().getLast().display());
        assertThat(passages.getLast().headings()).containsExactly("A", "B");
        assertThat(passages.getLast().title()).isEqualTo("Title of x — B");
    }

    @Test
    void links_within_the_documentation_lose_their_target_and_others_keep_it() {
        SourceDocument document = document("a", "See [the guide](guides/x.md) and [site](https://example.org).");
        assertThat(Passages.of(document).getFirst().units().getFirst().display())
                .isEqualTo("See the guide and [site](https://example.org).");
    }

    @Test
    void a_long_list_item_is_quoted_by_sentences() {
        SourceDocument document = document("a", "- " + "This is one of many sentences. ".repeat(20));
        assertThat(Passages.of(document).getFirst().units()).hasSize(20);
    }

    @Test
    void sections_that_are_questions_are_known() {
        try (PassageIndex index =
                PassageIndex.of(List.of(document("a", "# A\n\n## How?\n\nSo.\n\n## Why?\n\nThus.")))) {
            assertThat(index.questions(3)).containsExactly("How?");
        }
    }
}
