package dev.daveloper.embedded.documents;

import java.util.ArrayList;
import java.util.List;

/** Cuts documents into passages. */
final class Passages {
    /** A passage that is this long takes no further unit. */
    static final int FULL_CHARS = 1_000;

    /** Rows of a table speak of different things each: a question is about one or two of them. */
    static final int FULL_TABLE_CHARS = 150;

    private Passages() {}

    static List<Passage> of(SourceDocument document) {
        List<Passage> passages = new ArrayList<>();
        for (MarkdownReader.Section section : MarkdownReader.read(document.markdown())) {
            List<String> headings = withoutTitle(section.headings(), document.title());
            List<Unit> open = new ArrayList<>();
            for (Unit unit : section.units()) {
                if (isFull(open)
                        && unit.kind() != Unit.Kind.CODE
                        && !open.getLast().introduces()) {
                    passages.add(passage(document, passages.size(), headings, open));
                    open = new ArrayList<>();
                }
                open.add(unit);
            }
            passages.add(passage(document, passages.size(), headings, open));
        }
        return passages;
    }

    private static boolean isFull(List<Unit> units) {
        if (units.isEmpty()) {
            return false;
        }
        int full = units.getLast().kind() == Unit.Kind.TABLE_ROW ? FULL_TABLE_CHARS : FULL_CHARS;
        return units.getLast().end() - units.getFirst().start() >= full;
    }

    private static List<String> withoutTitle(List<String> headings, String title) {
        return !headings.isEmpty() && headings.getFirst().equals(title)
                ? headings.subList(1, headings.size())
                : headings;
    }

    private static Passage passage(SourceDocument document, int ordinal, List<String> headings, List<Unit> units) {
        return new Passage(
                document.id(),
                document.title(),
                new Origin.Library(document.url()),
                ordinal,
                headings,
                units.getFirst().start(),
                units.getLast().end(),
                document.markdown()
                        .substring(units.getFirst().start(), units.getLast().end()),
                units);
    }
}
