package dev.daveloper.http;

import dev.daveloper.application.cache.in.CacheControl;
import dev.daveloper.application.cache.in.Caching;
import dev.daveloper.application.chat.in.Chat;
import dev.daveloper.application.chat.in.Tools;
import dev.daveloper.application.documents.in.Documents;
import dev.daveloper.application.documents.in.Library;
import dev.daveloper.application.events.out.ErrorReporter;
import dev.daveloper.application.health.in.Health;
import dev.daveloper.application.ratelimits.in.RateLimits;
import dev.daveloper.application.sessions.in.Sessions;
import dev.daveloper.application.tracing.out.Tracer;
import dev.daveloper.application.webhooks.in.Webhooks;
import java.util.Optional;

/** What the gateway offers, to be offered over HTTP, and who hears of what nobody expected there and who traces it. */
public record HttpPorts(
        Chat chat,
        Tools tools,
        Sessions sessions,
        Health health,
        Library library,
        Documents documents,
        RateLimits limits,
        Caching caching,
        CacheControl cacheControl,
        Optional<Webhooks> webhooks,
        ErrorReporter errorReporter,
        Tracer tracer) {}
