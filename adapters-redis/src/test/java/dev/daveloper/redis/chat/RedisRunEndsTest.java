package dev.daveloper.redis.chat;

import dev.daveloper.application.testkit.ChatStores;
import dev.daveloper.application.testkit.RunEndsContract;
import dev.daveloper.redis.TestAdapters;
import java.time.InstantSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisRunEndsTest {
    @Nested
    class OnOneServer extends RunEndsContract {
        @RegisterExtension
        final TestAdapters opener = new TestAdapters();

        @Override
        protected ChatStores open(InstantSource time) throws InterruptedException {
            return opener.chat(opener.config(), time);
        }
    }

    @Nested
    class InACluster extends RunEndsContract {
        @RegisterExtension
        final TestAdapters opener = new TestAdapters();

        @Override
        protected ChatStores open(InstantSource time) throws InterruptedException {
            return opener.chat(opener.clustered(), time);
        }
    }
}
