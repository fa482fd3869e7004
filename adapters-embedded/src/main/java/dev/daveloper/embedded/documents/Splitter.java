package dev.daveloper.embedded.documents;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Cuts people's documents, in whatever language, into passages: along headings and pages, then between blocks, then
 * between sentences, words, characters, whichever is there. A passage never crosses a heading or a page start. Takes
 * time and memory in proportion to the text. For one text.
 */
final class Splitter {
    /** A passage of this length takes nothing more. */
    static final int FULL_CHARS = 1_000;

    /** A passage shorter than this takes the next piece even when that makes it longer than a full one. */
    private static final int SHORT_CHARS = 250;

    private static final int MAX_HEADING_CHARS = 200;
    private static final int MAX_TITLE_CHARS = 80;

    private record Titled(int level, String title) {}

    private final ExtractedText text;
    private final String source;
    private final Cut cut;
    private final List<Titled> path = new ArrayList<>();
    private final List<IndexedPassage> passages = new ArrayList<>();
    private int start = -1;
    private int end;
    private String context = "";

    /** Where the titles begin that the open passage ends with, and where what is before them ends; -1 for none. */
    private int titles = -1;

    private int beforeTitles;

    private Splitter(ExtractedText text) {
        this.text = text;
        this.source = text.markdown();
        this.cut = new Cut(source, FULL_CHARS);
    }

    /** The passages in the order of the text; none when there is nothing but blanks in it. */
    static List<IndexedPassage> split(ExtractedText text) {
        Splitter splitter = new Splitter(text);
        BlockScanner.scan(text, splitter::take);
        splitter.close();
        return splitter.passages;
    }

    private void take(TextBlock block) {
        if (block.kind() == TextBlock.Kind.HEADING) {
            close();
            enter(block);
            return;
        }
        if (start >= 0 && !text.pageAt(start).equals(text.pageAt(block.start()))) {
            close();
        }
        boolean title = isTitle(block);
        int from = block.start();
        while (from < block.end()) {
            int to = cut.next(from, block.end(), block.kind() == TextBlock.Kind.CODE);
            add(cut.skipBlanks(from, to), cut.trimBlanks(from, to), block.context(), title);
            from = to;
        }
    }

    private void enter(TextBlock heading) {
        while (!path.isEmpty() && path.getLast().level() >= heading.level()) {
            path.removeLast();
        }
        String line = source.substring(heading.start(), heading.end());
        String title =
                MarkdownReader.title(line.startsWith("#") ? line : "# " + line).orElse("");
        if (!title.isEmpty()) {
            path.add(new Titled(heading.level(), Cut.beginning(title, MAX_HEADING_CHARS)));
        }
    }

    private void add(int from, int to, String pieceContext, boolean title) {
        if (from >= to) {
            return;
        }
        if (start >= 0 && title && end - start >= FULL_CHARS / 2) {
            close();
        }
        if (start >= 0 && !fits(to, pieceContext)) {
            closeBeforeTitles();
        }
        if (start < 0) {
            start = from;
            context = pieceContext;
        }
        if (!title) {
            titles = -1;
        } else if (titles < 0 && start < from) {
            titles = from;
            beforeTitles = end;
        }
        end = to;
    }

    /** Text without markup has titles as well: short lines that stand alone and end as no sentence does. */
    private boolean isTitle(TextBlock block) {
        int last = block.end() - 1;
        return block.kind() == TextBlock.Kind.PARAGRAPH
                && block.end() - block.start() <= MAX_TITLE_CHARS
                && (Character.isLetterOrDigit(source.charAt(last)) || source.charAt(last) == ':')
                && source.substring(block.start(), last).indexOf('\n') < 0;
    }

    /** What stands last in a full passage and is a title belongs to what comes next. */
    private void closeBeforeTitles() {
        int next = titles;
        int nextEnd = end;
        if (next > start) {
            end = beforeTitles;
        }
        close();
        if (next >= 0) {
            start = next;
            end = nextEnd;
        }
    }

    private boolean fits(int to, String pieceContext) {
        int most = end - start < SHORT_CHARS ? IndexedPassage.MAX_CHARS : FULL_CHARS;
        boolean sameTable = pieceContext.isEmpty() || context.isEmpty() || pieceContext.equals(context);
        return sameTable && to - start <= most;
    }

    private void close() {
        if (start >= 0) {
            OptionalInt page = text.pageAt(start);
            List<String> headings = path.stream().map(Titled::title).toList();
            passages.add(
                    new IndexedPassage(passages.size(), headings, page, start, source.substring(start, end), context));
            start = -1;
            titles = -1;
            context = "";
        }
    }
}
