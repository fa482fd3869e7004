package dev.daveloper.application.testkit;

import dev.daveloper.application.cache.out.Cache;

/** The double is no kinder than the real ones. */
class InMemoryCacheTest extends CacheContract {
    @Override
    protected Cache open() {
        return new InMemoryCache(clock);
    }
}
