package dev.daveloper.application.webhooks;

import dev.daveloper.application.testkit.DeliveryQueueContract;
import dev.daveloper.application.testkit.InMemoryWebhooks;
import dev.daveloper.application.testkit.WebhookStores;
import java.time.InstantSource;

final class InMemoryDeliveriesTest extends DeliveryQueueContract {
    @Override
    protected WebhookStores open(InstantSource time) {
        return new InMemoryWebhooks(time);
    }
}
