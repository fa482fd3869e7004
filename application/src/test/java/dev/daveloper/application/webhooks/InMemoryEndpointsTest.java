package dev.daveloper.application.webhooks;

import dev.daveloper.application.testkit.InMemoryWebhooks;
import dev.daveloper.application.testkit.WebhookStoreContract;
import dev.daveloper.application.testkit.WebhookStores;
import java.time.InstantSource;

final class InMemoryEndpointsTest extends WebhookStoreContract {
    @Override
    protected WebhookStores open(InstantSource time) {
        return new InMemoryWebhooks(time);
    }
}
