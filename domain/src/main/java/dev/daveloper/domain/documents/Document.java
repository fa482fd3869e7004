package dev.daveloper.domain.documents;

import java.time.Instant;
import java.util.OptionalInt;

/**
 * A document that was ingested: its passages can be found.
 *
 * @param name what its owner calls it; for display, never a path
 * @param bytes its size as it came
 * @param pages how many pages, slides or sheets it has; empty for kinds that have none
 * @param passages how many passages can be found
 */
public record Document(
        DocumentId id,
        JobId jobId,
        Scope scope,
        String name,
        MediaKind kind,
        long bytes,
        ContentHash hash,
        OptionalInt pages,
        int passages,
        Instant ingestedAt) {}
