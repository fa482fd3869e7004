package dev.daveloper.embedded.webhooks;

import dev.daveloper.application.webhooks.out.DeliveryQueue.Claim;
import dev.daveloper.application.webhooks.out.DeliveryQueue.Next;
import dev.daveloper.domain.Ids;
import dev.daveloper.domain.documents.DocumentId;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.webhooks.Attempt;
import dev.daveloper.domain.webhooks.Awaited;
import dev.daveloper.domain.webhooks.CustomHeaders;
import dev.daveloper.domain.webhooks.DeliveryState;
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
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Makes endpoints, events and attempts at the time of a clock, for tests of what lies in SQLite. */
public final class WebhookThings {
    public static final int MANY = 1_000;
    public static final Duration LEASE = Duration.ofSeconds(45);
    public static final Next DELIVERED = new Next.Delivered();
    public static final Next DEAD = new Next.Dead(DeliveryState.Death.EXHAUSTED);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final InstantSource clock;
    private final Ids ids;

    public WebhookThings(InstantSource clock) {
        this.clock = clock;
        this.ids = new Ids(clock, RANDOM);
    }

    /** One with two secrets and a header of this value. */
    public Endpoint endpoint(String header) {
        Instant now = clock.instant();
        return new Endpoint(
                EndpointId.next(ids),
                new EndpointUrl(URI.create("https://hooks.example.com/in")),
                "of the shop",
                new Subscription(Set.of(EventType.RUN_COMPLETED), Optional.empty()),
                new CustomHeaders(Map.of("x-token", header)),
                OptionalInt.empty(),
                Signing.with(SigningSecret.next(RANDOM)).rotated(SigningSecret.next(RANDOM), now.plusSeconds(60)),
                Standing.ENABLED,
                now,
                now,
                1);
    }

    public Endpoint changed(Endpoint endpoint) {
        return endpoint.with(new Standing.Disabled(Standing.Reason.REQUESTED, clock.instant()), clock.instant());
    }

    public WebhookEvent event(String body) {
        return new WebhookEvent(
                EventId.next(ids), EventType.RUN_COMPLETED, Optional.empty(), clock.instant(), body, Optional.empty());
    }

    public Awaited awaited() {
        return new Awaited.Deletion(DocumentId.next(ids), Scope.SHARED);
    }

    public Attempt success(Claim claim) {
        return attempt(claim, 204, Trouble.NONE, "");
    }

    /** @param head the beginning of what the receiver answered */
    public Attempt failure(Claim claim, String head) {
        return attempt(claim, 500, Trouble.STATUS, head);
    }

    public Next retry() {
        return new Next.Retry(clock.instant().plusSeconds(5));
    }

    private Attempt attempt(Claim claim, int status, Trouble trouble, String head) {
        return new Attempt(
                claim.number(),
                clock.instant(),
                Duration.ofMillis(5),
                OptionalInt.of(status),
                trouble,
                head,
                Optional.empty());
    }
}
