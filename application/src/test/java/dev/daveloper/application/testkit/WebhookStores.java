package dev.daveloper.application.testkit;

import dev.daveloper.application.chat.out.RunStore;
import dev.daveloper.application.sessions.out.SessionStore;
import dev.daveloper.application.webhooks.out.DeliveryQueue;
import dev.daveloper.application.webhooks.out.Outbox;
import dev.daveloper.application.webhooks.out.WebhookStore;

/** Everything that webhooks are kept in, and those that put events into it in steps of their own. */
public interface WebhookStores extends AutoCloseable {
    WebhookStore endpoints();

    Outbox outbox();

    DeliveryQueue queue();

    RunStore runs();

    SessionStore sessions();

    /** Gives up what was opened. */
    @Override
    void close();
}
