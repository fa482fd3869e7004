package dev.daveloper.bootstrap;

import dev.daveloper.application.documents.out.PassageSearch;
import dev.daveloper.domain.documents.FoundPassage;
import dev.daveloper.domain.documents.Scope;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A search that is handed out before it is there, so that agent and documents are opened side by side. */
final class LateSearch implements PassageSearch {
    private final CompletableFuture<PassageSearch> found = new CompletableFuture<>();

    /** From now on this is the search; those who wait go on. */
    void found(PassageSearch search) {
        found.complete(search);
    }

    @Override
    public List<FoundPassage> search(String question, List<Scope> scopes, int limit) throws InterruptedException {
        try {
            return found.get().search(question, scopes, limit);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the search is only ever completed", e);
        }
    }
}
