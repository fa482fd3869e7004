package dev.daveloper.domain.documents;

/**
 * What became of a document that was handed over: it is kept, and this job ingests it.
 *
 * @param duplicate whether the same bytes were there in the same scope already: the job is the earlier one, with its
 *     own ids, in whatever state it is, and nothing was added
 */
public record Accepted(IngestionJob job, boolean duplicate) {}
