package dev.daveloper.application.documents;

import dev.daveloper.domain.documents.Quota;

/**
 * The bounds of documents.
 *
 * @param maxBytes of one document as it comes
 * @param session what one session may keep, of what all together may
 * @param shared what may be kept for everybody, of the same
 * @param maxLiveJobs jobs under way that this node knows at once; more uploads are refused
 * @param maxWatches jobs that it watches by an open call at once; the others it asks about from time to time
 */
public record DocumentSettings(long maxBytes, Quota session, Quota shared, int maxLiveJobs, int maxWatches) {
    private static final long MIB = 1L << 20;
    private static final int TOTAL_FILES = 100_000;
    private static final long TOTAL_BYTES = 20_480 * MIB;

    public static final DocumentSettings DEFAULT = new DocumentSettings(
            100 * MIB,
            new Quota(200, 500 * MIB, TOTAL_FILES, TOTAL_BYTES),
            new Quota(10_000, 10_240 * MIB, TOTAL_FILES, TOTAL_BYTES),
            10_000,
            32);
}
