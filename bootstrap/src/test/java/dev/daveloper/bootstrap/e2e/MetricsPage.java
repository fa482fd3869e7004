package dev.daveloper.bootstrap.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The page of the reference that lists every metric. */
final class MetricsPage {
    private static final Path PAGE = Path.of("..", "docs", "reference", "metrics.md");

    private static final Pattern ROW = Pattern.compile(
            "^\\| `([a-z0-9_]+)` \\| (counter|gauge|histogram|summary) \\|([^|]*)\\| ([^|]*) \\| ([^|]*) \\|$",
            Pattern.MULTILINE);

    /** Not every gateway, virtual machine or moment has these. */
    private static final String SOMETIMES = "Sometimes:";

    private MetricsPage() {}

    /** @param always whether every gateway has it */
    record Row(String name, String type, Set<String> labels, String unit, boolean always) {}

    static List<Row> rows() throws IOException {
        return ROW.matcher(Files.readString(PAGE))
                .results()
                .map(row -> new Row(
                        row.group(1),
                        row.group(2),
                        Arrays.stream(row.group(3).split("[`, ]+"))
                                .filter(label -> !label.isEmpty())
                                .collect(Collectors.toCollection(TreeSet::new)),
                        row.group(4),
                        !row.group(5).startsWith(SOMETIMES)))
                .toList();
    }
}
