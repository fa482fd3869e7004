package dev.daveloper.embedded.documents.extraction;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table, row by row: its first row is the header. Nothing but the first row is kept, so that a table may be as long
 * as the document.
 */
final class MarkdownTable {
    /** Columns beyond it go into the last one; widens a header at most this far. */
    private static final int MAX_COLUMNS = 1_024;

    private final MarkdownWriter writer;
    private final StringBuilder out;
    private final String indent;
    private @Nullable List<String> first;
    private boolean started;
    private int headerEnd;
    private int delimiterEnd;
    private int columns;
    private int widest;

    MarkdownTable(MarkdownWriter writer, StringBuilder out, String indent) {
        this.writer = writer;
        this.out = out;
        this.indent = indent;
    }

    /** Rows without any text are left out. */
    void row(List<String> cells) {
        List<String> row = cells.stream()
                .limit(MAX_COLUMNS)
                .map(cell -> MarkdownEscape.cell(MarkdownWriter.oneLine(cell)))
                .toList();
        if (row.stream().allMatch(String::isEmpty)) {
            return;
        }
        if (cells.size() > MAX_COLUMNS) {
            row = withRest(row, cells.subList(MAX_COLUMNS, cells.size()));
        }
        if (first == null && !started) {
            first = row;
            return;
        }
        if (first != null) {
            if (filled(first) == 1 && filled(row) > 1) {
                // A title that stands above the header.
                writer.paragraph(String.join("", first));
                first = row;
                return;
            }
            begin(first);
            first = null;
        }
        write(row);
    }

    void close() {
        if (first != null) {
            begin(first);
            first = null;
        }
        if (!started) {
            return;
        }
        if (widest > columns) {
            // Cells without a header would be lost to who reads the table.
            out.insert(delimiterEnd, " --- |".repeat(widest - columns));
            out.insert(headerEnd, "  |".repeat(widest - columns));
        }
        out.append('\n');
        writer.wroteRow(true);
    }

    private static List<String> withRest(List<String> row, List<String> rest) {
        List<String> all = new ArrayList<>(row);
        all.add(MarkdownEscape.cell(MarkdownWriter.oneLine(String.join(" ", rest))));
        return all;
    }

    private static long filled(List<String> row) {
        return row.stream().filter(cell -> !cell.isEmpty()).count();
    }

    private void begin(List<String> header) {
        if (!out.isEmpty() && out.charAt(out.length() - 1) != '\n') {
            out.append("\n\n");
        }
        started = true;
        columns = header.size();
        write(header);
        headerEnd = out.length() - 1;
        out.append(indent).append('|').append(" --- |".repeat(columns));
        delimiterEnd = out.length();
        out.append('\n');
    }

    private void write(List<String> row) {
        widest = Math.max(widest, row.size());
        out.append(indent).append('|');
        for (String cell : row) {
            out.append(' ').append(cell).append(" |");
        }
        out.append('\n');
        writer.wroteRow(true);
    }
}
