package dev.daveloper.bootstrap.config;

import dev.daveloper.embedded.documents.extraction.ExtractionConfig;
import dev.daveloper.embedded.documents.ingestion.EmbeddedDocumentsConfig;
import dev.daveloper.grpc.GrpcDocumentsConfig;

/** Who keeps documents. */
public sealed interface DocumentsChoice {
    /** Nobody: the gateway takes none. */
    record None() implements DocumentsChoice {}

    /** This program. */
    record Embedded(EmbeddedDocumentsConfig config, ExtractionConfig extraction) implements DocumentsChoice {}

    /** A service of its own. */
    record OverGrpc(GrpcDocumentsConfig config) implements DocumentsChoice {}
}
