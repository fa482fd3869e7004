package dev.daveloper.embedded.documents.ingestion;

import dev.daveloper.embedded.SqliteStats;

/**
 * How the documents are doing at the moment.
 *
 * @param waiting documents that wait for a worker
 * @param processing those that workers have in hand
 * @param limit how many may wait before further ones are refused
 * @param database the one that lists them
 */
public record DocumentsStats(int waiting, int processing, int limit, SqliteStats database) {}
