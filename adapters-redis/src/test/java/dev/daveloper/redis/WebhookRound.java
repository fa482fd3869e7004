package dev.daveloper.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.webhooks.out.DeliveryQueue;
import dev.daveloper.application.webhooks.out.DeliveryQueue.Claim;
import dev.daveloper.application.webhooks.out.DeliveryQueue.Next;
import dev.daveloper.application.webhooks.out.Outbox;
import dev.daveloper.domain.ContentKey;
import dev.daveloper.domain.ContentKeys;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.webhooks.Awaited;
import dev.daveloper.domain.webhooks.DeliveryState;
import dev.daveloper.domain.webhooks.Endpoint;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.PutOff;
import dev.daveloper.domain.webhooks.WebhookEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Everything that webhooks ask of Redis, by two nodes of which one has a key that the other does not know. */
final class WebhookRound {
    /** Of the node that knows less. */
    static final ContentKeys OLD = WebhookThings.KEYS;

    /** Of the node that opens what either seals. */
    static final ContentKeys BOTH = both();

    private static final PageRequest PAGE = new PageRequest(9, Optional.empty());

    private WebhookRound() {}

    private static ContentKeys both() {
        List<ContentKey> keys = new ArrayList<>(TestAdapters.keys("k2").keys());
        keys.addAll(OLD.keys());
        return new ContentKeys(keys);
    }

    /** Plays it for an endpoint of its own; many may be played at the same time in different sessions. */
    static void play(RedisAdapters old, RedisAdapters both, SessionId session) {
        Endpoint endpoint = WebhookThings.endpoint("one");
        assertThat(old.webhookStore().add(endpoint, WebhookThings.MANY)).isTrue();
        assertThat(both.webhookStore().all()).contains(endpoint);
        WebhookEvent event = WebhookThings.event(session);
        WebhookThings.deliver(old, event, Set.of(endpoint.id()));
        failsAndIsSentAgain(both.deliveryQueue(), endpoint.id());
        cannotBeReadByOne(old, both, session, endpoint.id());
        both.deliveryQueue().forget(endpoint.id());
        awaitsSomething(old.outbox());
        assertThat(both.webhookStore().remove(endpoint.id(), endpoint.version()))
                .isTrue();
    }

    private static void failsAndIsSentAgain(DeliveryQueue queue, EndpointId endpoint) {
        assertThat(queue.due(WebhookThings.soon())).isNotNull();
        Claim failing = WebhookThings.claimOne(queue, endpoint);
        queue.settle(failing, WebhookThings.failure(failing), new Next.Dead(DeliveryState.Death.EXHAUSTED));
        assertThat(queue.list(endpoint, Optional.empty(), PAGE).items()).hasSize(1);
        assertThat(queue.recover(endpoint, Instant.EPOCH, Instant.now(), 9)).isEqualTo(1);
        queue.release(WebhookThings.claimOne(queue, endpoint), Instant.now());
        Instant now = Instant.now();
        assertThat(queue.stats(endpoint, now, now).waiting()).isEqualTo(1);
        Claim claim = WebhookThings.claimOne(queue, endpoint);
        assertThat(queue.settle(claim, WebhookThings.success(claim), WebhookThings.DELIVERED))
                .isPresent();
        assertThat(queue.redeliver(claim.id(), Instant.now())).isPresent();
        assertThat(queue.forgetBefore(WebhookThings.soon(), Set.of(endpoint), 9))
                .isEqualTo(1);
    }

    private static void cannotBeReadByOne(
            RedisAdapters old, RedisAdapters both, SessionId session, EndpointId endpoint) {
        WebhookEvent unread = WebhookThings.event(session);
        both.outbox().put(unread);
        assertThat(old.outbox().waiting(WebhookThings.MANY)).doesNotContain(unread);
        both.outbox().distribute(unread, Set.of(endpoint), Instant.now(), WebhookThings.MANY);
        assertThat(WebhookThings.claim(old.deliveryQueue(), endpoint, WebhookThings.soon()))
                .isEmpty();
        Instant later = WebhookThings.soon().plus(PutOff.LONGEST);
        assertThat(WebhookThings.claim(both.deliveryQueue(), endpoint, later))
                .extracting(Claim::event)
                .containsExactly(unread);
    }

    private static void awaitsSomething(Outbox outbox) {
        Awaited awaited = new Awaited.Deletion(WebhookThings.document(), Scope.SHARED);
        outbox.await(awaited, Instant.EPOCH);
        assertThat(outbox.awaited(Instant.now(), WebhookThings.MANY)).contains(awaited);
        outbox.settle(awaited);
        assertThat(outbox.awaited(Instant.now(), WebhookThings.MANY)).doesNotContain(awaited);
    }
}
