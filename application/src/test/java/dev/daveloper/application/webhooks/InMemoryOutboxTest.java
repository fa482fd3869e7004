package dev.daveloper.application.webhooks;

import dev.daveloper.application.testkit.InMemoryWebhooks;
import dev.daveloper.application.testkit.OutboxContract;
import dev.daveloper.application.testkit.WebhookStores;
import java.time.InstantSource;

final class InMemoryOutboxTest extends OutboxContract {
    @Override
    protected WebhookStores open(InstantSource time) {
        return new InMemoryWebhooks(time);
    }
}
