package dev.daveloper.embedded.documents;

import dev.daveloper.embedded.documents.TextBlock.Kind;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Finds the blocks of Markdown line by line, in one pass and without a tree: people's documents may be as long as
 * memory allows, and have no structure at all. A block never crosses a page start. For one text and one thread.
 */
final class BlockScanner {
    /** Where a line is longer than this, it is no mark of structure, whatever it begins with. */
    private static final int MARK_CHARS = 400;

    private static final int MAX_COLUMN_NAMES_CHARS = 400;
    private static final int CODE_INDENT = 4;
    private static final String FRONT_MATTER = "---\n";
    private static final int MAX_FRONT_MATTER_CHARS = 10_000;
    private static final Pattern ATX = Pattern.compile("#{1,6}(\\s.*)?");
    private static final Pattern SETEXT = Pattern.compile("=+\\s*|-{2,}\\s*");
    private static final Pattern RULE = Pattern.compile("([-*_])(\\s*\\1){2,}\\s*");
    private static final Pattern FENCE = Pattern.compile("(`{3,}[^`]*|~{3,}.*)");
    private static final Pattern ITEM = Pattern.compile("([-*+•]|\\d{1,9}[.)])\\s.*");
    private static final Pattern COLUMN_RULE = Pattern.compile("\\|?\\s*:?-+:?\\s*(\\|\\s*:?-+:?\\s*)*\\|?\\s*");

    private final String source;
    private final ExtractedText text;
    private final Consumer<TextBlock> blocks;
    private Kind kind = Kind.PARAGRAPH;
    private int start = -1;
    private int end;
    private int lines;
    private String fence = "";
    private String columns = "";
    private boolean inTable;

    private BlockScanner(ExtractedText text, Consumer<TextBlock> blocks) {
        this.source = text.markdown();
        this.text = text;
        this.blocks = blocks;
    }

    /** Gives the blocks of the text in its order. */
    static void scan(ExtractedText text, Consumer<TextBlock> blocks) {
        new BlockScanner(text, blocks).scan();
    }

    private void scan() {
        int page = 0;
        int line = frontMatterEnd();
        while (line < source.length()) {
            while (page < text.pageStarts().size() && text.pageStarts().get(page) <= line) {
                page++;
                turnPage();
            }
            int next = source.indexOf('\n', line) + 1;
            next = next == 0 ? source.length() : next;
            if (page < text.pageStarts().size()) {
                next = Math.min(next, text.pageStarts().get(page));
            }
            readLine(line, next);
            line = next;
        }
        turnPage();
    }

    private int frontMatterEnd() {
        if (!source.startsWith(FRONT_MATTER)) {
            return 0;
        }
        int close = source.indexOf("\n" + FRONT_MATTER, FRONT_MATTER.length() - 1);
        return close < 0 || close > MAX_FRONT_MATTER_CHARS ? 0 : close + 1 + FRONT_MATTER.length();
    }

    private void turnPage() {
        close();
        fence = "";
        inTable = false;
        columns = "";
    }

    private void readLine(int from, int to) {
        int content = from;
        while (content < to && (Character.isWhitespace(source.charAt(content)) || source.charAt(content) == '>')) {
            content++;
        }
        int last = to;
        while (last > content && Character.isWhitespace(source.charAt(last - 1))) {
            last--;
        }
        String mark = last - content > MARK_CHARS ? "" : source.substring(content, last);
        if (!fence.isEmpty()) {
            readCode(from, last, mark);
        } else if (content == last) {
            close();
            inTable = false;
        } else {
            readMarked(from, content, last, mark);
        }
    }

    private void readCode(int from, int last, String mark) {
        boolean closes = mark.startsWith(fence) && mark.chars().allMatch(c -> c == fence.charAt(0));
        if (last > from) {
            extend(Kind.CODE, from, last);
        }
        if (closes) {
            close();
            fence = "";
        }
    }

    private void readMarked(int from, int content, int last, String mark) {
        boolean indented = content - from >= CODE_INDENT;
        if (FENCE.matcher(mark).matches()) {
            open(Kind.CODE, content, last);
            fence = fenceOf(mark);
        } else if (!indented && ATX.matcher(mark).matches()) {
            close();
            inTable = false;
            blocks.accept(new TextBlock(Kind.HEADING, content, last, levelOf(mark), ""));
        } else if (isUnderline(mark)) {
            blocks.accept(new TextBlock(Kind.HEADING, start, end, mark.startsWith("=") ? 1 : 2, ""));
            start = -1;
        } else if (isColumnRule(mark)) {
            beginTable();
        } else if (RULE.matcher(mark).matches()) {
            close();
        } else if (inTable || mark.startsWith("|") || source.charAt(content) == '|') {
            readRow(content, last);
        } else if (ITEM.matcher(mark).matches()) {
            open(Kind.LIST_ITEM, content, last);
        } else {
            extend(Kind.PARAGRAPH, content, last);
        }
    }

    private boolean isUnderline(String mark) {
        return start >= 0
                && kind == Kind.PARAGRAPH
                && lines == 1
                && end - start <= MARK_CHARS
                && SETEXT.matcher(mark).matches();
    }

    private boolean isColumnRule(String mark) {
        return mark.indexOf('|') >= 0
                && start >= 0
                && source.indexOf('|', start) < end
                && COLUMN_RULE.matcher(mark).matches();
    }

    /** The line before the rule names the columns. */
    private void beginTable() {
        String names = source.substring(start, Math.min(end, start + MAX_COLUMN_NAMES_CHARS));
        kind = Kind.TABLE_ROW;
        columns = "";
        close();
        columns = names.replace('|', ' ').strip();
        inTable = true;
    }

    private void readRow(int content, int last) {
        if (!inTable) {
            columns = "";
        }
        open(Kind.TABLE_ROW, content, last);
    }

    private void open(Kind opened, int from, int to) {
        close();
        kind = opened;
        start = from;
        end = to;
        lines = 1;
    }

    private void extend(Kind wanted, int from, int to) {
        boolean goesOn = start >= 0 && (kind == wanted || kind == Kind.LIST_ITEM);
        if (goesOn) {
            end = to;
            lines++;
        } else {
            open(wanted, from, to);
        }
    }

    private void close() {
        if (start >= 0) {
            blocks.accept(new TextBlock(kind, start, end, 0, kind == Kind.TABLE_ROW ? columns : ""));
            start = -1;
        }
    }

    private static int levelOf(String mark) {
        int level = 0;
        while (level < mark.length() && mark.charAt(level) == '#') {
            level++;
        }
        return level;
    }

    private static String fenceOf(String mark) {
        int length = 0;
        while (length < mark.length() && mark.charAt(length) == mark.charAt(0)) {
            length++;
        }
        return mark.substring(0, length);
    }
}
