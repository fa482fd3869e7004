package dev.daveloper.application.documents.out;

import dev.daveloper.domain.documents.FoundPassage;
import dev.daveloper.domain.documents.Scope;
import java.util.List;

/** Finds passages of ingested documents: what an agent answers from. Safe for use by many threads. */
@FunctionalInterface
public interface PassageSearch {
    int MAX_RESULTS = 50;
    int MAX_QUERY_CHARS = 4_000;

    /** How many passages of each document a search without a question gives. */
    int OPENING_PASSAGES = 8;

    /**
     * The passages that fit a question best, best first; empty when none does. Sees every document that was ingested,
     * and none that was deleted, before the call. The words of a document's name count as words of its passages.
     *
     * <p>A blank question finds how documents begin, for whoever asks what is in them: the first
     * {@value #OPENING_PASSAGES} passages of each in their order, the latest document first.
     *
     * @param question in a person's words, of which the first {@value #MAX_QUERY_CHARS} characters count
     * @param scopes only documents of these scopes are looked at; not empty
     * @param limit 1 to {@value #MAX_RESULTS}
     * @throws dev.daveloper.domain.failures.DocumentsUnavailable when the documents cannot be reached
     * @throws dev.daveloper.domain.failures.DocumentsFailed when searching broke down
     */
    List<FoundPassage> search(String question, List<Scope> scopes, int limit) throws InterruptedException;
}
