package dev.daveloper.http;

import java.time.Duration;

/**
 * What an upload may be. How large one document may be is the core's to say.
 *
 * @param maxFiles documents in one request
 * @param maxParts parts of a request, with or without a file
 * @param maxPartHeaderBytes of one part's headers together
 * @param maxNameChars of a file's name as it is sent
 * @param maxRequestBytes of a whole request
 * @param maxSkippedBytes of a request that are read only to get at what stands behind them: the rest of refused files,
 *     fields that are no files
 * @param maxLingerBytes that are read and thrown away after an early answer, because most senders look at the answer
 *     only when they have sent everything; behind them the connection is cut
 * @param maxUploads at once in this process
 * @param maxUploadsPerSession of one session at once in this process
 * @param within for one upload; a sender of which nothing comes is cut sooner, see {@link HttpTimes#idle()}
 */
public record UploadLimits(
        int maxFiles,
        int maxParts,
        int maxPartHeaderBytes,
        int maxNameChars,
        long maxRequestBytes,
        long maxSkippedBytes,
        long maxLingerBytes,
        int maxUploads,
        int maxUploadsPerSession,
        Duration within) {
    private static final long MIB = 1L << 20;

    /** Fits documents of at most 100 MiB. */
    public static final UploadLimits DEFAULT = forDocuments(100 * MIB, 20);

    public UploadLimits {
        requirePositive("maxFiles", maxFiles);
        requirePositive("maxParts", maxParts);
        requirePositive("maxPartHeaderBytes", maxPartHeaderBytes);
        requirePositive("maxNameChars", maxNameChars);
        requirePositive("maxRequestBytes", maxRequestBytes);
        requirePositive("maxSkippedBytes", maxSkippedBytes);
        requirePositive("maxLingerBytes", maxLingerBytes);
        requirePositive("maxUploads", maxUploads);
        requirePositive("maxUploadsPerSession", maxUploadsPerSession);
        if (!within.isPositive()) {
            throw new IllegalArgumentException("within must be longer than zero, not " + within);
        }
    }

    /** Everything as usual, with room for as many documents of this size. */
    public static UploadLimits forDocuments(long maxDocumentBytes, int maxFiles) {
        long together = Math.addExact(Math.multiplyExact(maxDocumentBytes, maxFiles), MIB);
        return new UploadLimits(
                maxFiles, maxFiles + 80, 8 * 1024, 1_000, together, 64 * MIB, 256 * MIB, 64, 4, Duration.ofMinutes(30));
    }

    /** The same with other bounds on how many uploads there are at once, and on how long one takes. */
    public UploadLimits atOnce(int uploads, int perSession, Duration each) {
        return new UploadLimits(
                maxFiles,
                maxParts,
                maxPartHeaderBytes,
                maxNameChars,
                maxRequestBytes,
                maxSkippedBytes,
                maxLingerBytes,
                uploads,
                perSession,
                each);
    }

    private static void requirePositive(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be 1 or more, not " + value);
        }
    }
}
