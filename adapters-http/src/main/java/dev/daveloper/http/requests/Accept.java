package dev.daveloper.http.requests;

import dev.daveloper.http.failures.Refusal;
import dev.daveloper.http.failures.TransportFailure;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Chooses the form of an answer by an {@code Accept} header (RFC 9110, section 12.5.1). */
public final class Accept {
    public static final String JSON = "application/json";
    public static final String EVENT_STREAM = "text/event-stream";
    public static final String HTML = "text/html";

    private static final int EXACT = 2;

    private Accept() {}

    /**
     * The best of what is offered: the highest quality, then the one that is named more exactly, then the one that is
     * named first, then the one that is offered first.
     *
     * @throws Refusal with 406 when none is acceptable
     */
    public static String choose(@Nullable String header, String... offered) {
        if (header == null || header.isBlank()) {
            return offered[0];
        }
        List<Range> ranges = Range.parse(header);
        String best = null;
        Range bestRange = Range.NONE;
        for (String type : offered) {
            Range range = mostExact(ranges, type);
            if (range.isBetterThan(bestRange)) {
                best = type;
                bestRange = range;
            }
        }
        if (best == null) {
            throw new Refusal(
                    TransportFailure.NOT_ACCEPTABLE, "This can be given as " + String.join(" or ", offered) + ".");
        }
        return best;
    }

    private static Range mostExact(List<Range> ranges, String type) {
        Range found = Range.NONE;
        for (Range range : ranges) {
            if (range.matches(type) && range.exactness > found.exactness) {
                found = range;
            }
        }
        return found;
    }

    private record Range(String type, double quality, int exactness, int position) {
        static final Range NONE = new Range("", 0, -1, Integer.MAX_VALUE);

        static List<Range> parse(String header) {
            String[] parts = header.toLowerCase(Locale.ROOT).split(",", -1);
            Range[] ranges = new Range[parts.length];
            for (int i = 0; i < parts.length; i++) {
                String[] pieces = parts[i].split(";", -1);
                String type = pieces.length == 0 ? "" : pieces[0].strip();
                int exactness = type.equals("*/*") ? 0 : type.endsWith("/*") ? 1 : EXACT;
                ranges[i] = new Range(type, qualityOf(pieces), exactness, i);
            }
            return List.of(ranges);
        }

        private static double qualityOf(String[] pieces) {
            for (int i = 1; i < pieces.length; i++) {
                String piece = pieces[i].strip();
                if (piece.matches("q=(0(\\.\\d{0,3})?|1(\\.0{0,3})?)")) {
                    return Double.parseDouble(piece.substring(2));
                }
            }
            return 1;
        }

        boolean matches(String offered) {
            return switch (exactness) {
                case 0 -> true;
                case 1 -> offered.startsWith(type.substring(0, type.length() - 1));
                default -> offered.equals(type);
            };
        }

        boolean isBetterThan(Range other) {
            if (quality == 0) {
                return false;
            }
            if (quality != other.quality) {
                return quality > other.quality;
            }
            if (exactness != other.exactness) {
                return exactness > other.exactness;
            }
            return position < other.position;
        }
    }
}
