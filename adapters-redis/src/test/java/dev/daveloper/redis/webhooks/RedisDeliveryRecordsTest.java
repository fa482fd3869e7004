package dev.daveloper.redis.webhooks;

import dev.daveloper.application.testkit.DeliveryRecordsContract;
import dev.daveloper.application.testkit.WebhookStores;
import dev.daveloper.redis.TestAdapters;
import java.time.InstantSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisDeliveryRecordsTest {
    @Nested
    class OnOneServer extends DeliveryRecordsContract {
        @RegisterExtension
        final TestAdapters opener = new TestAdapters();

        @Override
        protected WebhookStores open(InstantSource time) throws InterruptedException {
            return new OpenedWebhooks(
                    opener.open(OpenedWebhooks.sealed(opener.config().withClock(time))));
        }
    }

    @Nested
    class InACluster extends DeliveryRecordsContract {
        @RegisterExtension
        final TestAdapters opener = new TestAdapters();

        @Override
        protected WebhookStores open(InstantSource time) throws InterruptedException {
            return new OpenedWebhooks(
                    opener.open(OpenedWebhooks.sealed(opener.clustered().withClock(time))));
        }
    }
}
