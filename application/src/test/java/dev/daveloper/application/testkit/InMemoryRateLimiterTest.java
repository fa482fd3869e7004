package dev.daveloper.application.testkit;

import dev.daveloper.application.ratelimits.out.PolicyStore;
import dev.daveloper.application.ratelimits.out.RateLimiter;
import java.time.InstantSource;
import org.junit.jupiter.api.Nested;

class InMemoryRateLimiterTest extends RateLimiterContract {
    @Override
    protected RateLimiter open(InstantSource time) {
        return new InMemoryRateLimiter(time);
    }

    @Nested
    class Policies extends PolicyStoreContract {
        @Override
        protected PolicyStore open(InstantSource time) {
            return new InMemoryPolicyStore();
        }
    }
}
