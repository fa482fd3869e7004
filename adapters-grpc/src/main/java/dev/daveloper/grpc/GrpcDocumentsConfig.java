package dev.daveloper.grpc;

import java.time.Duration;

/**
 * How to reach a document service over gRPC.
 *
 * @param connection its largest message is a page of documents, or the passages of a search
 * @param callTimeout for everything that is not named here, for the first word of a watched job, and for the service
 *     to be there when a document is handed over
 * @param uploadTimeout for handing one document over, its sender's pace included
 * @param stallTimeout for the service to read on, or to answer, while a document is handed over
 * @param watchTimeout for one call that follows a job; after it, the job is followed by another
 */
public record GrpcDocumentsConfig(
        ConnectionConfig connection,
        Duration callTimeout,
        Duration uploadTimeout,
        Duration stallTimeout,
        Duration watchTimeout) {
    private static final int MAX_MESSAGE_BYTES = 4 << 20;

    public GrpcDocumentsConfig {
        ConnectionConfig.requirePositive("callTimeout", callTimeout);
        ConnectionConfig.requirePositive("uploadTimeout", uploadTimeout);
        ConnectionConfig.requirePositive("stallTimeout", stallTimeout);
        ConnectionConfig.requirePositive("watchTimeout", watchTimeout);
    }

    /** Plain text to this target, with everything else as usual. */
    public static GrpcDocumentsConfig of(String target) {
        return new GrpcDocumentsConfig(
                ConnectionConfig.to(target).withMaxMessageBytes(MAX_MESSAGE_BYTES),
                Duration.ofSeconds(10),
                Duration.ofMinutes(15),
                Duration.ofSeconds(60),
                Duration.ofMinutes(10));
    }

    public GrpcDocumentsConfig withTls(ClientTls tls) {
        return new GrpcDocumentsConfig(connection.withTls(tls), callTimeout, uploadTimeout, stallTimeout, watchTimeout);
    }

    public GrpcDocumentsConfig withCallTimeout(Duration callTimeout) {
        return new GrpcDocumentsConfig(connection, callTimeout, uploadTimeout, stallTimeout, watchTimeout);
    }

    public GrpcDocumentsConfig withStallTimeout(Duration stallTimeout) {
        return new GrpcDocumentsConfig(connection, callTimeout, uploadTimeout, stallTimeout, watchTimeout);
    }

    public GrpcDocumentsConfig withWatchTimeout(Duration watchTimeout) {
        return new GrpcDocumentsConfig(connection, callTimeout, uploadTimeout, stallTimeout, watchTimeout);
    }
}
