package dev.daveloper.bootstrap.config;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The written form of sizes: bytes, or a whole number and its unit. */
final class Sizes {
    private static final Pattern FORM = Pattern.compile("(\\d{1,10})(B|KB|MB|GB|KiB|MiB|GiB)?");
    private static final Map<String, Long> BYTES_BY_UNIT = Map.of(
            "B",
            1L,
            "KB",
            1_000L,
            "MB",
            1_000_000L,
            "GB",
            1_000_000_000L,
            "KiB",
            1L << 10,
            "MiB",
            1L << 20,
            "GiB",
            1L << 30);

    private Sizes() {}

    static Optional<Long> read(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String unit = matcher.group(2);
        long factor = unit == null ? 1 : BYTES_BY_UNIT.getOrDefault(unit, 1L);
        return Optional.of(Long.parseLong(matcher.group(1)) * factor);
    }

    static String write(long bytes) {
        for (String unit : new String[] {"GiB", "MiB", "KiB"}) {
            long factor = BYTES_BY_UNIT.getOrDefault(unit, 1L);
            if (bytes >= factor && bytes % factor == 0) {
                return bytes / factor + unit;
            }
        }
        return bytes + "B";
    }
}
