package dev.daveloper.embedded.documents;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The smallest part of a document that makes sense by itself when quoted.
 *
 * @param block which block of the document it is a part of; sentences of one paragraph share it
 * @param start where it begins in the document's source, in UTF-16 code units
 * @param end behind its last character
 * @param source the document's source between the two
 * @param context words it needs to be understood or found but does not contain, such as a table's column names
 */
public record Unit(Kind kind, int block, int start, int end, String source, String context) {
    private static final Pattern LINK =
            Pattern.compile("!?\\[([^\\]\\[]*)]\\((?!https?:)[^)\\s]*(?:\\s+\"[^\"]*\")?\\)");
    private static final Pattern LINK_TARGET = Pattern.compile("]\\([^)\\s]*\\)");
    private static final Pattern LINE_BREAK = Pattern.compile("\\s*\\R[\\s>]*");
    private static final Pattern CELL_BORDER = Pattern.compile("(?<!\\\\)\\|");

    /** What kind of text it is. */
    public enum Kind {
        SENTENCE,
        LIST_ITEM,
        TABLE_ROW,
        CODE
    }

    /** Whether what follows belongs to it, as a list to the sentence that introduces it. */
    public boolean introduces() {
        return kind == Kind.SENTENCE && source.stripTrailing().endsWith(":");
    }

    /** The unit as Markdown that can stand in another text: on one line unless it is code, without relative links. */
    public String display() {
        return switch (kind) {
            case CODE -> source;
            case TABLE_ROW -> tableRow();
            case SENTENCE, LIST_ITEM -> inline(source);
        };
    }

    /** The words to find it by. */
    String searchText() {
        return LINK_TARGET.matcher(source).replaceAll("] ") + " " + context;
    }

    private static String inline(String markdown) {
        String line = LINE_BREAK.matcher(markdown.strip()).replaceAll(" ");
        return LINK.matcher(line).replaceAll("$1");
    }

    private String tableRow() {
        return CELL_BORDER
                .splitAsStream(inline(source))
                .map(String::strip)
                .filter(cell -> !cell.isEmpty())
                .collect(Collectors.joining(" — "));
    }
}
