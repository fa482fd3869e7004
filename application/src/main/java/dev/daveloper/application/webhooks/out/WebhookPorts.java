package dev.daveloper.application.webhooks.out;

/** All that webhooks need from outside. */
public record WebhookPorts(
        WebhookStore endpoints,
        Outbox outbox,
        DeliveryQueue queue,
        WebhookSender sender,
        EventPayloads payloads,
        DeliveryListener listener) {}
