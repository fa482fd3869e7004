package dev.daveloper.domain.webhooks;

import dev.daveloper.domain.documents.DocumentId;
import dev.daveloper.domain.documents.JobId;
import dev.daveloper.domain.documents.Scope;

/**
 * Something that others keep and that is to be told of once it has happened, noted before anybody is answered for it:
 * whoever dies in between leaves the note, and another looks what came of it.
 */
public sealed interface Awaited {
    /** A job of ingestion ends. */
    record Ingestion(JobId job, Scope scope) implements Awaited {}

    /** A document is deleted, which somebody is entitled to and has asked for. */
    record Deletion(DocumentId document, Scope scope) implements Awaited {}
}
