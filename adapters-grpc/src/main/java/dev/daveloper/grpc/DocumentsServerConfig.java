package dev.daveloper.grpc;

import dev.daveloper.domain.failures.InvalidValue;
import java.util.function.UnaryOperator;

/**
 * How to be a document service over gRPC.
 *
 * @param serving its calls are of all kinds, each job that somebody follows among them; more than it takes are refused
 *     with UNAVAILABLE
 * @param maxUploads documents that are handed over at once; more are refused with UNAVAILABLE
 */
public record DocumentsServerConfig(ServingConfig serving, int maxUploads) {
    private static final int MAX_CALLS = 20_000;
    private static final int MAX_UPLOADS = 100;

    public DocumentsServerConfig {
        if (maxUploads < 1) {
            throw new InvalidValue("maxUploads", Integer.toString(maxUploads), "1 or more");
        }
    }

    /** Plain text on this machine alone, with everything else as usual. */
    public static DocumentsServerConfig of(int port) {
        return new DocumentsServerConfig(ServingConfig.on(port, MAX_CALLS), MAX_UPLOADS);
    }

    /** The same but for how it serves. */
    public DocumentsServerConfig serving(UnaryOperator<ServingConfig> change) {
        return new DocumentsServerConfig(change.apply(serving), maxUploads);
    }

    public DocumentsServerConfig withMaxUploads(int maxUploads) {
        return new DocumentsServerConfig(serving, maxUploads);
    }
}
