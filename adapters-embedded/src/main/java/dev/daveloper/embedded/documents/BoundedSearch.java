package dev.daveloper.embedded.documents;

import dev.daveloper.application.documents.out.NoDocuments;
import dev.daveloper.application.documents.out.PassageSearch;
import dev.daveloper.domain.documents.FoundPassage;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.failures.GatewayException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for passages of the documents of some scopes, and no longer than it may: one that fails or takes too long is
 * told of, not thrown, and the rest of the time is not wasted on asking again. For one thread.
 */
final class BoundedSearch {
    private static final Logger LOG = LoggerFactory.getLogger(BoundedSearch.class);

    private final PassageSearch search;
    private final List<Scope> scopes;
    private long leftNanos;
    private boolean failed;

    /** @param longest how long all searches may take together */
    BoundedSearch(PassageSearch search, List<Scope> scopes, Duration longest) {
        this.search = search;
        this.scopes = List.copyOf(scopes);
        this.leftNanos = longest.toNanos();
    }

    /** Whether documents were asked for and could not be searched. */
    boolean failed() {
        return failed;
    }

    /** What fits, best first; nothing when it cannot be searched. A blank question finds how documents begin. */
    List<FoundPassage> ask(String question, int limit) throws InterruptedException {
        return ask(question, scopes, limit);
    }

    /** How documents begin, those of the first scope that has any. */
    List<FoundPassage> openings() throws InterruptedException {
        for (Scope scope : scopes) {
            List<FoundPassage> found = ask("", List.of(scope), PassageSearch.MAX_RESULTS);
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    private List<FoundPassage> ask(String question, List<Scope> asked, int limit) throws InterruptedException {
        if (failed || search.equals(NoDocuments.NONE)) {
            return List.of();
        }
        String bounded = question.substring(0, Math.min(question.length(), PassageSearch.MAX_QUERY_CHARS));
        FutureTask<List<FoundPassage>> task = new FutureTask<>(() -> search.search(bounded, asked, limit));
        long start = System.nanoTime();
        Thread.ofVirtual().name("document-search").start(task);
        try {
            return task.get(leftNanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return failedBy(e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            return failedBy(cause == null ? e : cause);
        } finally {
            // Whoever is still searching is told that nobody waits any more.
            task.cancel(true);
            leftNanos -= System.nanoTime() - start;
        }
    }

    private List<FoundPassage> failedBy(Throwable cause) {
        failed = true;
        if (cause instanceof GatewayException || cause instanceof TimeoutException) {
            LOG.warn(
                    "Documents could not be searched for an answer: {}",
                    cause.getClass().getSimpleName());
        } else {
            LOG.warn("Documents could not be searched for an answer, by a fault in their search", cause);
        }
        return List.of();
    }
}
