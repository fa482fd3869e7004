package dev.daveloper.application.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.Core;
import dev.daveloper.application.CoreSettings;
import dev.daveloper.application.Ports;
import dev.daveloper.application.cache.out.Cache;
import dev.daveloper.application.chat.in.ChatRequest;
import dev.daveloper.application.chat.out.RunListener;
import dev.daveloper.application.events.out.Neighbours;
import dev.daveloper.application.ratelimits.out.Limiters;
import dev.daveloper.application.testkit.InMemoryDocuments;
import dev.daveloper.application.testkit.InMemoryWebhooks;
import dev.daveloper.application.testkit.ManualClock;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.tracing.out.Tracer;
import dev.daveloper.application.webhooks.in.Webhooks;
import dev.daveloper.application.webhooks.in.Webhooks.NewEndpoint;
import dev.daveloper.application.webhooks.out.DeliveryListener;
import dev.daveloper.application.webhooks.out.DeliveryQueue;
import dev.daveloper.application.webhooks.out.Outbox;
import dev.daveloper.application.webhooks.out.WebhookPorts;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.webhooks.Attempt;
import dev.daveloper.domain.webhooks.Awaited;
import dev.daveloper.domain.webhooks.CustomHeaders;
import dev.daveloper.domain.webhooks.Delivery;
import dev.daveloper.domain.webhooks.Endpoint;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.EventType;
import dev.daveloper.domain.webhooks.Subscription;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A core with webhooks, over stores in memory that outlive it, a sender that is told what to do, and a still clock. */
final class WebhooksFixture implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(20);

    final ManualClock clock = new ManualClock();
    final InMemoryWebhooks held = new InMemoryWebhooks(clock);

    /** How often the outbox and the queues were asked by the services. */
    final AtomicInteger calls = new AtomicInteger();

    /** What was handed to queues, in order. */
    final List<EventType> told = new CopyOnWriteArrayList<>();

    final ScriptedSender sender = new ScriptedSender(clock);
    final InMemoryDocuments documents = new InMemoryDocuments(clock);
    final List<GatewayEvent> events = new CopyOnWriteArrayList<>();
    private final WebhookSettings settings;
    private final Tracer tracer;
    private Core core;

    private WebhooksFixture(WebhookSettings settings, Tracer tracer) {
        this.settings = settings;
        this.tracer = tracer;
        this.core = opened();
    }

    static WebhooksFixture open() {
        return new WebhooksFixture(WebhookSettings.DEFAULT, Tracer.PASSING);
    }

    static WebhooksFixture open(WebhookSettings settings) {
        return new WebhooksFixture(settings, Tracer.PASSING);
    }

    static WebhooksFixture open(Tracer tracer) {
        return new WebhooksFixture(WebhookSettings.DEFAULT, tracer);
    }

    private Core opened() {
        return Core.open(
                new Ports(
                        ScriptedAgent.saying("Hello."),
                        held.runs(),
                        held.conversations(),
                        held.conversations(),
                        held.sessions(),
                        documents,
                        List.of(),
                        events::add,
                        Neighbours.NONE,
                        Limiters.NONE,
                        Cache.NONE,
                        tracer,
                        RunListener.NONE,
                        Optional.of(new WebhookPorts(
                                held.endpoints(),
                                counted(Outbox.class, held.outbox()),
                                counted(DeliveryQueue.class, held.queue()),
                                sender,
                                (type, at, event) -> "{\"type\":\"" + type.wireName() + "\"}",
                                new Listening())),
                        clock),
                CoreSettings.DEFAULT.with(settings));
    }

    private <T> T counted(Class<T> port, T store) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (proxy, method, arguments) -> {
                    calls.incrementAndGet();
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private final class Listening implements DeliveryListener {
        @Override
        public void distributed(EventType type, int endpoints) {
            told.add(type);
        }

        @Override
        public void attempted(EventType type, Attempt attempt, DeliveryQueue.Next next) {}
    }

    /** What is awaited. */
    List<Awaited> notes() {
        return held.awaited(clock.instant().plusSeconds(1), 100);
    }

    Core core() {
        return core;
    }

    Webhooks webhooks() {
        return core.webhooks().orElseThrow();
    }

    /** Closes the core, and opens another over the same stores. */
    void restart() {
        core.close();
        core = opened();
    }

    Endpoint endpoint(String host, EventType... types) {
        return endpoint(host, new Subscription(Set.of(types), Optional.empty()), true);
    }

    Endpoint endpoint(String host, Subscription subscription, boolean enabled) {
        return webhooks()
                .create(new NewEndpoint(
                        webhooks().urlOf("https://" + host + "/hooks"),
                        "",
                        subscription,
                        CustomHeaders.NONE,
                        OptionalInt.empty(),
                        enabled,
                        Optional.empty()));
    }

    SessionId session() {
        return core.sessions().open().session().id();
    }

    /** Asks, and waits for the answer. */
    Run answered(SessionId session) throws InterruptedException {
        Run run = core.chat().start(session, ChatRequest.of("Hi")).run();
        assertThat(core.chat().await(session, run.id(), SOON)).isPresent();
        return run;
    }

    /** Lets time pass, and has it noticed what is due at this endpoint by then. */
    void later(Duration time, EndpointId endpoint) {
        clock.advance(time);
        webhooks().recover(endpoint, Instant.MAX);
    }

    List<Delivery> deliveries(EndpointId endpoint) {
        return webhooks()
                .deliveries(endpoint, Optional.empty(), new PageRequest(100, Optional.empty()))
                .items();
    }

    @Override
    public void close() {
        core.close();
    }
}
