package dev.daveloper.bootstrap.config;

import dev.daveloper.grpc.DocumentsServerConfig;

/** The embedded documents as a gRPC service of their own, which the command {@code documents} runs. */
final class DocumentsServerKeys {
    static final ServingKeys SERVING =
            new ServingKeys("documents-server", "the document service", 50_053, "Calls that it answers", 20_000);
    static final Setting<Integer> MAX_UPLOADS = Setting.of(
            "documents-server.max-uploads",
            Kinds.wholeNumber(1, 10_000),
            "100",
            "Documents that are handed over to it at once; more are refused.");

    static final Group GROUP = new Group("Document service (command documents)", SERVING.and(MAX_UPLOADS));

    private DocumentsServerKeys() {}

    static DocumentsServerConfig bind(Values values) {
        return new DocumentsServerConfig(SERVING.bind(values), values.get(MAX_UPLOADS));
    }
}
