package dev.daveloper.embedded.documents.extraction;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds paragraphs, list entries and headings in the lines of a document's pages. */
final class PdfLayout {
    private static final Pattern BULLETED = Pattern.compile("^[•·▪◦‣●○■□▶➢✓\uF0B7\uF0A7]\\s*(.+)", Pattern.DOTALL);
    private static final Pattern NUMBERED = Pattern.compile("^\\d{1,3}[.)]\\s+\\S.*");

    /** Lines whose sizes differ by less are of one paragraph. */
    private static final double SAME_SIZE = 0.08;

    /** How much larger than the text of the document a heading is. */
    private static final double LARGER = 1.15;

    private static final int MAX_HEADING_CHARS = 200;
    private static final int MAX_HEADING_LEVEL = 3;

    private final List<Block> blocks = new ArrayList<>();
    private final Map<Long, Long> charsOfSize = new HashMap<>();
    private final StringBuilder paragraph = new StringBuilder();
    private double size;

    private sealed interface Block {
        enum Page implements Block {
            BEGINS
        }

        record Paragraph(String text, double size) implements Block {}
    }

    void page() {
        endParagraph();
        blocks.add(Block.Page.BEGINS);
    }

    /** @param fontSize the mean of its characters', in points */
    void line(String text, double fontSize) {
        String words = MarkdownWriter.oneLine(text.replace('\0', ' '));
        if (words.isEmpty()) {
            return;
        }
        charsOfSize.merge(Math.round(fontSize), (long) words.length(), Long::sum);
        boolean entry =
                BULLETED.matcher(words).matches() || NUMBERED.matcher(words).matches();
        boolean otherSize = Math.abs(fontSize - size) > SAME_SIZE * Math.max(fontSize, size);
        if (!paragraph.isEmpty() && (entry || otherSize)) {
            endParagraph();
        }
        if (paragraph.isEmpty()) {
            size = fontSize;
            paragraph.append(words);
        } else {
            join(paragraph, words);
        }
    }

    void endParagraph() {
        if (!paragraph.isEmpty()) {
            blocks.add(new Block.Paragraph(paragraph.toString(), size));
            paragraph.setLength(0);
        }
    }

    void writeTo(MarkdownWriter writer) {
        endParagraph();
        double body = bodySize();
        List<Long> headings = blocks.stream()
                .filter(block -> block instanceof Block.Paragraph it && isHeading(it, body))
                .map(block -> Math.round(((Block.Paragraph) block).size()))
                .distinct()
                .sorted((one, other) -> Long.compare(other, one))
                .toList();
        for (Block block : blocks) {
            switch (block) {
                case Block.Page ignored -> writer.page();
                case Block.Paragraph text -> write(text, body, headings, writer);
            }
        }
    }

    private static void write(Block.Paragraph block, double body, List<Long> headings, MarkdownWriter writer) {
        Matcher bulleted = BULLETED.matcher(block.text());
        if (isHeading(block, body)) {
            int level = Math.min(headings.indexOf(Math.round(block.size())) + 1, MAX_HEADING_LEVEL);
            writer.heading(level, block.text());
        } else if (bulleted.matches()) {
            writer.item(bulleted.group(1));
        } else {
            writer.paragraph(block.text());
        }
    }

    private static boolean isHeading(Block.Paragraph block, double body) {
        return block.size() >= body * LARGER && block.text().length() <= MAX_HEADING_CHARS;
    }

    /** The size that most characters have. */
    private double bodySize() {
        return charsOfSize.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(entry -> (double) entry.getKey())
                .orElse(0.0);
    }

    /** Puts a paragraph's next line behind the ones before: without the hyphen that only the line's end had. */
    static void join(StringBuilder before, String next) {
        int end = before.length() - 1;
        char last = before.charAt(end);
        char first = next.charAt(0);
        boolean afterLetter = end > 0 && Character.isLetter(before.charAt(end - 1));
        boolean hyphenated = (last == '-' || last == '\u2010') && afterLetter;
        if (last == '\u00AD' || (hyphenated && Character.isLowerCase(first))) {
            before.setLength(end);
        } else if (!hyphenated && !(isUnspaced(last) && isUnspaced(first))) {
            before.append(' ');
        }
        before.append(next);
    }

    /** Of a script that writes no spaces between words. */
    private static boolean isUnspaced(char c) {
        Character.UnicodeScript script = Character.UnicodeScript.of(c);
        return script == Character.UnicodeScript.HAN
                || script == Character.UnicodeScript.HIRAGANA
                || script == Character.UnicodeScript.KATAKANA
                || (c >= '\u3000' && c <= '\u303F')
                || (c >= '\uFF00' && c <= '\uFF60');
    }
}
