package dev.daveloper.embedded.webhooks;

import dev.daveloper.application.chat.out.RunStore;
import dev.daveloper.application.sessions.out.SessionStore;
import dev.daveloper.application.testkit.WebhookStores;
import dev.daveloper.application.webhooks.out.DeliveryQueue;
import dev.daveloper.application.webhooks.out.Outbox;
import dev.daveloper.application.webhooks.out.WebhookStore;
import dev.daveloper.embedded.EmbeddedStores;
import dev.daveloper.embedded.EmbeddedStoresConfig;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** Embedded stores, of which the contracts of webhooks want to see a part. */
record OpenedWebhooks(EmbeddedStores stores) implements WebhookStores {
    static OpenedWebhooks open(Optional<Path> directory, InstantSource time) {
        return open(directory
                .map(path -> EmbeddedStoresConfig.in(path, time))
                .orElseGet(() -> EmbeddedStoresConfig.inMemory(time)));
    }

    static OpenedWebhooks open(EmbeddedStoresConfig config) {
        return new OpenedWebhooks(EmbeddedStores.open(config));
    }

    @Override
    public WebhookStore endpoints() {
        return stores.webhookStore();
    }

    @Override
    public Outbox outbox() {
        return stores.outbox();
    }

    @Override
    public DeliveryQueue queue() {
        return stores.deliveryQueue();
    }

    @Override
    public RunStore runs() {
        return stores.runStore();
    }

    @Override
    public SessionStore sessions() {
        return stores.sessionStore();
    }

    @Override
    public void close() {
        stores.close();
    }
}
