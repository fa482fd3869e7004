package dev.daveloper.embedded.documents.extraction;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Comma-separated values and what passes for them: semicolons, tabs and bars separate as well. */
final class CsvReader {
    private static final String SEPARATORS = ",;\t|";
    private static final int SEEN_CHARS = 1 << 14;

    private CsvReader() {}

    static void read(Reader source, ReadingBounds bounds, MarkdownWriter writer) throws IOException {
        BufferedReader chars = new BufferedReader(new TextReader.Bounded(source, bounds.maxTextChars()), SEEN_CHARS);
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(separator(chars))
                .setIgnoreEmptyLines(true)
                .setLenientEof(true)
                .setTrailingData(true)
                .get();
        MarkdownTable table = writer.table();
        try (CSVParser records = format.parse(chars)) {
            for (CSVRecord record : records) {
                table.row(record.toList());
            }
        } catch (UncheckedIOException malformed) {
            throw malformed.getCause();
        }
        table.close();
    }

    /** The one that stands most often outside of quotes in the first lines. */
    private static char separator(BufferedReader chars) throws IOException {
        char[] head = new char[SEEN_CHARS];
        chars.mark(SEEN_CHARS);
        int length = chars.read(head, 0, SEEN_CHARS);
        chars.reset();
        int[] counts = new int[SEPARATORS.length()];
        boolean quoted = false;
        for (int i = 0; i < length; i++) {
            quoted ^= head[i] == '"';
            int which = quoted ? -1 : SEPARATORS.indexOf(head[i]);
            if (which >= 0) {
                counts[which]++;
            }
        }
        int best = 0;
        for (int i = 1; i < counts.length; i++) {
            best = counts[i] > counts[best] ? i : best;
        }
        return SEPARATORS.charAt(best);
    }
}
