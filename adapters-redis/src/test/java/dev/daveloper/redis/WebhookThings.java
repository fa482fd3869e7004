package dev.daveloper.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.webhooks.out.DeliveryQueue;
import dev.daveloper.application.webhooks.out.DeliveryQueue.Claim;
import dev.daveloper.application.webhooks.out.DeliveryQueue.Next;
import dev.daveloper.domain.ContentKeys;
import dev.daveloper.domain.Ids;
import dev.daveloper.domain.documents.DocumentId;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.webhooks.Attempt;
import dev.daveloper.domain.webhooks.CustomHeaders;
import dev.daveloper.domain.webhooks.Endpoint;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.EndpointUrl;
import dev.daveloper.domain.webhooks.EventId;
import dev.daveloper.domain.webhooks.EventType;
import dev.daveloper.domain.webhooks.Signing;
import dev.daveloper.domain.webhooks.SigningSecret;
import dev.daveloper.domain.webhooks.Standing;
import dev.daveloper.domain.webhooks.Subscription;
import dev.daveloper.domain.webhooks.Trouble;
import dev.daveloper.domain.webhooks.WebhookEvent;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Endpoints, events and attempts for tests of what lies in Redis. */
final class WebhookThings {
    static final Duration LEASE = Duration.ofSeconds(45);
    static final int MANY = 1_000;
    static final ContentKeys KEYS = TestAdapters.keys("k1");

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Ids IDS = new Ids(InstantSource.system(), RANDOM);

    private WebhookThings() {}

    /** One that is told all, described by this. */
    static Endpoint endpoint(String description) {
        Instant now = Instant.now();
        return new Endpoint(
                EndpointId.next(IDS),
                new EndpointUrl(URI.create("https://hooks.example.com/in")),
                description,
                new Subscription(Set.of(EventType.RUN_COMPLETED), Optional.empty()),
                new CustomHeaders(Map.of("x-token", description)),
                OptionalInt.empty(),
                Signing.with(SigningSecret.next(RANDOM)),
                Standing.ENABLED,
                now,
                now,
                1);
    }

    static WebhookEvent event(SessionId session) {
        return event(session, "{}");
    }

    static WebhookEvent event(SessionId session, String body) {
        return new WebhookEvent(
                EventId.next(IDS),
                EventType.RUN_COMPLETED,
                Optional.of(session),
                Instant.now(),
                body,
                Optional.empty());
    }

    static DocumentId document() {
        return DocumentId.next(IDS);
    }

    static void deliver(RedisAdapters adapters, WebhookEvent event, Set<EndpointId> to) {
        adapters.outbox().put(event);
        adapters.outbox().distribute(event, to, Instant.now(), MANY);
    }

    static List<Claim> claim(DeliveryQueue queue, EndpointId endpoint, Instant now) {
        return queue.claim(endpoint, MANY, OptionalInt.empty(), now, LEASE);
    }

    /** What is due is put down in whole milliseconds, the part of one rounded up: so now is the next one. */
    static Instant soon() {
        return Instant.now().plusMillis(1);
    }

    static Claim claimOne(DeliveryQueue queue, EndpointId endpoint) {
        List<Claim> claims = claim(queue, endpoint, soon());
        assertThat(claims).hasSize(1);
        return claims.getFirst();
    }

    static Attempt success(Claim claim) {
        return attempt(claim, 204, Trouble.NONE);
    }

    static Attempt failure(Claim claim) {
        return attempt(claim, 500, Trouble.STATUS);
    }

    static final Next DELIVERED = new Next.Delivered();

    private static Attempt attempt(Claim claim, int status, Trouble trouble) {
        return new Attempt(
                claim.number(),
                Instant.now(),
                Duration.ofMillis(3),
                OptionalInt.of(status),
                trouble,
                "",
                Optional.empty());
    }
}
