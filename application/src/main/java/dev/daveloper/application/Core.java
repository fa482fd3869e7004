package dev.daveloper.application;

import dev.daveloper.application.cache.CacheParts;
import dev.daveloper.application.cache.in.CacheControl;
import dev.daveloper.application.cache.in.Caching;
import dev.daveloper.application.chat.ChatParts;
import dev.daveloper.application.chat.in.Chat;
import dev.daveloper.application.chat.in.Tools;
import dev.daveloper.application.chat.out.Agent;
import dev.daveloper.application.documents.DocumentsService;
import dev.daveloper.application.documents.in.Documents;
import dev.daveloper.application.events.TellNeighbours;
import dev.daveloper.application.events.out.EventHub;
import dev.daveloper.application.events.out.EventListener;
import dev.daveloper.application.health.HealthService;
import dev.daveloper.application.health.in.Health;
import dev.daveloper.application.ratelimits.RateLimitsService;
import dev.daveloper.application.ratelimits.in.RateLimits;
import dev.daveloper.application.sessions.SessionsService;
import dev.daveloper.application.sessions.in.Sessions;
import dev.daveloper.application.webhooks.WebhookParts;
import dev.daveloper.application.webhooks.in.Expecting;
import dev.daveloper.application.webhooks.in.Telling;
import dev.daveloper.application.webhooks.in.Webhooks;
import dev.daveloper.domain.Ids;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.documents.DocumentQuery;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.domain.failures.StoreUnavailable;
import dev.daveloper.domain.sessions.SessionId;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The gateway without its edges: every service, built from a set of ports. This is what an embedding application calls,
 * and what the transports are given. Start it with {@link #open}; its one thread of its own prolongs leases, closes
 * runs of dead nodes and forgets what has been kept long enough.
 */
public final class Core implements AutoCloseable {
    /** How often what has been kept long enough is forgotten. */
    private static final Duration FORGET_PACE = Duration.ofSeconds(30);

    private final Ports ports;
    private final CoreSettings settings;
    private final CacheParts cache;
    private final RateLimitsService limits;
    private final ChatParts chat;
    private final DocumentsService documents;
    private final SessionsService sessions;
    private final HealthService health;
    private final Optional<WebhookParts> webhooks;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread keeping;
    /** Of the keeping thread alone. */
    private boolean storeAway;

    private Core(Ports ports, CoreSettings settings) {
        this.ports = ports;
        this.settings = settings;
        SecureRandom random = new SecureRandom();
        Ids ids = new Ids(ports.clock(), random);
        this.cache = new CacheParts(ports.cache(), random, ports.clock(), ports.listener());
        // What is kept is forgotten before anybody hears of what changed.
        EventHub hub = new EventHub(cache, ports.listener());
        EventListener listener = new TellNeighbours(hub, ports.neighbours());
        this.webhooks = webhooksOf(ports, settings, ids, random, listener);
        webhooks.ifPresent(hub::join);
        this.limits =
                new RateLimitsService(settings.limits(), ports.limiters(), ports.neighbours(), ports.clock(), listener);
        this.chat = chatOf(ports, settings, ids, listener);
        this.documents = new DocumentsService(
                ports.documents(),
                settings.documents(),
                ids,
                ports.clock(),
                listener,
                webhooks.map(WebhookParts::expecting).orElse(Expecting.NOTHING));
        this.sessions = new SessionsService(
                ports.sessionStore(),
                chat.chat(),
                documents,
                settings.sessions(),
                ids,
                random,
                ports.clock(),
                listener,
                telling());
        this.health = new HealthService(ports.probes(), chat::isOpen, ports.clock(), listener);
        this.keeping = Thread.ofVirtual().name("keeper").unstarted(this::keep);
    }

    private ChatParts chatOf(Ports ports, CoreSettings settings, Ids ids, EventListener listener) {
        return new ChatParts(
                remembering(listener),
                ports.runStore(),
                ports.runLog(),
                ports.messageStore(),
                ports.neighbours(),
                settings.chat(),
                ids,
                ports.clock(),
                listener,
                limits,
                ports.tracer(),
                ports.runs(),
                telling());
    }

    private static Optional<WebhookParts> webhooksOf(
            Ports ports, CoreSettings settings, Ids ids, SecureRandom random, EventListener listener) {
        return ports.webhooks()
                .map(webhooks -> new WebhookParts(
                        webhooks,
                        ports.documents(),
                        settings.webhooks(),
                        ids,
                        random,
                        ports.clock(),
                        listener,
                        ports.neighbours(),
                        ports.tracer()));
    }

    private Telling telling() {
        return webhooks.map(WebhookParts::telling).orElse(Telling.NOBODY);
    }

    /** Builds the core and sets it going; runs that a dead process left behind are closed right away. */
    public static Core open(Ports ports, CoreSettings settings) {
        Core core = new Core(ports, settings);
        core.webhooks.ifPresent(WebhookParts::start);
        core.keeping.start();
        core.health.start();
        core.documents.resume();
        return core;
    }

    public Chat chat() {
        return chat.chat();
    }

    public Tools tools() {
        return chat.tools();
    }

    public Documents documents() {
        return documents;
    }

    public Sessions sessions() {
        return sessions;
    }

    public RateLimits limits() {
        return limits;
    }

    public Caching caching() {
        return cache.caching();
    }

    public CacheControl cacheControl() {
        return cache.control();
    }

    /** Empty for a core that was built without the ports of webhooks. */
    public Optional<Webhooks> webhooks() {
        return webhooks.map(WebhookParts::webhooks);
    }

    /** How many answers this node makes at the moment. */
    public int activeRuns() {
        return chat.activeRuns();
    }

    public Health health() {
        return health;
    }

    /**
     * Refuses new runs, lets those there are finish within the drain grace, ends the rest as interrupted, and stops.
     * Viewers get their endings. Idempotent.
     */
    @Override
    public void close() {
        try {
            chat.close(settings.drainGrace());
            documents.close();
            cache.close();
            stopped.countDown();
            keeping.join();
            health.close();
            closeWebhooks();
        } catch (InterruptedException e) {
            documents.close();
            stopped.countDown();
            keeping.interrupt();
            health.close();
            Thread.currentThread().interrupt();
            closeWebhooks();
        }
    }

    /** Last, so that what the others end with is put down and handed on. */
    private void closeWebhooks() {
        try {
            if (webhooks.isPresent()) {
                webhooks.get().close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Agent remembering(EventListener listener) {
        return ChatParts.remembering(
                ports.agent(),
                settings.chat(),
                cache.counted(),
                this::hasDocuments,
                ports.clock(),
                listener,
                ports.tracer());
    }

    private boolean hasDocuments(SessionId session) {
        DocumentQuery own = DocumentQuery.of(List.of(Scope.of(session)));
        return !ports.documents()
                .list(own, new PageRequest(1, Optional.empty()))
                .items()
                .isEmpty();
    }

    private void keep() {
        long forgetEvery = Math.max(1, FORGET_PACE.dividedBy(chat.pace()));
        try {
            for (long round = 0;
                    !stopped.await(round == 0 ? 0 : chat.pace().toMillis(), TimeUnit.MILLISECONDS);
                    round++) {
                keepOnce(round % forgetEvery == 0);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * A round that fails is told of and tried again at the next: what it does can wait, stopping would not be noticed.
     * A store that is away is told of once.
     */
    private void keepOnce(boolean forget) throws InterruptedException {
        try {
            chat.keep();
            limits.keep();
            if (forget) {
                limits.refresh();
                chat.forget();
                sessions.endExpired();
                webhooks.ifPresent(WebhookParts::forget);
            }
            storeAway = false;
        } catch (RuntimeException e) {
            if (e instanceof StoreUnavailable && storeAway) {
                return;
            }
            storeAway = e instanceof StoreUnavailable;
            ports.listener()
                    .on(new GatewayEvent.Trouble("keeper", e, ports.clock().instant()));
        }
    }
}
