package dev.daveloper.redis.webhooks;

import dev.daveloper.application.chat.out.RunStore;
import dev.daveloper.application.sessions.out.SessionStore;
import dev.daveloper.application.testkit.WebhookStores;
import dev.daveloper.application.webhooks.out.DeliveryQueue;
import dev.daveloper.application.webhooks.out.Outbox;
import dev.daveloper.application.webhooks.out.WebhookStore;
import dev.daveloper.domain.ContentKey;
import dev.daveloper.domain.ContentKeys;
import dev.daveloper.redis.RedisAdapters;
import dev.daveloper.redis.RedisConfig;
import java.util.List;

/** Stores in Redis, of which the contracts of webhooks want to see a part. */
record OpenedWebhooks(RedisAdapters adapters) implements WebhookStores {
    /** With a key, without which no endpoint is kept. */
    static RedisConfig sealed(RedisConfig config) {
        return config.with(new ContentKeys(List.of(new ContentKey("k1", new byte[ContentKey.BYTES]))));
    }

    @Override
    public WebhookStore endpoints() {
        return adapters.webhookStore();
    }

    @Override
    public Outbox outbox() {
        return adapters.outbox();
    }

    @Override
    public DeliveryQueue queue() {
        return adapters.deliveryQueue();
    }

    @Override
    public RunStore runs() {
        return adapters.runStore();
    }

    @Override
    public SessionStore sessions() {
        return adapters.sessionStore();
    }

    /** Whoever opened them closes them. */
    @Override
    public void close() {}
}
