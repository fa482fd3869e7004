package dev.daveloper.application.webhooks;

import dev.daveloper.application.testkit.InMemoryWebhooks;
import dev.daveloper.application.testkit.UnreadEventsContract;
import dev.daveloper.application.testkit.WebhookStores;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.WebhookEvent;
import java.time.InstantSource;
import java.util.Set;

final class InMemoryUnreadEventsTest extends UnreadEventsContract {
    private InMemoryWebhooks held;

    @Override
    protected WebhookStores open(InstantSource time) {
        held = new InMemoryWebhooks(time);
        return held;
    }

    @Override
    protected void scramble(WebhookEvent event, Set<EndpointId> to) {
        held.scramble(event.id());
    }

    @Override
    protected void mend(WebhookEvent event, Set<EndpointId> to) {
        held.mend(event.id());
    }
}
