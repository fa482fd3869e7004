package dev.daveloper.redis.webhooks;

import dev.daveloper.application.testkit.DeliveryQueueContract;
import dev.daveloper.application.testkit.WebhookStores;
import dev.daveloper.redis.TestAdapters;
import java.time.InstantSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisDeliveryQueueTest {
    @Nested
    class OnOneServer extends DeliveryQueueContract {
        @RegisterExtension
        final TestAdapters opener = new TestAdapters();

        @Override
        protected WebhookStores open(InstantSource time) throws InterruptedException {
            return new OpenedWebhooks(
                    opener.open(OpenedWebhooks.sealed(opener.config().withClock(time))));
        }
    }

    @Nested
    class InACluster extends DeliveryQueueContract {
        @RegisterExtension
        final TestAdapters opener = new TestAdapters();

        @Override
        protected WebhookStores open(InstantSource time) throws InterruptedException {
            return new OpenedWebhooks(
                    opener.open(OpenedWebhooks.sealed(opener.clustered().withClock(time))));
        }
    }
}
