package dev.daveloper.bootstrap;

import dev.daveloper.application.Core;
import dev.daveloper.application.health.out.HealthProbe;
import dev.daveloper.application.webhooks.out.DeliveryListener;
import dev.daveloper.application.webhooks.out.WebhookPorts;
import dev.daveloper.bootstrap.config.GatewayConfig;
import dev.daveloper.http.webhooks.HttpWebhookSender;
import dev.daveloper.http.webhooks.JsonPayloads;
import dev.daveloper.http.webhooks.SenderConfig;
import java.util.List;
import java.util.Optional;

/**
 * Whatever tells receivers what happens, opened; or nothing, where that is not wished.
 *
 * @param probe asks the core, once that is there
 */
record ChosenWebhooks(Optional<WebhookPorts> ports, WebhookProbe probe, Runnable closing) implements AutoCloseable {
    private static final String USER_AGENT = "Daveloper-Webhooks/";

    /**
     * @param stores that keep endpoints, events and deliveries
     * @param listener hears how deliveries go
     */
    static ChosenWebhooks open(GatewayConfig config, ChosenStores stores, DeliveryListener listener)
            throws CannotStart {
        WebhookProbe probe = new WebhookProbe(config.clock());
        Optional<ChosenStores.Deliveries> kept = stores.deliveries();
        if (!config.webhooks().enabled() || kept.isEmpty()) {
            return new ChosenWebhooks(Optional.empty(), probe, () -> {});
        }
        HttpWebhookSender sender = sender(config);
        WebhookPorts ports = new WebhookPorts(
                kept.get().endpoints(),
                kept.get().outbox(),
                kept.get().queue(),
                sender,
                new JsonPayloads(config.webhooks().withText()),
                listener);
        return new ChosenWebhooks(Optional.of(ports), probe, sender::close);
    }

    private static HttpWebhookSender sender(GatewayConfig config) throws CannotStart {
        try {
            return HttpWebhookSender.open(new SenderConfig(
                    config.core().webhooks().reachable(),
                    config.webhooks().connectTimeout(),
                    config.core().webhooks().timeout(),
                    USER_AGENT + Version.NAME.replace(' ', '-'),
                    config.clock(),
                    config.webhooks().certificates()));
        } catch (IllegalArgumentException e) {
            throw new CannotStart("webhooks.certificates cannot be used: " + e.getMessage() + ".");
        }
    }

    /** One, or none where there is nothing to ask about. */
    List<HealthProbe> probes() {
        return ports.isPresent() ? List.of(probe) : List.of();
    }

    /** Lets the probe ask this from now on. */
    Core watching(Core core) {
        core.webhooks().ifPresent(webhooks -> probe.ask(webhooks::overview));
        return core;
    }

    /** To be called after the core was closed, which lets what is being sent come to its end. */
    @Override
    public void close() {
        closing.run();
    }
}
