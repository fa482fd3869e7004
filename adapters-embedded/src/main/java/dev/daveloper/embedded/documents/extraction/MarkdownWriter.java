package dev.daveloper.embedded.documents.extraction;

import dev.daveloper.embedded.documents.ExtractedText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Puts a document's Markdown together, block by block. Text it escapes. For one document and one thread, which
 * may be interrupted: the next block then fails with {@link GivenUp}.
 */
final class MarkdownWriter {
    private static final int MAX_HEADING = 6;
    private static final int MAX_DEPTH = 12;

    private final StringBuilder out = new StringBuilder();
    private final List<Integer> pageStarts = new ArrayList<>();
    private final Deque<String> indents = new ArrayDeque<>();
    private final Deque<Integer> lists = new ArrayDeque<>();
    private final int maxChars;
    private String marker = "";
    private boolean tight;
    private boolean hasText;

    MarkdownWriter(ReadingBounds bounds) {
        this.maxChars = bounds.maxTextChars();
    }

    /** Whatever comes is on the next page. */
    void page() {
        endBlock();
        if (!pageStarts.isEmpty() && pageStarts.getLast() == out.length()) {
            // Each page starts at a place of its own, so that a place is on one page.
            out.append('\n');
        }
        pageStarts.add(out.length());
    }

    /** @param level 1 to 6; beyond it the nearest */
    void heading(int level, String text) {
        title(level, text);
        hasText |= !text.isBlank();
    }

    /** A heading that does not count as text of the document, such as a sheet's name. */
    void title(int level, String text) {
        String words = oneLine(text);
        if (!words.isEmpty()) {
            block("#".repeat(Math.clamp(level, 1, MAX_HEADING)) + " " + MarkdownEscape.inline(words));
        }
    }

    /** Its lines are kept where the text has them. */
    void paragraph(String text) {
        String lines = text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(MarkdownEscape::line)
                .collect(Collectors.joining("\n" + indent()));
        if (!lines.isEmpty()) {
            block(lines);
            hasText = true;
        }
    }

    /** An entry of a list that stands for itself. */
    void item(String text) {
        openList(false);
        openItem();
        paragraph(text);
        closeItem();
        closeList();
    }

    /** Lines that are Markdown already. */
    void markdown(String lines) {
        if (!lines.isBlank()) {
            block(lines);
            hasText = true;
        }
    }

    void code(String text) {
        if (text.isBlank()) {
            return;
        }
        String fence = "```";
        while (text.contains(fence)) {
            fence += "`";
        }
        String code = text.strip().lines().collect(Collectors.joining("\n" + indent()));
        // Its first line keeps its indentation relative to the others.
        String first = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
        String lead = first.substring(0, first.length() - first.stripLeading().length());
        block(fence + "\n" + indent() + lead + code + "\n" + indent() + fence);
        hasText = true;
    }

    void openList(boolean ordered) {
        lists.addLast(ordered ? 1 : 0);
    }

    void closeList() {
        if (lists.pollLast() != null && lists.isEmpty()) {
            tight = false;
        }
    }

    void openItem() {
        Integer number = lists.pollLast();
        boolean ordered = number != null && number > 0;
        lists.addLast(ordered ? number + 1 : 0);
        marker = ordered ? number + ". " : "- ";
        if (indents.size() < MAX_DEPTH) {
            indents.addLast(" ".repeat(marker.length()));
        } else {
            indents.addLast("");
        }
    }

    void closeItem() {
        indents.pollLast();
        marker = "";
        tight = true;
    }

    void openQuote() {
        indents.addLast(indents.size() < MAX_DEPTH ? "> " : "");
    }

    void closeQuote() {
        indents.pollLast();
    }

    /** For rows that follow one another directly. */
    MarkdownTable table() {
        endBlock();
        return new MarkdownTable(this, out, indent());
    }

    /** Told by a table after each row. */
    void wroteRow(boolean withText) {
        hasText |= withText;
        check();
    }

    /** @throws dev.daveloper.domain.failures.DocumentRefused when there was no text */
    ExtractedText finish() {
        if (!hasText) {
            throw Refusals.noText();
        }
        int end = out.length();
        int lastPage = pageStarts.isEmpty() ? 0 : pageStarts.getLast();
        while (end > lastPage && Character.isWhitespace(out.charAt(end - 1))) {
            end--;
        }
        out.setLength(end);
        return new ExtractedText(out.toString(), pageStarts);
    }

    private void block(String text) {
        boolean item = !marker.isEmpty();
        if (item && tight && !out.isEmpty() && out.charAt(out.length() - 1) != '\n') {
            out.append('\n');
        } else {
            endBlock();
        }
        String indent = indent();
        if (item) {
            out.append(indent, 0, Math.max(0, indent.length() - marker.length()))
                    .append(marker);
        } else {
            out.append(indent);
        }
        out.append(text);
        marker = "";
        tight = item;
        check();
    }

    private void endBlock() {
        if (!out.isEmpty() && out.charAt(out.length() - 1) != '\n') {
            out.append("\n\n");
        }
    }

    private String indent() {
        return String.join("", indents);
    }

    private void check() {
        if (out.length() > maxChars) {
            throw Refusals.tooMuchText(maxChars);
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new GivenUp();
        }
    }

    /** A text on one line, with one space where it had several. */
    static String oneLine(String text) {
        return text.replaceAll("[\\s\u00A0]+", " ").strip();
    }
}
