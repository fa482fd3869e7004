package dev.daveloper.http;

import dev.daveloper.application.Ports;
import dev.daveloper.application.cache.out.Cache;
import dev.daveloper.application.chat.out.Agent;
import dev.daveloper.application.chat.out.RunListener;
import dev.daveloper.application.documents.out.DocumentService;
import dev.daveloper.application.events.out.EventListener;
import dev.daveloper.application.events.out.Neighbours;
import dev.daveloper.application.health.out.HealthProbe;
import dev.daveloper.application.ratelimits.out.Limiters;
import dev.daveloper.application.testkit.InMemoryWebhooks;
import dev.daveloper.application.tracing.out.Tracer;
import dev.daveloper.application.webhooks.out.WebhookPorts;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** What a core stands on in tests: everything in memory, nobody beside it, and real time. */
final class TestPorts {
    private TestPorts() {}

    static Ports of(
            Agent agent,
            InMemoryWebhooks held,
            WebhookPorts webhooks,
            DocumentService documents,
            List<HealthProbe> probes,
            EventListener events,
            Limiters limiters,
            Cache cache,
            Tracer tracer) {
        return new Ports(
                agent,
                held.runs(),
                held.conversations(),
                held.conversations(),
                held.sessions(),
                documents,
                probes,
                events,
                Neighbours.NONE,
                limiters,
                cache,
                tracer,
                RunListener.NONE,
                Optional.of(webhooks),
                InstantSource.system());
    }
}
