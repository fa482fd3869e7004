package dev.daveloper.http.webhooks;

import dev.daveloper.application.testkit.WebhookStores;
import dev.daveloper.application.webhooks.out.DeliveryListener;
import dev.daveloper.application.webhooks.out.WebhookPorts;
import dev.daveloper.application.webhooks.out.WebhookSender;
import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.domain.webhooks.Attempt;
import dev.daveloper.domain.webhooks.EventType;
import dev.daveloper.domain.webhooks.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers whatever is sent, without a network, with the status that was last set, and remembers it. */
public final class ScriptedReceiver implements WebhookSender {
    private static final Duration TOOK = Duration.ofMillis(84);

    private final InstantSource clock;
    private final List<Outbound> sent = new CopyOnWriteArrayList<>();
    private volatile int status = 200;

    public ScriptedReceiver(InstantSource clock) {
        this.clock = clock;
    }

    /** What a core needs to keep webhooks there and to send them here. */
    public WebhookPorts ports(WebhookStores held) {
        return new WebhookPorts(
                held.endpoints(), held.outbox(), held.queue(), this, ScriptedReceiver::payload, DeliveryListener.NONE);
    }

    private static String payload(EventType type, Instant at, GatewayEvent event) {
        return "{\"type\":\"" + type.wireName() + "\",\"timestamp\":\"" + at + "\",\"data\":{\"ratio\":1.50}}";
    }

    /** From now on. */
    public void answer(int other) {
        status = other;
    }

    /** What came, oldest first. */
    public List<Outbound> sent() {
        return List.copyOf(sent);
    }

    @Override
    public Attempt send(Outbound message) {
        sent.add(message);
        boolean ok = status < 300;
        return new Attempt(
                message.number(),
                clock.instant(),
                TOOK,
                OptionalInt.of(status),
                ok ? Trouble.NONE : Trouble.STATUS,
                ok ? "" : "try later",
                ok ? Optional.empty() : Optional.of(Duration.ofSeconds(30)));
    }
}
