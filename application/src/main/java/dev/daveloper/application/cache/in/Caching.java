package dev.daveloper.application.cache.in;

import dev.daveloper.domain.cache.CacheKey;
import dev.daveloper.domain.cache.Content;
import dev.daveloper.domain.cache.Demand;
import dev.daveloper.domain.cache.Entry;
import dev.daveloper.domain.cache.Freshness;
import dev.daveloper.domain.cache.Tag;
import java.util.Optional;
import java.util.Set;

/**
 * Gives out what is kept, and has it made where it is not: by one caller for all, whichever node they come to. Safe for
 * use by many threads.
 */
public interface Caching {
    /**
     * What was asked for; empty only when it is not kept and nothing may be made for it.
     *
     * @throws dev.daveloper.domain.failures.AtCapacity when another makes it and is not ready in time
     * @throws dev.daveloper.domain.failures.GatewayException whatever the loader throws, to all who wait for it; it is
     *     not kept
     */
    Optional<Answer> get(Question question, Loader loader) throws InterruptedException;

    /** Makes what is asked for; not for a caller but for all, so that it may go on when its caller is gone. */
    interface Loader {
        Content load() throws InterruptedException;
    }

    /**
     * @param tags what it will be made from; always the same for one key
     * @param freshness of what is made
     */
    record Question(CacheKey key, Set<Tag> tags, Freshness freshness, Demand demand) {
        public Question {
            tags = Set.copyOf(tags);
        }
    }

    /** @param kept whether it is kept now */
    record Answer(Entry entry, How how, boolean kept) {}

    /** Where an answer came from. */
    enum How {
        /** It was kept and fresh. */
        HIT,
        /** It was kept and stale, and is made anew, or the caller accepts that. */
        STALE,
        /** It was kept and stale, and could not be made anew. */
        STALE_ON_ERROR,
        /** It was not kept, and was made. */
        MISS,
        /** It was stale, and was made anew. */
        EXPIRED,
        /** It was made because the caller wanted it so. */
        REQUESTED,
        /** Another caller had it made at the same time. */
        COLLAPSED,
        /** It was made, and the cache had nothing to do with it. */
        BYPASS
    }

    /** Whatever was made from these is worth nothing from now on. */
    void invalidate(Set<Tag> tags);
}
