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
    public static final GraphLimits DEFAULT =
            new GraphLimits(32_000, 4_000, 20, 1_000, 30, 5_000, Duration.ofSeconds(10), 50, 500);
}
