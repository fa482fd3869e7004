package dev.daveloper.redis.ratelimits;

import dev.daveloper.application.ratelimits.out.RateLimiter;
import dev.daveloper.application.testkit.RateLimiterContract;
import dev.daveloper.redis.RedisConfig.Ahead;
import dev.daveloper.redis.TestAdapters;
import java.time.InstantSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Exactly, to the last request: nothing is drawn ahead. */
class RedisRateLimiterTest {
    @Nested
    class OnOneServer extends RateLimiterContract {
        @RegisterExtension
        final TestAdapters opener = new TestAdapters();

        @Override
        protected RateLimiter open(InstantSource time) throws InterruptedException {
            return opener.open(opener.config().with(Ahead.NOTHING).withClock(time))
                    .rateLimiter();
        }
    }

    @Nested
    class InACluster extends RateLimiterContract {
        @RegisterExtension
        final TestAdapters opener = new TestAdapters();

        @Override
        protected RateLimiter open(InstantSource time) throws InterruptedException {
            return opener.open(opener.clustered().with(Ahead.NOTHING).withClock(time))
                    .rateLimiter();
        }
    }
}
