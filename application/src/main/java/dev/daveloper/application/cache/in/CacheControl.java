package dev.daveloper.application.cache.in;

import dev.daveloper.domain.cache.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What operators may do with the cache. Safe for use by many threads. */
public interface CacheControl {
    CacheStats stats();

    /** @return whether all nodes know, see {@link dev.daveloper.application.cache.out.Cache#invalidate} */
    boolean forget(Set<Tag> tags);

    /** @return whether all nodes know */
    boolean forgetAll();

    /** Names what can be made without anybody asking for it. Has to be called before anything is served. */
    void register(List<Warmable> warmables);

    /**
     * Something that can be made ahead.
     *
     * @param name as operators call it, such as {@code GET /agent/tools}
     * @param question what somebody would ask
     */
    record Warmable(String name, Caching.Question question, Caching.Loader loader) {}

    /** The names of all that can be made ahead. */
    List<String> warmable();

    /**
     * Makes these ahead unless they are fresh, one after the other, at a bounded rate.
     *
     * @param progress is told after each
     * @throws dev.daveloper.domain.failures.InvalidRequest when there is no such name
     */
    Warmed warm(List<String> names, Consumer<Warmed> progress) throws InterruptedException;

    /** How far it is. */
    record Warmed(int of, int made, int fresh, int failed) {}

    /**
     * Writes all that is kept, in a form that says itself whether it is whole.
     *
     * @return how many entries
     */
    long backup(OutputStream out) throws IOException;

    /**
     * Puts what was written; each entry for what is left of its time.
     *
     * @throws dev.daveloper.domain.failures.InvalidRequest when it is not whole, or no backup; what came before the
     *     place where that shows may be there then
     */
    Restored restore(InputStream in) throws IOException;

    /** @param expired entries whose time is over */
    record Restored(long entries, long expired) {}
}
