package dev.daveloper.redis;

import dev.daveloper.application.Core;
import dev.daveloper.application.CoreSettings;
import dev.daveloper.application.Ports;
import dev.daveloper.application.cache.out.Cache;
import dev.daveloper.application.chat.out.RunListener;
import dev.daveloper.application.documents.out.NoDocuments;
import dev.daveloper.application.ratelimits.out.Limiters;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.tracing.out.Tracer;
import dev.daveloper.application.webhooks.WebhookSettings;
import dev.daveloper.application.webhooks.in.Webhooks;
import dev.daveloper.application.webhooks.in.Webhooks.NewEndpoint;
import dev.daveloper.application.webhooks.out.DeliveryListener;
import dev.daveloper.application.webhooks.out.WebhookPorts;
import dev.daveloper.application.webhooks.out.WebhookSender;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.webhooks.Attempt;
import dev.daveloper.domain.webhooks.CustomHeaders;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.Subscription;
import dev.daveloper.domain.webhooks.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A gateway's core over Redis that tells of what happens: one node of several. */
final class TellingNode implements AutoCloseable {
    private final Core core;

    private TellingNode(Core core) {
        this.core = core;
    }

    static TellingNode over(RedisAdapters adapters, WebhookSender sender) {
        WebhookPorts webhooks = new WebhookPorts(
                adapters.webhookStore(),
                adapters.outbox(),
                adapters.deliveryQueue(),
                sender,
                (type, at, event) -> "{\"type\":\"" + type.wireName() + "\"}",
                DeliveryListener.NONE);
        Ports ports = new Ports(
                ScriptedAgent.saying("Hello."),
                adapters.runStore(),
                adapters.runLog(),
                adapters.messageStore(),
                adapters.sessionStore(),
                NoDocuments.NONE,
                List.of(adapters.probe()),
                event -> {},
                adapters.neighbours(),
                Limiters.NONE,
                Cache.NONE,
                Tracer.PASSING,
                RunListener.NONE,
                Optional.of(webhooks),
                InstantSource.system());
        return new TellingNode(Core.open(ports, CoreSettings.DEFAULT.with(quick())));
    }

    /** So that what a dead node had claimed comes back after 31 s. */
    private static WebhookSettings quick() {
        WebhookSettings usual = WebhookSettings.DEFAULT;
        return new WebhookSettings(
                usual.urls(),
                usual.reachable(),
                usual.schedule(),
                Duration.ofSeconds(1),
                usual.perEndpoint(),
                usual.maxEndpoints(),
                usual.maxWaiting(),
                usual.retention());
    }

    /** Who is told of everything. */
    EndpointId addEndpoint() {
        Webhooks webhooks = core.webhooks().orElseThrow();
        return webhooks.create(new NewEndpoint(
                        webhooks.urlOf("https://hooks.example.com/in"),
                        "",
                        new Subscription(Set.of(), Optional.empty()),
                        CustomHeaders.NONE,
                        OptionalInt.empty(),
                        true,
                        Optional.empty()))
                .id();
    }

    /** How many are to be told, as far as this node knows. */
    int endpoints() {
        return core.webhooks().orElseThrow().overview().endpoints();
    }

    SessionId openSession() {
        return core.sessions().open().session().id();
    }

    void endSession(SessionId session) throws InterruptedException {
        core.sessions().end(session);
    }

    @Override
    public void close() {
        core.close();
    }

    /** Takes everything, and remembers which events it was told of. */
    static final class Receiver implements WebhookSender {
        private static final int OK = 204;

        private final ConcurrentLinkedQueue<String> events = new ConcurrentLinkedQueue<>();

        /** The ids of events, in the order in which they came, one that came twice twice. */
        List<String> events() {
            return List.copyOf(events);
        }

        @Override
        public Attempt send(Outbound message) {
            events.add(message.headers().get("webhook-id"));
            return new Attempt(
                    message.number(),
                    Instant.now(),
                    Duration.ofMillis(1),
                    OptionalInt.of(OK),
                    Trouble.NONE,
                    "",
                    Optional.empty());
        }
    }
}
