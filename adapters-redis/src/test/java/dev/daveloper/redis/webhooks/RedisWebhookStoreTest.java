package dev.daveloper.redis.webhooks;

import dev.daveloper.application.testkit.WebhookStoreContract;
import dev.daveloper.application.testkit.WebhookStores;
import dev.daveloper.redis.TestAdapters;
import java.time.InstantSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisWebhookStoreTest {
    @Nested
    class OnOneServer extends WebhookStoreContract {
        @RegisterExtension
        final TestAdapters opener = new TestAdapters();

        @Override
        protected WebhookStores open(InstantSource time) throws InterruptedException {
            return new OpenedWebhooks(
                    opener.open(OpenedWebhooks.sealed(opener.config().withClock(time))));
        }
    }

    @Nested
    class InACluster extends WebhookStoreContract {
        @RegisterExtension
        final TestAdapters opener = new TestAdapters();

        @Override
        protected WebhookStores open(InstantSource time) throws InterruptedException {
            return new OpenedWebhooks(
                    opener.open(OpenedWebhooks.sealed(opener.clustered().withClock(time))));
        }
    }
}
