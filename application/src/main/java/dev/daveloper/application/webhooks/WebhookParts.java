package dev.daveloper.application.webhooks;

import dev.daveloper.application.documents.out.DocumentService;
import dev.daveloper.application.events.out.EventListener;
import dev.daveloper.application.events.out.Neighbours;
import dev.daveloper.application.tracing.out.Tracer;
import dev.daveloper.application.webhooks.in.Expecting;
import dev.daveloper.application.webhooks.in.Telling;
import dev.daveloper.application.webhooks.in.Webhooks;
import dev.daveloper.application.webhooks.out.WebhookPorts;
import dev.daveloper.domain.Ids;
import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.domain.events.Signal;
import dev.daveloper.domain.failures.StoreUnavailable;
import dev.daveloper.domain.webhooks.EndpointId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Webhooks, put together: what the core offers of them, what keeps them going, and what has to hear of everything that
 * happens.
 */
public final class WebhookParts implements EventListener {
    /** How long attempts that are under way may take when the node stops. */
    private static final Duration MAX_LANDING = Duration.ofSeconds(5);

    /** How long everything else may take then. */
    private static final Duration MAX_TURN = Duration.ofSeconds(2);

    /** How often the endpoints are read, should the word of a change have been lost. */
    private static final Duration PACE = Duration.ofSeconds(5);

    private static final Duration LOOKOUT_PACE = Duration.ofSeconds(30);

    private static final int FORGET_BATCH = 1_000;

    private static final int FORGET_BATCHES = 10;

    private final WebhookPorts ports;
    private final WebhookSettings settings;
    private final InstantSource clock;
    private final EndpointsNear near;
    private final KnownTelling telling;
    private final Lookout lookout;
    private final LateEvents late;
    private final Relay relay;
    private final Dispatcher dispatcher;
    private final Figures figures;
    private final Webhooks service;
    private final Turns keeping;
    private final Turns looking;

    /**
     * @param documents whose jobs are told of
     * @param random cryptographically strong
     * @param listener hears of what webhooks do themselves, and has to tell it {@link #on} too
     */
    public WebhookParts(
            WebhookPorts ports,
            DocumentService documents,
            WebhookSettings settings,
            Ids ids,
            RandomGenerator random,
            InstantSource clock,
            EventListener listener,
            Neighbours neighbours,
            Tracer tracer) {
        this.ports = ports;
        this.settings = settings;
        this.clock = clock;
        this.near = new EndpointsNear(ports.endpoints());
        this.telling = new KnownTelling(near, ports.payloads(), tracer, listener, ids.next("node_"));
        EndpointChanges changes = new EndpointChanges(ports.endpoints(), near, neighbours, listener, clock);
        Attempts attempts = new Attempts(ports, settings, changes, tracer, clock, listener, random);
        this.dispatcher = new Dispatcher(ports.queue(), near, attempts, settings, clock, listener, this::keepSoon);
        this.relay = new Relay(ports, near, settings.maxWaiting(), clock, listener, dispatcher::due);
        this.late = new LateEvents(ports.outbox(), clock, listener, relay::wake);
        this.lookout = new Lookout(near, telling, ports.outbox(), late, documents, clock, listener);
        this.figures = new Figures(near, ports.queue(), dispatcher, clock);
        this.service = new WebhooksService(ports, changes, telling, dispatcher, figures, settings, ids, random);
        this.keeping = new Turns("webhook-keeper", this::keep, listener, clock);
        this.looking = new Turns("webhook-lookout", this::look, listener, clock);
        neighbours.listen(signal -> {
            if (signal instanceof Signal.WebhooksChanged) {
                keepSoon();
            }
        });
    }

    private void keepSoon() {
        keeping.wake();
    }

    /** Sets it going; who is to be told is known by then, unless the store is away. */
    public void start() {
        try {
            near.reload();
        } catch (StoreUnavailable e) {
            // The keeper tries again, and tells of it. Until then whatever happens is put down.
        }
        keeping.start();
        looking.start();
        late.start();
        relay.start();
        dispatcher.start();
    }

    public Webhooks webhooks() {
        return service;
    }

    public Telling telling() {
        return telling;
    }

    public Expecting expecting() {
        return lookout;
    }

    /** Has what was put down handed on at once, and puts down what nobody else keeps. Returns at once. */
    @Override
    public void on(GatewayEvent event) {
        switch (event) {
            case GatewayEvent.RunEnded ended -> relayed();
            case GatewayEvent.SessionOpened opened -> relayed();
            case GatewayEvent.SessionEnded ended -> relayed();
            case GatewayEvent.LimitExceeded exceeded -> put(exceeded);
            case GatewayEvent.HealthChanged changed -> put(changed);
            case GatewayEvent.EndpointDisabled disabled -> put(disabled);
            // Documents are told of by what is expected, and of a test its endpoint alone hears.
            case GatewayEvent.DocumentIngested ingested -> {}
            case GatewayEvent.DocumentFailed failed -> {}
            case GatewayEvent.DocumentDeleted deleted -> {}
            case GatewayEvent.EndpointTested tested -> {}
            case GatewayEvent.RunStarted started -> {}
            case GatewayEvent.SessionRenewed renewed -> {}
            case GatewayEvent.Trouble trouble -> {}
        }
    }

    private void relayed() {
        if (near.isAnyEnabled() || !near.isKnown()) {
            relay.wake();
        }
    }

    private void put(GatewayEvent event) {
        telling.of(event).ifPresent(late::put);
    }

    private Duration keep() {
        Set<EndpointId> strangers = dispatcher.takeStrangers();
        near.reload();
        for (EndpointId stranger : strangers) {
            // Another node handed it something when it had been removed, and did not know so yet.
            if (near.find(stranger).isEmpty()) {
                ports.queue().forget(stranger);
            }
        }
        figures.refresh();
        return PACE;
    }

    private Duration look() {
        lookout.look();
        return LOOKOUT_PACE;
    }

    /** Forgets what has been kept long enough. */
    public void forget() {
        if (!near.isKnown()) {
            return;
        }
        int forgotten = FORGET_BATCH;
        for (int i = 0; i < FORGET_BATCHES && forgotten == FORGET_BATCH; i++) {
            forgotten =
                    ports.queue().forgetBefore(clock.instant().minus(settings.retention()), near.ids(), FORGET_BATCH);
        }
    }

    /** Attempts nothing more and ends its threads; attempts under way have a while, and are given back then. */
    public void close() throws InterruptedException {
        try {
            looking.close(MAX_TURN);
            keeping.close(MAX_TURN);
            late.close(MAX_TURN);
            relay.close(MAX_TURN);
            dispatcher.close(MAX_LANDING);
        } catch (InterruptedException e) {
            looking.stop();
            keeping.stop();
            late.stop();
            relay.stop();
            dispatcher.stop();
            throw e;
        }
    }
}
