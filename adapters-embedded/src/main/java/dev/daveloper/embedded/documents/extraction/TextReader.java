package dev.daveloper.embedded.documents.extraction;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/** Plain text and Markdown. */
final class TextReader {
    private static final int MAX_INDENT = 3;

    private TextReader() {}

    /** Line by line; a blank line ends a paragraph. */
    static void readText(Reader source, ReadingBounds bounds, MarkdownWriter writer) throws IOException {
        StringBuilder paragraph = new StringBuilder();
        BufferedReader lines = new BufferedReader(new Bounded(source, bounds.maxTextChars()));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isBlank()) {
                writer.markdown(paragraph.toString());
                paragraph.setLength(0);
                continue;
            }
            String words = line.strip();
            int indent = line.indexOf(words.charAt(0));
            paragraph.append(paragraph.isEmpty() ? "" : "\n");
            // Deeper, it would be code.
            paragraph.append(" ".repeat(Math.min(indent, paragraph.isEmpty() ? MAX_INDENT : indent)));
            paragraph.append(MarkdownEscape.textLine(words));
        }
        writer.markdown(paragraph.toString());
    }

    /** As it stands. */
    static void readMarkdown(Reader source, ReadingBounds bounds, MarkdownWriter writer) throws IOException {
        StringBuilder text = new StringBuilder();
        BufferedReader lines = new BufferedReader(new Bounded(source, bounds.maxTextChars()));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            text.append(line).append('\n');
        }
        writer.markdown(text.toString());
    }

    /** Ends with a refusal when more is read than may be, or when it is no text. */
    static final class Bounded extends Reader {
        private final Reader source;
        private final int maxChars;
        private long read;

        Bounded(Reader source, int maxChars) {
            this.source = source;
            this.maxChars = maxChars;
        }

        @Override
        public int read(char[] into, int offset, int length) throws IOException {
            int count = source.read(into, offset, length);
            for (int i = offset; i < offset + count; i++) {
                if (isNoText(into[i])) {
                    throw Refusals.unreadable("The file is no text: it has control characters in it.");
                }
            }
            read += Math.max(0, count);
            if (read > maxChars) {
                throw Refusals.tooMuchText(maxChars);
            }
            return count;
        }

        private static boolean isNoText(char c) {
            return c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\u001A' && c != '\u001B';
        }

        @Override
        public void close() throws IOException {
            source.close();
        }
    }

    /** What a page says about its encoding within its first bytes. */
    static @Nullable String declaredEncoding(String head) {
        var found = java.util.regex.Pattern.compile("(?i)(?:charset|encoding)\\s*=\\s*[\"']?([\\w.:-]{2,40})")
                .matcher(head);
        return found.find() ? found.group(1) : null;
    }
}
