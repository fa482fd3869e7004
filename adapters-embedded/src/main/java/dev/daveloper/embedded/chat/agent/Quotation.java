package dev.daveloper.embedded.chat.agent;

import dev.daveloper.embedded.documents.Excerpt;
import dev.daveloper.embedded.documents.Match;
import dev.daveloper.embedded.documents.Origin;
import dev.daveloper.embedded.documents.Passage;
import dev.daveloper.embedded.documents.Unit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Adjacent excerpts of one passage, which an answer quotes and cites together.
 *
 * @param excerpts not empty, in the order of the text
 */
record Quotation(Passage passage, List<Excerpt> excerpts) {
    private static final int MAX_QUOTATIONS = 5;
    private static final int MAX_CHARS = 1_800;
    private static final Pattern NUMBER_IN_BRACKETS = Pattern.compile("(?<!\\\\)\\[(\\d+)](?!\\()");

    /** What to quote of these matches: the best first, nothing twice, not too much. */
    static List<Quotation> of(List<Match> matches) {
        List<Quotation> quotations = new ArrayList<>();
        Set<String> said = new HashSet<>();
        int chars = 0;
        for (Match match : matches) {
            for (Quotation quotation : of(match)) {
                int length = quotation.end() - quotation.start();
                boolean fits = quotations.isEmpty() || chars + length <= MAX_CHARS;
                if (fits && quotations.size() < MAX_QUOTATIONS && said.add(quotation.text())) {
                    quotations.add(quotation);
                    chars += length;
                }
            }
        }
        return quotations;
    }

    private static List<Quotation> of(Match match) {
        List<Unit> units = match.passage().units();
        List<Quotation> quotations = new ArrayList<>();
        List<Excerpt> open = new ArrayList<>();
        for (Excerpt excerpt : match.excerpts()) {
            if (!open.isEmpty()) {
                int expected = units.indexOf(open.getLast().units().getLast()) + 1;
                if (units.indexOf(excerpt.units().getFirst()) != expected) {
                    quotations.add(new Quotation(match.passage(), List.copyOf(open)));
                    open.clear();
                }
            }
            open.add(excerpt);
        }
        if (!open.isEmpty()) {
            quotations.add(new Quotation(match.passage(), List.copyOf(open)));
        }
        return quotations;
    }

    int start() {
        return excerpts.getFirst().start();
    }

    int end() {
        return excerpts.getLast().end();
    }

    /** What is said before the citation: all but the code behind the last text. */
    String text() {
        return written(excerpts.subList(0, textEnd()));
    }

    /** What is said after the citation: the code behind the last text; may be empty. */
    String code() {
        return written(excerpts.subList(textEnd(), excerpts.size()));
    }

    private int textEnd() {
        int end = excerpts.size();
        while (end > 1 && excerpts.get(end - 1).kind() == Unit.Kind.CODE) {
            end--;
        }
        return end;
    }

    private String written(List<Excerpt> excerpts) {
        StringBuilder markdown = new StringBuilder();
        Unit.Kind previous = Unit.Kind.SENTENCE;
        for (Excerpt excerpt : excerpts) {
            boolean listed = isListed(excerpt.kind());
            String gap = listed && isListed(previous) ? "\n" : "\n\n";
            markdown.append(markdown.isEmpty() ? "" : gap);
            if (listed) {
                excerpt.units()
                        .forEach(unit -> markdown.append(
                                        markdown.isEmpty() || markdown.charAt(markdown.length() - 1) == '\n'
                                                ? "- "
                                                : "\n- ")
                                .append(shown(unit.kind(), unit.display())));
            } else {
                markdown.append(shown(excerpt.kind(), excerpt.display()));
            }
            previous = excerpt.kind();
        }
        // A fence closes only on a line of its own, and a citation may follow.
        return previous == Unit.Kind.CODE ? markdown + "\n" : markdown.toString();
    }

    /** A document's own numbers in brackets are not to be taken for citations of the answer. */
    private String shown(Unit.Kind kind, String markdown) {
        return kind == Unit.Kind.CODE || passage.origin() instanceof Origin.Library
                ? markdown
                : NUMBER_IN_BRACKETS.matcher(markdown).replaceAll("\\\\[$1\\\\]");
    }

    private static boolean isListed(Unit.Kind kind) {
        return kind == Unit.Kind.LIST_ITEM || kind == Unit.Kind.TABLE_ROW;
    }
}
