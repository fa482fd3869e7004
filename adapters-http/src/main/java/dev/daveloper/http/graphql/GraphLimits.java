package dev.daveloper.http.graphql;

import java.time.Duration;

/**
 * What a query may be and cost. All but the time is judged before anything of it is done.
 *
 * @param maxChars of a document
 * @param maxTokens of a document; what is behind them is not read
 * @param maxDepth of fields within fields, fragments unfolded
 * @param maxFields in all, fragments unfolded
 * @param maxAliases of fields in all, and of one field below one other
 * @param maxComplexity see {@code @cost} in the schema
 * @param timeout from the first field to the last
 * @param maxErrors that are told of one execution
 * @param keptDocuments read and judged documents that are remembered
 */
public record GraphLimits(
        int maxChars,
        int maxTokens,
        int maxDepth,
        int maxFields,
        int maxAliases,
        int maxComplexity,
        Duration timeout,
        int maxErrors,
        int keptDocuments) {
    public static final int LEAST_CHARS = 1_000;
    public static final int MOST_CHARS = 1_000_000;

    /** Deeper ones could not be read: see {@code KnownDocuments}. */
    public static final int MOST_DEPTH = 50;

    public static final int MOST_ALIASES = 1_000;
    public static final int MOST_COMPLEXITY = 1_000_000;
    public static final Duration LEAST_TIMEOUT = Duration.ofMillis(100);
    public static final Duration MOST_TIMEOUT = Duration.ofMinutes(5);

    public static final GraphLimits DEFAULT =
            new GraphLimits(32_000, 4_000, 20, 1_000, 30, 5_000, Duration.ofSeconds(10), 50, 500);

    public GraphLimits {
        require("maxChars", maxChars, LEAST_CHARS, MOST_CHARS);
        require("maxDepth", maxDepth, 1, MOST_DEPTH);
        require("maxAliases", maxAliases, 0, MOST_ALIASES);
        require("maxComplexity", maxComplexity, 1, MOST_COMPLEXITY);
        if (timeout.compareTo(LEAST_TIMEOUT) < 0 || timeout.compareTo(MOST_TIMEOUT) > 0) {
            throw new IllegalArgumentException(
                    "timeout must be from " + LEAST_TIMEOUT + " to " + MOST_TIMEOUT + ", not " + timeout);
        }
    }

    private static void require(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be from " + min + " to " + max + ", not " + value);
        }
    }
}
