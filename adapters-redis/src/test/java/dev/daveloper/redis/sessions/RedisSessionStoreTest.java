package dev.daveloper.redis.sessions;

import dev.daveloper.application.sessions.out.SessionStore;
import dev.daveloper.application.testkit.SessionStoreContract;
import dev.daveloper.redis.TestAdapters;
import java.time.InstantSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisSessionStoreTest {
    @Nested
    class OnOneServer extends SessionStoreContract {
        @RegisterExtension
        final TestAdapters opener = new TestAdapters();

        @Override
        protected SessionStore open(InstantSource time) throws InterruptedException {
            return opener.open(opener.config().withClock(time)).sessionStore();
        }
    }

    @Nested
    class InACluster extends SessionStoreContract {
        @RegisterExtension
        final TestAdapters opener = new TestAdapters();

        @Override
        protected SessionStore open(InstantSource time) throws InterruptedException {
            return opener.open(opener.clustered().withClock(time)).sessionStore();
        }
    }
}
