package dev.daveloper.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.testkit.Conversations;
import dev.daveloper.domain.failures.StoreUnavailable;
import dev.daveloper.domain.webhooks.WebhookEvent;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Somebody who puts one event down after the other, each of a session of its own, on a thread of its own until it is
 * told to stop, and knows which of them the store has answered for.
 */
final class Announcing {
    private static final long PAUSE_NANOS = Duration.ofMillis(20).toNanos();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Conversations conversations = new Conversations(InstantSource.system());
    private final RedisAdapters adapters;
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Boolean> done = new CompletableFuture<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private volatile boolean stopping;

    private Announcing(RedisAdapters adapters) {
        this.adapters = adapters;
    }

    static Announcing by(RedisAdapters adapters) {
        Announcing announcing = new Announcing(adapters);
        Thread.ofVirtual().name("announcing").start(announcing::announce);
        return announcing;
    }

    private void announce() {
        try {
            while (!stopping) {
                WebhookEvent event = WebhookThings.event(conversations.someSession());
                try {
                    adapters.outbox().put(event);
                    acknowledged.add(event.id().value());
                } catch (StoreUnavailable e) {
                    refusals.incrementAndGet();
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            done.complete(true);
        } catch (RuntimeException | AssertionError e) {
            done.completeExceptionally(e);
        }
    }

    /** How many the store has answered for. */
    int acknowledged() {
        return acknowledged.size();
    }

    int refusals() {
        return refusals.get();
    }

    /** Ends it, and tells which events the store has answered for. */
    Set<String> stop() throws Exception {
        stopping = true;
        assertThat(done.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return Set.copyOf(acknowledged);
    }
}
