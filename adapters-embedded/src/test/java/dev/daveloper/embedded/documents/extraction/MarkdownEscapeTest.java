package dev.daveloper.embedded.documents.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownEscapeTest {
    private static final Parser PARSER =
            Parser.builder().extensions(List.of(TablesExtension.create())).build();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# no heading",
                "#hashtag",
                "> no quotation",
                "- no entry",
                "+ 5 %",
                "* star",
                "1. January",
                "2) two",
                "---",
                "***",
                "- - -",
                "===",
                "~~~ fence",
                "``` fence",
                "| a | b |",
                "<div>no html</div>",
                "a <b> c",
                "1 < 2 and 3 > 2",
                "*stars* and _lines_ and snake_case_name",
                "2 * 3 * 4",
                "a*b*c",
                "__init__",
                "`code`",
                "C:\\*path",
                "back\\\\slash",
                "&amp; &#65; AT&T",
                "[a](b)",
                "[a]: http://b",
                "[sic]",
                "~~gone~~",
                "![x](y)",
                "<https://a.b>",
                "a\\"
            })
    void text_says_the_same_when_it_is_read_as_markdown(String text) {
        Node block = PARSER.parse(MarkdownEscape.line(text)).getFirstChild();

        assertThat(block).isInstanceOf(Paragraph.class);
        assertThat(block.getNext()).isNull();
        StringBuilder said = new StringBuilder();
        for (Node node = block.getFirstChild(); node != null; node = node.getNext()) {
            assertThat(node).isInstanceOf(Text.class);
            said.append(((Text) node).getLiteral());
        }
        assertThat(said).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"snake_case_name", "2 * 3", "AT&T", "a < b", "[sic]", "C:\\path", "#hashtag", "1.5 m"})
    void what_is_no_markdown_is_left_alone(String text) {
        assertThat(MarkdownEscape.line(text)).isEqualTo(text);
    }

    @Test
    void a_list_in_plain_text_is_a_list() {
        assertThat(MarkdownEscape.textLine("- one")).isEqualTo("- one");
        assertThat(MarkdownEscape.textLine("1. one")).isEqualTo("1. one");
        assertThat(MarkdownEscape.textLine("# one")).isEqualTo("\\# one");
    }
}
