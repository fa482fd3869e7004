package dev.daveloper.embedded.documents.extraction;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Makes Markdown of XHTML as it is told of it, element by element. What is not for reading, such as scripts, is left
 * out. For one document.
 */
final class XhtmlReader extends DefaultHandler {
    private static final Set<String> UNREAD = Set.of(
            "head",
            "script",
            "style",
            "noscript",
            "template",
            "iframe",
            "object",
            "canvas",
            "svg",
            "button",
            "select",
            "textarea",
            "audio",
            "video",
            "map",
            "nav");
    private static final Set<String> INLINE = Set.of(
            "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
            "img", "ins", "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike",
            "strong", "sub", "sup", "time", "tt", "u", "var", "wbr");
    private static final Set<String> CODE = Set.of("code", "kbd", "samp", "tt");

    /** How text documents write the entries of lists whose marks are text of their own. */
    private static final Pattern BULLETED =
            Pattern.compile("^[•·▪◦‣●○■□–▶➢✓\uF0B7\uF0A7][\\s\u00A0]+(.+)", Pattern.DOTALL);

    private static final char LINE_BREAK = '\u2028';
    private static final int MAX_TITLE_CHARS = 160;

    private final MarkdownWriter writer;
    private final Pages pages;
    private final StringBuilder text = new StringBuilder();
    private @Nullable MarkdownTable table;
    private @Nullable List<String> row;
    private int tables;
    private int unread;
    private int heading;
    private int preformatted;
    private boolean inCell;
    private boolean titleDue;

    /** What a page is in this kind of document. */
    enum Pages {
        NONE(""),
        SLIDES("slide-content"),
        SHEETS("sheet");

        private final String cssClass;

        Pages(String cssClass) {
            this.cssClass = cssClass;
        }
    }

    XhtmlReader(MarkdownWriter writer, Pages pages) {
        this.writer = writer;
        this.pages = pages;
    }

    @Override
    public void startElement(String uri, String localName, String qName, Attributes attributes) {
        String type = attributes.getValue("class");
        open(localName.toLowerCase(Locale.ROOT), type == null ? "" : type);
    }

    @Override
    public void endElement(String uri, String localName, String qName) {
        close(localName.toLowerCase(Locale.ROOT));
    }

    @Override
    public void characters(char[] chars, int start, int length) {
        text(new String(chars, start, length));
    }

    @Override
    public void endDocument() {
        flush();
    }

    void text(String characters) {
        if (unread > 0) {
            return;
        }
        for (int i = 0; i < characters.length(); i++) {
            char c = characters.charAt(i);
            boolean ours = c == MarkdownEscape.CODE_START || c == MarkdownEscape.CODE_END;
            if (c != '\u00AD') {
                text.append(ours || c == LINE_BREAK || c == '\0' || c == '\u00A0' ? ' ' : c);
            }
        }
    }

    /** @param type the element's class, or nothing */
    void open(String element, String type) {
        if (unread > 0 || UNREAD.contains(element)) {
            unread++;
            return;
        }
        if (INLINE.contains(element)) {
            if (CODE.contains(element) && preformatted == 0) {
                text.append(MarkdownEscape.CODE_START);
            }
            return;
        }
        if (inCell && !element.equals("td") && !element.equals("th") && !element.equals("table")) {
            text.append(' ');
            return;
        }
        openBlock(element, type);
    }

    private void openBlock(String element, String type) {
        switch (element) {
            case "br" -> text.append(preformatted > 0 ? '\n' : LINE_BREAK);
            case "table" -> openTable();
            case "tr" -> row = tables == 1 ? new ArrayList<>() : row;
            case "td", "th" -> {
                if (tables == 1) {
                    text.setLength(0);
                    inCell = true;
                }
            }
            case "ul", "ol" -> {
                flush();
                writer.openList(element.equals("ol"));
            }
            case "li" -> {
                flush();
                writer.openItem();
            }
            case "pre" -> {
                flush();
                preformatted++;
            }
            case "blockquote" -> {
                flush();
                writer.openQuote();
            }
            case "h1", "h2", "h3", "h4", "h5", "h6" -> {
                flush();
                heading = element.charAt(1) - '0';
            }
            default -> {
                flush();
                if (type.equals(pages.cssClass) && pages != Pages.NONE) {
                    writer.page();
                    titleDue = true;
                }
            }
        }
    }

    void close(String element) {
        if (unread > 0) {
            unread--;
            return;
        }
        if (INLINE.contains(element)) {
            if (CODE.contains(element) && preformatted == 0) {
                text.append(MarkdownEscape.CODE_END);
            }
            return;
        }
        if (inCell && !element.equals("td") && !element.equals("th") && !element.equals("table")) {
            text.append(' ');
            return;
        }
        closeBlock(element);
    }

    private void closeBlock(String element) {
        switch (element) {
            case "br" -> {}
            case "table" -> closeTable();
            case "tr" -> closeRow();
            case "td", "th" -> closeCell();
            case "ul", "ol" -> {
                flush();
                writer.closeList();
            }
            case "li" -> {
                flush();
                writer.closeItem();
            }
            case "pre" -> {
                preformatted = Math.max(0, preformatted - 1);
                writer.code(taken());
            }
            case "blockquote" -> {
                flush();
                writer.closeQuote();
            }
            default -> flush();
        }
    }

    private void openTable() {
        if (tables == 0) {
            flush();
            table = writer.table();
        } else {
            text.append(' ');
        }
        tables++;
    }

    private void closeTable() {
        if (tables == 0) {
            return;
        }
        tables--;
        if (tables > 0) {
            text.append(' ');
        } else if (table != null) {
            table.close();
            table = null;
            row = null;
            inCell = false;
            text.setLength(0);
        }
    }

    private void closeRow() {
        if (tables == 1 && table != null && row != null) {
            table.row(row);
            row = null;
        }
    }

    private void closeCell() {
        if (tables == 1) {
            if (row != null) {
                row.add(plain(taken()).replace(LINE_BREAK, ' '));
            }
            inCell = false;
        } else {
            text.append(' ');
        }
    }

    private String taken() {
        String taken = text.toString();
        text.setLength(0);
        return taken;
    }

    /** Writes what has come since the last block. */
    private void flush() {
        int level = heading;
        heading = 0;
        String words = plain(taken());
        if (words.isEmpty()) {
            heading = level;
            return;
        }
        boolean title = titleDue;
        titleDue = false;
        if (level > 0 && title && pages == Pages.SHEETS) {
            writer.title(level, words);
        } else if (level > 0) {
            writer.heading(level, words.replace(LINE_BREAK, ' '));
        } else if (title && pages == Pages.SLIDES && words.length() <= MAX_TITLE_CHARS) {
            writer.heading(2, words.replace(LINE_BREAK, ' '));
        } else {
            paragraph(words);
        }
    }

    private void paragraph(String words) {
        Matcher bulleted = BULLETED.matcher(words);
        if (bulleted.matches()) {
            writer.item(bulleted.group(1).replace(LINE_BREAK, '\n'));
        } else {
            writer.paragraph(words.replace(LINE_BREAK, '\n'));
        }
    }

    private static String plain(String text) {
        return text.replaceAll("[\\s&&[^" + LINE_BREAK + "]]+", " ").strip();
    }
}
