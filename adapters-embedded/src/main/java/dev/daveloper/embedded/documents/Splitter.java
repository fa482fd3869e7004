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

    private record Titled(int level, String title) {}

    private final ExtractedText text;
    private final String source;
    private final Cut cut;
    private final List<Titled> path = new ArrayList<>();
    private final List<IndexedPassage> passages = new ArrayList<>();
    private int start = -1;
    private int end;
    private String context = "";

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
        int from = block.start();
        while (from < block.end()) {
            int to = cut.next(from, block.end(), block.kind() == TextBlock.Kind.CODE);
            add(cut.skipBlanks(from, to), cut.trimBlanks(from, to), block.context());
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

    private void add(int from, int to, String pieceContext) {
        if (from >= to) {
            return;
        }
        if (start >= 0 && !fits(to, pieceContext)) {
            close();
        }
        if (start < 0) {
            start = from;
            context = pieceContext;
        }
        end = to;
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
            context = "";
        }
    }
}
