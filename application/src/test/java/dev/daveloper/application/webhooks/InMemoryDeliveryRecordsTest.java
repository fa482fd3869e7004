package dev.daveloper.application.webhooks;

import dev.daveloper.application.testkit.DeliveryRecordsContract;
import dev.daveloper.application.testkit.InMemoryWebhooks;
import dev.daveloper.application.testkit.WebhookStores;
import java.time.InstantSource;

final class InMemoryDeliveryRecordsTest extends DeliveryRecordsContract {
    @Override
    protected WebhookStores open(InstantSource time) {
        return new InMemoryWebhooks(time);
    }
}
