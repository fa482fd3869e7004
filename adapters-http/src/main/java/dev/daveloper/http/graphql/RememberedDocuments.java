package dev.daveloper.http.graphql;

import dev.daveloper.application.cache.in.Caching;
import dev.daveloper.application.cache.in.Caching.Question;
import dev.daveloper.domain.cache.CacheKey;
import dev.daveloper.domain.cache.Content;
import dev.daveloper.domain.cache.Demand;
import dev.daveloper.domain.cache.Freshness;
import dev.daveloper.domain.cache.Tag;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Documents that clients had remembered, in the cache that all nodes share: bounded as all of it is, and forgotten at
 * any time, which clients are used to. Safe for use by many threads.
 */
final class RememberedDocuments {
    private static final String NAMESPACE = "graphql-documents";
    private static final String MEDIA_TYPE = "application/graphql; charset=utf-8";

    /** By which operators forget them, and nothing else. */
    private static final Tag TAG = new Tag(NAMESPACE);

    /** For a day, and for another while it is put anew: a document is never wrong, only unused. */
    private static final Freshness FRESHNESS = new Freshness(Duration.ofDays(1), Duration.ofDays(1), Duration.ZERO);

    /** What is kept and nothing else, without it being made anew: who only names a document does not have it. */
    private static final Demand KEPT =
            new Demand(false, false, true, Optional.empty(), Duration.ZERO, Optional.empty());

    private final Caching caching;

    RememberedDocuments(Caching caching) {
        this.caching = caching;
    }

    Optional<String> find(DocumentHash hash) throws InterruptedException {
        // What another wrote into a shared store is believed only as far as it can be checked.
        return caching.get(question(hash, KEPT), RememberedDocuments::nothing)
                .map(answer -> new String(answer.entry().content().bytes(), StandardCharsets.UTF_8))
                .filter(text -> DocumentHash.of(text).equals(hash));
    }

    /** Costs a look where it is remembered already. */
    void remember(DocumentHash hash, String text) throws InterruptedException {
        Content content = Content.of(MEDIA_TYPE, text.getBytes(StandardCharsets.UTF_8));
        caching.get(question(hash, Demand.ANY), () -> content);
    }

    private static Question question(DocumentHash hash, Demand demand) {
        return new Question(CacheKey.shared(NAMESPACE, hash.hex()), Set.of(TAG), FRESHNESS, demand);
    }

    private static Content nothing() {
        throw new IllegalStateException("only what is kept was asked for");
    }
}
