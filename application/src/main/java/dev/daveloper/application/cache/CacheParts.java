package dev.daveloper.application.cache;

import dev.daveloper.application.cache.in.CacheControl;
import dev.daveloper.application.cache.in.Caching;
import dev.daveloper.application.cache.out.Cache;
import dev.daveloper.application.events.out.EventListener;
import dev.daveloper.domain.cache.Tag;
import dev.daveloper.domain.events.GatewayEvent;
import java.time.InstantSource;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The cache, put together: what features use, what operators use, and what has to hear of changes. */
public final class CacheParts implements EventListener {
    private final CacheService service;
    private final CacheControlService control;
    private final Cache counted;

    /** @param listener hears of what goes wrong in the background */
    public CacheParts(Cache cache, RandomGenerator random, InstantSource clock, EventListener listener) {
        CacheCounts counts = new CacheCounts(clock.instant());
        this.service = new CacheService(cache, counts, random, clock, listener);
        this.counted = new CountedCache(cache, counts, clock);
        this.control = new CacheControlService(cache, service, counts, clock);
    }

    public Caching caching() {
        return service;
    }

    public CacheControl control() {
        return control;
    }

    /** The cache itself, counted, for who decides by himself what is given and made. */
    public Cache counted() {
        return counted;
    }

    /** Forgets what was made from what has changed; has to hear of it before whoever changed it is told. */
    @Override
    public void on(GatewayEvent event) {
        switch (event) {
            case GatewayEvent.DocumentIngested ingested ->
                service.invalidate(Set.of(Tag.documentsOf(ingested.document().scope())));
            case GatewayEvent.DocumentDeleted deleted -> service.invalidate(Set.of(Tag.documentsOf(deleted.scope())));
            case GatewayEvent.SessionEnded ended -> service.invalidate(Set.of(Tag.of(ended.sessionId())));
            default -> {}
        }
    }

    /** Ends what is made in the background. */
    public void close() throws InterruptedException {
        service.close();
    }
}
