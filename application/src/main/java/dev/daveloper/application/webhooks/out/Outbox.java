package dev.daveloper.application.webhooks.out;

import dev.daveloper.domain.webhooks.Awaited;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.PutOff;
import dev.daveloper.domain.webhooks.WebhookEvent;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Events that were put down and not handed to their endpoints' queues yet. Most are put here by those who keep what
 * they tell of, in the same step: {@code RunStore.finish}, {@code SessionStore.create} and {@code end}. Safe for use by
 * many
 * threads; throws {@link dev.daveloper.domain.failures.StoreUnavailable}.
 */
public interface Outbox {
    /** Puts down an event whose cause nobody keeps. Of several with one id one stays. */
    void put(WebhookEvent event);

    /**
     * Events to hand on, oldest first as far as that is known. Those that this node put down are all seen at once;
     * those of other nodes, which have hands of their own, within seconds. One that cannot be read is left where it is
     * and tried again, at the latest as {@link PutOff} says; those behind it come without waiting for it.
     */
    List<WebhookEvent> waiting(int max);

    /**
     * Makes a delivery of the event for each of these endpoints, due now, and takes the event out. Does again what was
     * done in part, and makes no delivery twice as long as one of its id is remembered.
     *
     * @param maxWaiting deliveries that may wait for an endpoint; the next is dead from the start
     */
    void distribute(WebhookEvent event, Set<EndpointId> endpoints, Instant now, int maxWaiting);

    /** Notes what is awaited, so that it outlives this process. Idempotent. */
    void await(Awaited awaited, Instant now);

    /**
     * What has been awaited for so long, oldest first.
     *
     * @param since the note was made before this
     */
    List<Awaited> awaited(Instant since, int max);

    /** It happened, or never will: the note goes. The event, if there is one, was {@link #put} before. Idempotent. */
    void settle(Awaited awaited);
}
