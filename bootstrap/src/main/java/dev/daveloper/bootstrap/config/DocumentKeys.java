package dev.daveloper.bootstrap.config;

import dev.daveloper.grpc.GrpcDocumentsConfig;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Who keeps documents, and how it is reached when it is a service. */
final class DocumentKeys {
    private static final String EMBEDDED = "embedded";
    private static final String NONE = "none";
    private static final int MAX_MESSAGE_BYTES = 4 << 20;

    static final Setting<String> TARGET = Setting.of(
            "documents.target",
            Kinds.FILLED_TEXT,
            EMBEDDED,
            "Who keeps and ingests documents: embedded is this program, none takes no documents; anything else is the"
                    + " gRPC target of a document service, such as dns:///documents:50053.");
    static final ConnectionKeys CONNECTION = new ConnectionKeys("documents", "the document service");
    static final Setting<Duration> CALL_TIMEOUT = Setting.of(
            "documents.call-timeout",
            Kinds.duration(Duration.ofMillis(100), Duration.ofMinutes(5)),
            "10s",
            "Time for the document service to answer a call that is no upload.");
    static final Setting<Duration> UPLOAD_TIMEOUT = Setting.of(
            "documents.upload-timeout",
            Kinds.duration(Duration.ofSeconds(1), Duration.ofHours(6)),
            "15m",
            "Time for handing one document over to the document service, at its sender's pace.");
    static final Setting<Duration> STALL_TIMEOUT = Setting.of(
            "documents.stall-timeout",
            Kinds.duration(Duration.ofMillis(100), Duration.ofMinutes(30)),
            "60s",
            "Time that the document service may take to read on while a document is handed over.");
    static final Setting<Duration> WATCH_TIMEOUT = Setting.of(
            "documents.watch-timeout",
            Kinds.duration(Duration.ofSeconds(1), Duration.ofHours(6)),
            "10m",
            "Time of one call that follows a job; a job that takes longer is followed by the next call.");

    static final Group GROUP = new Group("Documents", settings());

    private DocumentKeys() {}

    private static List<Setting<?>> settings() {
        List<Setting<?>> before = new ArrayList<>();
        before.add(TARGET);
        before.addAll(DocumentLimitKeys.SETTINGS);
        before.addAll(EmbeddedDocumentKeys.SETTINGS);
        return CONNECTION.among(before, List.of(CALL_TIMEOUT, UPLOAD_TIMEOUT, STALL_TIMEOUT, WATCH_TIMEOUT));
    }

    static DocumentsChoice bind(Values values, InstantSource clock) {
        GrpcDocumentsConfig overGrpc = new GrpcDocumentsConfig(
                CONNECTION.bind(values, values.get(TARGET), MAX_MESSAGE_BYTES),
                values.get(CALL_TIMEOUT),
                values.get(UPLOAD_TIMEOUT),
                values.get(STALL_TIMEOUT),
                values.get(WATCH_TIMEOUT));
        return switch (values.get(TARGET)) {
            case NONE -> new DocumentsChoice.None();
            case EMBEDDED -> EmbeddedDocumentKeys.bind(values, clock);
            default -> new DocumentsChoice.OverGrpc(overGrpc);
        };
    }
}
