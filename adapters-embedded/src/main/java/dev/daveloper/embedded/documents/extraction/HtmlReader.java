package dev.daveloper.embedded.documents.extraction;

import java.io.IOException;
import java.io.Reader;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.select.Evaluator;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.QueryParser;

/** Web pages: their text and its structure, without what only programs or browsers read. */
final class HtmlReader implements NodeFilter {
    private static final Evaluator BLOCKS_IN_CELLS =
            QueryParser.parse("table table, td h1, td h2, td h3, td ul, td ol, td pre, td p + p");

    /** Deeper, elements are set side by side; the parser's work grows with the square of the depth. */
    static final int MAX_DEPTH = 256;

    private final XhtmlReader xhtml;
    private final Set<Element> layout = new HashSet<>();

    private HtmlReader(XhtmlReader xhtml) {
        this.xhtml = xhtml;
    }

    static void read(Reader source, MarkdownWriter writer) throws IOException {
        Document page = Jsoup.parse(readAll(source), "", Parser.htmlParser().setMaxDepth(MAX_DEPTH));
        if (page.selectFirst("h1") == null && !page.title().isBlank()) {
            writer.title(1, page.title());
        }
        read(page.body(), writer);
    }

    /** What is in this element. */
    static void read(Element body, MarkdownWriter writer) {
        XhtmlReader xhtml = new XhtmlReader(writer, XhtmlReader.Pages.NONE);
        HtmlReader reader = new HtmlReader(xhtml);
        for (Element table : body.select("table")) {
            if (table.attr("role").equals("presentation") || table.selectFirst(BLOCKS_IN_CELLS) != null) {
                // Set as a table for its looks only.
                reader.layout.add(table);
            }
        }
        body.filter(reader);
        xhtml.endDocument();
    }

    private static String readAll(Reader source) throws IOException {
        StringBuilder all = new StringBuilder();
        char[] buffer = new char[1 << 14];
        for (int read = source.read(buffer); read >= 0; read = source.read(buffer)) {
            all.append(buffer, 0, read);
        }
        return all.toString();
    }

    @Override
    public FilterResult head(Node node, int depth) {
        if (node instanceof TextNode words) {
            xhtml.text(words.getWholeText());
        } else if (node instanceof Element element) {
            if (isHidden(element)) {
                return FilterResult.SKIP_ENTIRELY;
            }
            xhtml.open(nameOf(element), "");
            if (element.normalName().equals("img")) {
                xhtml.text(element.attr("alt"));
            }
        }
        return FilterResult.CONTINUE;
    }

    @Override
    public FilterResult tail(Node node, int depth) {
        if (node instanceof Element element) {
            xhtml.close(nameOf(element));
        }
        return FilterResult.CONTINUE;
    }

    private static boolean isHidden(Element element) {
        String style = element.attr("style").toLowerCase(Locale.ROOT).replace(" ", "");
        return element.hasAttr("hidden") || style.contains("display:none") || style.contains("visibility:hidden");
    }

    private String nameOf(Element element) {
        String name = element.normalName();
        return switch (name) {
            case "table", "tr", "td", "th" -> {
                Element table = element.closest("table");
                yield table != null && layout.contains(table) ? "div" : name;
            }
            default -> name;
        };
    }
}
