package dev.daveloper.embedded.documents;

import dev.daveloper.embedded.documents.Unit.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableBody;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/** Takes a Markdown document apart into its sections and their units. For one document. */
final class MarkdownReader {
    private static final Parser PARSER = Parser.builder()
            .extensions(List.of(TablesExtension.create()))
            .includeSourceSpans(IncludeSourceSpans.BLOCKS)
            .build();
    private static final String FRONT_MATTER = "---\n";

    /** A list item is quoted whole up to this length, beyond it by sentences. */
    private static final int WHOLE_ITEM_CHARS = 400;

    private final String source;
    private final List<Section> sections = new ArrayList<>();
    private final Deque<Heading> path = new ArrayDeque<>();
    private List<Unit> units = new ArrayList<>();
    private int block;

    private MarkdownReader(String source) {
        this.source = source;
    }

    /** Units under one heading, in the order of the text. */
    record Section(List<String> headings, List<Unit> units) {}

    static List<Section> read(String markdown) {
        MarkdownReader reader = new MarkdownReader(markdown);
        int skipped = reader.frontMatterEnd();
        Node document = PARSER.parse(markdown);
        for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
            if (startOf(node) >= skipped) {
                reader.readTopLevel(node);
            }
        }
        reader.closeSection();
        return reader.sections;
    }

    /** The text of the first heading. */
    static Optional<String> title(String markdown) {
        Node document = PARSER.parse(markdown);
        for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
            if (node instanceof Heading) {
                return Optional.of(plain(node));
            }
        }
        return Optional.empty();
    }

    private int frontMatterEnd() {
        if (!source.startsWith(FRONT_MATTER)) {
            return 0;
        }
        int end = source.indexOf("\n" + FRONT_MATTER, FRONT_MATTER.length() - 1);
        return end < 0 ? 0 : end + 1 + FRONT_MATTER.length();
    }

    private void readTopLevel(Node node) {
        if (node instanceof Heading heading) {
            closeSection();
            while (!path.isEmpty() && path.getLast().getLevel() >= heading.getLevel()) {
                path.removeLast();
            }
            path.addLast(heading);
        } else {
            readBlock(node, false);
        }
    }

    private void readBlock(Node node, boolean inItem) {
        block++;
        switch (node) {
            case Paragraph paragraph -> readText(paragraph, inItem ? Kind.LIST_ITEM : Kind.SENTENCE);
            case FencedCodeBlock code -> add(Kind.CODE, startOf(code), endOf(code), "");
            case IndentedCodeBlock code -> add(Kind.CODE, startOf(code), endOf(code), "");
            case TableBlock table -> readTable(table);
            case BulletList list -> readChildren(list, inItem);
            case OrderedList list -> readChildren(list, inItem);
            case ListItem item -> readChildren(item, true);
            case BlockQuote quote -> readChildren(quote, inItem);
            default -> {}
        }
    }

    private void readChildren(Node parent, boolean inItem) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
            readBlock(node, inItem);
        }
    }

    private void readText(Paragraph paragraph, Kind kind) {
        int start = startOf(paragraph);
        int end = endOf(paragraph);
        if (kind == Kind.LIST_ITEM && end - start <= WHOLE_ITEM_CHARS) {
            add(kind, start, end, "");
            return;
        }
        for (Sentences.Range range : Sentences.of(source.substring(start, end))) {
            add(Kind.SENTENCE, start + range.start(), start + range.end(), "");
        }
    }

    private void readTable(TableBlock table) {
        String columns = "";
        for (Node part = table.getFirstChild(); part != null; part = part.getNext()) {
            if (part instanceof TableHead) {
                columns = source.substring(startOf(part), endOf(part)).replace('|', ' ');
            } else if (part instanceof TableBody) {
                for (Node row = part.getFirstChild(); row != null; row = row.getNext()) {
                    if (row instanceof TableRow) {
                        add(Kind.TABLE_ROW, startOf(row), endOf(row), columns);
                    }
                }
            }
        }
    }

    private void add(Kind kind, int start, int end, String context) {
        if (start < end) {
            units.add(new Unit(kind, block, start, end, source.substring(start, end), context));
        }
    }

    private void closeSection() {
        if (!units.isEmpty()) {
            List<String> headings = path.stream().map(MarkdownReader::plain).toList();
            sections.add(new Section(headings, List.copyOf(units)));
            units = new ArrayList<>();
        }
    }

    /** A heading's words without their markup. */
    private static String plain(Node heading) {
        StringBuilder words = new StringBuilder();
        collectPlain(heading, words);
        return words.toString().strip();
    }

    private static void collectPlain(Node parent, StringBuilder words) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
            switch (node) {
                case Text text -> words.append(text.getLiteral());
                case Code code -> words.append(code.getLiteral());
                case SoftLineBreak lineBreak -> words.append(' ');
                default -> collectPlain(node, words);
            }
        }
    }

    private static int startOf(Node node) {
        List<SourceSpan> spans = node.getSourceSpans();
        return spans.isEmpty() ? 0 : spans.getFirst().getInputIndex();
    }

    private static int endOf(Node node) {
        List<SourceSpan> spans = node.getSourceSpans();
        if (spans.isEmpty()) {
            return 0;
        }
        SourceSpan last = spans.getLast();
        return last.getInputIndex() + last.getLength();
    }
}
