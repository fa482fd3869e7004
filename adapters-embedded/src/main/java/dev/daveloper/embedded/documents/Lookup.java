package dev.daveloper.embedded.documents;

import dev.daveloper.application.documents.out.PassageSearch;
import dev.daveloper.domain.documents.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds what answers a question, in the library and in the documents that one person may read. The person's documents
 * come first where they answer it about as well. For one thread, and for what is looked up at one moment.
 */
public final class Lookup {
    /** How long all searches of documents of one lookup may take together. */
    public static final Duration LONGEST_DOCUMENT_SEARCH = Duration.ofSeconds(3);

    /** By how much the library has to answer better to come first. */
    private static final float ADVANTAGE = 0.1f;

    /** What is worth reading after the first has to answer this much of what the first answers. */
    private static final float NEAR_FIRST = 0.85f;

    /** One part in this many is for what comes second. */
    private static final int SECOND_PART = 3;

    private final PassageIndex library;
    private final DocumentLookup documents;

    private Lookup(PassageIndex library, DocumentLookup documents) {
        this.library = library;
        this.documents = documents;
    }

    /** @param scopes whose documents are looked at, the nearest first; not empty */
    public static Lookup in(PassageIndex library, PassageSearch documents, List<Scope> scopes) {
        return in(library, documents, scopes, LONGEST_DOCUMENT_SEARCH);
    }

    static Lookup in(PassageIndex library, PassageSearch documents, List<Scope> scopes, Duration longest) {
        return new Lookup(library, new DocumentLookup(library, new BoundedSearch(documents, scopes, longest)));
    }

    /**
     * The passages that answer a question, best first; empty when nothing does.
     *
     * @param limit 1 to {@value PassageIndex#MAX_MATCHES}
     */
    public List<Match> search(String question, int limit) throws InterruptedException {
        return merged(question, library.search(question, limit), documents.search(question, ""), limit);
    }

    /** As {@link #search(String, int)}, for a question that can only be understood after an earlier one. */
    public List<Match> search(String question, String earlier, int limit) throws InterruptedException {
        return merged(question, library.search(question, earlier, limit), documents.search(question, earlier), limit);
    }

    /** Whether documents should have been searched and could not be; what was found is from the rest. */
    public boolean documentsMissed() {
        return documents.missed();
    }

    /** Whether there are documents to read at all, as far as can be told; asks where no search has shown any. */
    public boolean hasDocuments() throws InterruptedException {
        return documents.hasAny();
    }

    private static List<Match> merged(String question, List<Match> pages, DocumentLookup.Answers answers, int limit) {
        List<Match> own = answers.matches();
        if (own.isEmpty() || (!answers.pointed() && pages.isEmpty())) {
            return own.isEmpty() ? pages : own.stream().limit(limit).toList();
        }
        float ownFit = best(own, answers);
        float pagesFit = best(pages, answers);
        float advantage = DocumentTalk.speaksOfGateway(question) ? -ADVANTAGE : ADVANTAGE;
        if (answers.pointed() || ownFit + advantage >= pagesFit) {
            return joined(own, pages, answers, limit);
        }
        return joined(pages, own, answers, limit);
    }

    private static List<Match> joined(
            List<Match> first, List<Match> second, DocumentLookup.Answers answers, int limit) {
        float floor = best(first, answers) * NEAR_FIRST;
        List<Match> worthy = second.stream()
                .filter(match -> answers.fit(match) >= floor)
                .limit(Math.max(1, limit / SECOND_PART))
                .toList();
        List<Match> all = new ArrayList<>(
                first.stream().limit(Math.max(1, limit - worthy.size())).toList());
        worthy.stream().limit(limit - all.size()).forEach(all::add);
        return all;
    }

    private static float best(List<Match> matches, DocumentLookup.Answers answers) {
        return matches.stream().map(answers::fit).max(Comparator.naturalOrder()).orElse(0f);
    }
}
