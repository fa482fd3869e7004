package dev.daveloper.redis.cache;

import dev.daveloper.application.cache.out.Cache;
import dev.daveloper.application.testkit.CacheContract;
import dev.daveloper.redis.TestAdapters;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The cache in Redis does what every cache does, on one server and in a cluster. */
@Timeout(120)
class RedisCacheTest {
    @Nested
    class OnOneServer extends CacheContract {
        @RegisterExtension
        final TestAdapters opener = new TestAdapters();

        @Override
        protected Cache open() throws InterruptedException {
            return opener.open(opener.config()).cache();
        }
    }

    @Nested
    class InACluster extends CacheContract {
        @RegisterExtension
        final TestAdapters opener = new TestAdapters();

        @Override
        protected Cache open() throws InterruptedException {
            return opener.open(opener.clustered()).cache();
        }
    }
}
