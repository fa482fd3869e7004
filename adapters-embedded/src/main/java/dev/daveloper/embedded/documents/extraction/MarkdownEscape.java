package dev.daveloper.embedded.documents.extraction;

import java.util.regex.Pattern;

/** Keeps a document's own characters from being read as Markdown, and escapes no more than that needs. */
final class MarkdownEscape {
    /** Around code within a line; these characters are of private use and taken out of what documents say. */
    static final char CODE_START = '\uE000';

    static final char CODE_END = '\uE001';

    private static final Pattern ENTITY = Pattern.compile("&(#\\d{1,7}|#[xX][0-9a-fA-F]{1,6}|\\w{2,31});");

    /** What makes a line a heading, a quotation, a rule, an underline of a heading, a fence, a table, a definition. */
    private static final Pattern LINE_START =
            Pattern.compile("^(#{1,6}(?=\\s|$)|>|=+\\s*$|-+\\s*$|(?:[-*_]\\s*){3,}$|~~~|\\|)");

    private static final Pattern BULLET = Pattern.compile("^[-+*](?=\\s|$)");
    private static final Pattern NUMBER = Pattern.compile("^(\\d{1,9})([.)])(?=\\s|$)");
    private static final String SPECIAL = "\\`*_<&[~" + CODE_START;

    private MarkdownEscape() {}

    /** A line of a paragraph, in which nothing is structure. */
    static String line(String text) {
        return lineStart(inline(text), true);
    }

    /** A line of plain text, in which a list is one. */
    static String textLine(String text) {
        return lineStart(inline(text), false);
    }

    private static String lineStart(String escaped, boolean lists) {
        if (LINE_START.matcher(escaped).find()) {
            return "\\" + escaped;
        }
        if (lists && BULLET.matcher(escaped).find()) {
            return "\\" + escaped;
        }
        return lists ? NUMBER.matcher(escaped).replaceFirst("$1\\\\$2") : escaped;
    }

    /** A cell of a table's row. */
    static String cell(String text) {
        return inline(text.replace('\n', ' ')).replace("|", "\\|");
    }

    /** Text within a line. */
    static String inline(String text) {
        if (!hasSpecial(text)) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        boolean links = text.contains("](") || text.contains("]:") || text.contains("][");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == CODE_START) {
                i = code(text, i, escaped);
                continue;
            }
            if (needsEscape(text, i, c, links)) {
                escaped.append('\\');
            }
            escaped.append(c);
        }
        return escaped.toString();
    }

    private static boolean hasSpecial(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (SPECIAL.indexOf(text.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean needsEscape(String text, int at, char c, boolean links) {
        char before = at == 0 ? ' ' : text.charAt(at - 1);
        char after = at + 1 == text.length() ? ' ' : text.charAt(at + 1);
        return switch (c) {
            case '`' -> true;
            case '\\' -> after > ' ' && after < 0x7F && !Character.isLetterOrDigit(after);
            case '*' -> !(Character.isWhitespace(before) && Character.isWhitespace(after));
            case '_' ->
                !(Character.isWhitespace(before) && Character.isWhitespace(after))
                        && !(Character.isLetterOrDigit(before) && Character.isLetterOrDigit(after));
            case '<' -> Character.isLetter(after) || after == '/' || after == '!' || after == '?';
            case '&' ->
                ENTITY.matcher(text)
                        .region(at, Math.min(text.length(), at + 34))
                        .lookingAt();
            case '[' -> links;
            case '~' -> after == '~' || before == '~';
            default -> false;
        };
    }

    /** Writes the code that starts here, and says where it ends. */
    private static int code(String text, int start, StringBuilder escaped) {
        int end = text.indexOf(CODE_END, start);
        String code = text.substring(start + 1, end < 0 ? text.length() : end);
        if (!code.isBlank()) {
            String fence = code.contains("`") ? "``" : "`";
            String pad = code.startsWith("`") || code.endsWith("`") ? " " : "";
            escaped.append(fence).append(pad).append(code).append(pad).append(fence);
        }
        return end < 0 ? text.length() : end;
    }
}
