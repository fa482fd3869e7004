package dev.daveloper.bootstrap;

import dev.daveloper.application.cache.out.Cache;
import dev.daveloper.application.chat.out.MessageStore;
import dev.daveloper.application.chat.out.RunLog;
import dev.daveloper.application.chat.out.RunStore;
import dev.daveloper.application.events.out.Neighbours;
import dev.daveloper.application.health.out.HealthProbe;
import dev.daveloper.application.ratelimits.out.Limiters;
import dev.daveloper.application.ratelimits.out.RateLimiter;
import dev.daveloper.application.sessions.out.SessionStore;
import dev.daveloper.application.webhooks.out.DeliveryQueue;
import dev.daveloper.application.webhooks.out.Outbox;
import dev.daveloper.application.webhooks.out.WebhookStore;
import dev.daveloper.bootstrap.config.GatewayConfig;
import dev.daveloper.bootstrap.config.StoresChoice;
import dev.daveloper.bootstrap.metrics.Foundations;
import dev.daveloper.embedded.EmbeddedStores;
import dev.daveloper.embedded.UnusableDataDirectory;
import dev.daveloper.embedded.cache.EmbeddedCache;
import dev.daveloper.embedded.ratelimits.EmbeddedRateLimiter;
import dev.daveloper.redis.RedisAdapters;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Whatever keeps sessions and conversations, opened.
 *
 * @param deliveries empty where none can be kept
 * @param measuring lets be measured what is done there
 */
record ChosenStores(
        RunStore runs,
        RunLog log,
        MessageStore messages,
        SessionStore sessions,
        Neighbours neighbours,
        Limiters limiters,
        Cache cache,
        Optional<Deliveries> deliveries,
        HealthProbe probe,
        Consumer<Foundations> measuring,
        Runnable closing)
        implements AutoCloseable {
    /** Where endpoints of webhooks are kept, and what is told to them. */
    record Deliveries(WebhookStore endpoints, Outbox outbox, DeliveryQueue queue) {}

    static ChosenStores open(GatewayConfig config) throws CannotStart, InterruptedException {
        return switch (config.stores()) {
            case StoresChoice.Embedded embedded ->
                embedded(embedded, config.clock(), config.cache().maxBytes());
            case StoresChoice.InRedis inRedis -> inRedis(inRedis, config.clock());
        };
    }

    private static ChosenStores embedded(StoresChoice.Embedded choice, InstantSource clock, long cacheBytes)
            throws CannotStart {
        try {
            EmbeddedStores stores = EmbeddedStores.open(choice.config());
            RateLimiter limiter = new EmbeddedRateLimiter(clock);
            return new ChosenStores(
                    stores.runStore(),
                    stores.runLog(),
                    stores.messageStore(),
                    stores.sessionStore(),
                    Neighbours.NONE,
                    new Limiters(limiter, limiter, stores.policyStore()),
                    new EmbeddedCache(clock, cacheBytes),
                    Optional.of(new Deliveries(stores.webhookStore(), stores.outbox(), stores.deliveryQueue())),
                    stores.probe(),
                    measured -> {
                        measured.stores(stores);
                        choice.config().directory().ifPresent(path -> measured.volume("data", path));
                    },
                    stores::close);
        } catch (UnusableDataDirectory e) {
            throw new CannotStart(String.valueOf(e.getMessage()));
        }
    }

    private static ChosenStores inRedis(StoresChoice.InRedis choice, InstantSource clock)
            throws CannotStart, InterruptedException {
        Optional<Path> certificates = choice.config().certificates();
        if (certificates.isPresent() && !Files.isReadable(certificates.get())) {
            throw new CannotStart("The file of redis.certificates cannot be read: " + certificates.get() + ".");
        }
        RedisAdapters redis = RedisAdapters.connect(choice.config());
        redis.measureLag();
        return new ChosenStores(
                redis.runStore(),
                redis.runLog(),
                redis.messageStore(),
                redis.sessionStore(),
                redis.neighbours(),
                new Limiters(redis.rateLimiter(), new EmbeddedRateLimiter(clock), redis.policyStore()),
                redis.cache(),
                Optional.of(new Deliveries(redis.webhookStore(), redis.outbox(), redis.deliveryQueue())),
                redis.probe(),
                measured -> measured.redis(redis),
                redis::close);
    }

    @Override
    public void close() {
        closing.run();
    }
}
