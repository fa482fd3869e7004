package dev.daveloper.redis.chat;

import dev.daveloper.application.testkit.SixLawsContract;
import dev.daveloper.redis.RedisAdapters;
import dev.daveloper.redis.RedisConfig;
import dev.daveloper.redis.TestAdapters;
import java.time.InstantSource;
import org.junit.jupiter.api.Nested;

class RedisSixLawsTest {
    private static final int RUNS_ON_ONE_SERVER = 800;
    private static final int RUNS_IN_A_CLUSTER = 300;

    @Nested
    class OnOneServer extends SixLawsContract {
        @Override
        protected Stores openStores(InstantSource clock) throws InterruptedException {
            return stores(new TestAdapters().config());
        }

        @Override
        protected int runs() {
            return RUNS_ON_ONE_SERVER;
        }
    }

    @Nested
    class InACluster extends SixLawsContract {
        @Override
        protected Stores openStores(InstantSource clock) throws InterruptedException {
            return stores(new TestAdapters().clustered());
        }

        @Override
        protected int runs() {
            return RUNS_IN_A_CLUSTER;
        }
    }

    /** By the clock of the server, as in production. */
    private static SixLawsContract.Stores stores(RedisConfig config) throws InterruptedException {
        RedisAdapters adapters = RedisAdapters.connect(config);
        return new SixLawsContract.Stores(
                adapters.runStore(), adapters.runLog(), adapters.messageStore(), adapters.sessionStore(), adapters);
    }
}
