package dev.daveloper.redis.ratelimits;

import dev.daveloper.application.ratelimits.out.PolicyStore;
import dev.daveloper.application.testkit.PolicyStoreContract;
import dev.daveloper.redis.TestAdapters;
import java.time.InstantSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisPolicyStoreTest {
    @Nested
    class OnOneServer extends PolicyStoreContract {
        @RegisterExtension
        final TestAdapters opener = new TestAdapters();

        @Override
        protected PolicyStore open(InstantSource time) throws InterruptedException {
            return opener.open(opener.config().withClock(time)).policyStore();
        }
    }

    @Nested
    class InACluster extends PolicyStoreContract {
        @RegisterExtension
        final TestAdapters opener = new TestAdapters();

        @Override
        protected PolicyStore open(InstantSource time) throws InterruptedException {
            return opener.open(opener.clustered().withClock(time)).policyStore();
        }
    }
}
