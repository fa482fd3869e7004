package dev.daveloper.domain.documents;

/**
 * A document that is about to be handed over.
 *
 * @param jobId made by whoever hands it over
 * @param name for display, as {@link DocumentName#clean} made it
 * @param kind what its name, its declared type and its first bytes agree on
 * @param maxBytes more than this are not taken
 */
public record NewDocument(
        JobId jobId, DocumentId documentId, Scope scope, String name, MediaKind kind, long maxBytes, Quota quota) {}
