package dev.daveloper.http.failures;

/**
 * How often a kind of failure was told, as administrators see it.
 *
 * @param traceId of the last of them, to find it in the log
 */
public record FailureCountView(String code, long count, String firstAt, String lastAt, String traceId) {
    public static FailureCountView of(FailureCounts.Occurred occurred) {
        return new FailureCountView(
                occurred.code(),
                occurred.count(),
                occurred.first().toString(),
                occurred.last().toString(),
                occurred.traceId());
    }
}
