package dev.daveloper.embedded.documents.ingestion;

import dev.daveloper.domain.documents.ContentHash;

/**
 * A document's bytes that have come whole.
 *
 * @param file the name they are kept under, made here and never by the sender
 */
record Incoming(String file, ContentHash hash, long bytes) {}
