package dev.daveloper.application;

import dev.daveloper.application.cache.out.Cache;
import dev.daveloper.application.chat.out.Agent;
import dev.daveloper.application.chat.out.MessageStore;
import dev.daveloper.application.chat.out.RunListener;
import dev.daveloper.application.chat.out.RunLog;
import dev.daveloper.application.chat.out.RunStore;
import dev.daveloper.application.documents.out.DocumentService;
import dev.daveloper.application.events.out.EventListener;
import dev.daveloper.application.events.out.Neighbours;
import dev.daveloper.application.health.out.HealthProbe;
import dev.daveloper.application.ratelimits.out.Limiters;
import dev.daveloper.application.sessions.out.SessionStore;
import dev.daveloper.application.tracing.out.Tracer;
import dev.daveloper.application.webhooks.out.WebhookPorts;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** All that the core needs from outside. It closes none of it: whoever made a port closes it, after the core. */
public record Ports(
        Agent agent,
        RunStore runStore,
        RunLog runLog,
        MessageStore messageStore,
        SessionStore sessionStore,
        DocumentService documents,
        List<HealthProbe> probes,
        EventListener listener,
        Neighbours neighbours,
        Limiters limiters,
        Cache cache,
        Tracer tracer,
        RunListener runs,
        Optional<WebhookPorts> webhooks,
        InstantSource clock) {
    public Ports {
        probes = List.copyOf(probes);
    }

    /** Without rate limits, a cache and webhooks, and with nobody who measures or traces. */
    public Ports(
            Agent agent,
            RunStore runStore,
            RunLog runLog,
            MessageStore messageStore,
            SessionStore sessionStore,
            DocumentService documents,
            List<HealthProbe> probes,
            EventListener listener,
            Neighbours neighbours,
            InstantSource clock) {
        this(
                agent,
                runStore,
                runLog,
                messageStore,
                sessionStore,
                documents,
                probes,
                listener,
                neighbours,
                Limiters.NONE,
                Cache.NONE,
                Tracer.PASSING,
                RunListener.NONE,
                Optional.empty(),
                clock);
    }
}
