package dev.daveloper.application.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.webhooks.out.DeliveryQueue;
import dev.daveloper.application.webhooks.out.DeliveryQueue.Claim;
import dev.daveloper.application.webhooks.out.DeliveryQueue.Next;
import dev.daveloper.application.webhooks.out.Outbox;
import dev.daveloper.application.webhooks.out.WebhookStore;
import dev.daveloper.domain.Ids;
import dev.daveloper.domain.failures.InvalidValue;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.tracing.TraceContext;
import dev.daveloper.domain.webhooks.Attempt;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What the contracts of the ports that keep webhooks have in common: stores that begin empty, a clock, things to keep.
 */
public abstract class WebhooksContract {
    static final Duration LEASE = Duration.ofSeconds(45);
    static final int MANY = 1_000;
    static final Next DELIVERED = new Next.Delivered();
    static final Next DEAD = new Next.Dead(DeliveryState.Death.EXHAUSTED);

    final ManualClock clock = new ManualClock();
    final Conversations conversations = new Conversations(clock);
    private final SecureRandom random = new SecureRandom();
    private final Ids ids = new Ids(clock, random);
    WebhookStores stores;

    /** Empty stores on this clock. */
    protected abstract WebhookStores open(InstantSource time) throws Exception;

    @BeforeEach
    void openStores() throws Exception {
        stores = open(clock);
    }

    @AfterEach
    void closeStores() {
        stores.close();
    }

    final WebhookStore endpoints() {
        return stores.endpoints();
    }

    final Outbox outbox() {
        return stores.outbox();
    }

    final DeliveryQueue queue() {
        return stores.queue();
    }

    final EndpointId someEndpoint() {
        return EndpointId.next(ids);
    }

    /** One with everything that an endpoint can have. */
    final Endpoint endpoint() {
        Instant now = clock.instant();
        return new Endpoint(
                someEndpoint(),
                urlOf("https://hooks.example.com:8443/in?tenant=7"),
                "of the shop, ä漢😀",
                new Subscription(Set.of(EventType.RUN_COMPLETED, EventType.SESSION_ENDED), Optional.of(session())),
                new CustomHeaders(Map.of("x-token", "very secret", "x-other", "")),
                OptionalInt.of(25),
                Signing.with(SigningSecret.next(random)).rotated(SigningSecret.next(random), now.plusSeconds(3_600)),
                Standing.ENABLED,
                now,
                now,
                1);
    }

    private static EndpointUrl urlOf(String text) throws InvalidValue {
        return new EndpointUrl(URI.create(text));
    }

    final SessionId session() {
        return conversations.someSession();
    }

    final WebhookEvent event() {
        return event(EventType.SESSION_OPENED, session(), "{\"type\":\"session.opened\"}");
    }

    final WebhookEvent event(EventType type, SessionId session, String body) {
        return new WebhookEvent(EventId.next(ids), type, Optional.of(session), clock.instant(), body, Optional.empty());
    }

    final WebhookEvent tracedEvent(String body) {
        return new WebhookEvent(
                EventId.next(ids),
                EventType.HEALTH_CHANGED,
                Optional.empty(),
                clock.instant(),
                body,
                Optional.of(new TraceContext("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", true, "a=b")));
    }

    final void deliver(WebhookEvent event, EndpointId... to) {
        outbox().put(event);
        outbox().distribute(event, Set.of(to), clock.instant(), MANY);
    }

    /** That many deliveries to the endpoint, a millisecond apart. */
    final void deliverMany(int count, EndpointId to) {
        for (int i = 0; i < count; i++) {
            deliver(event(), to);
            clock.advance(Duration.ofMillis(1));
        }
    }

    final List<Claim> claim(EndpointId endpoint, int max) {
        return queue().claim(endpoint, max, OptionalInt.empty(), clock.instant(), LEASE);
    }

    final Claim claimOne(EndpointId endpoint) {
        List<Claim> claims = claim(endpoint, 1);
        assertThat(claims).hasSize(1);
        return claims.getFirst();
    }

    /** An attempt that is made now. */
    final Attempt success(Claim claim) {
        return attempt(claim, OptionalInt.of(204), Trouble.NONE, Duration.ofMillis(30));
    }

    final Attempt failure(Claim claim) {
        return attempt(claim, OptionalInt.of(500), Trouble.STATUS, Duration.ofMillis(700));
    }

    final Attempt attempt(Claim claim, OptionalInt status, Trouble trouble, Duration took) {
        return new Attempt(
                claim.number(),
                clock.instant(),
                took,
                status,
                trouble,
                status.isPresent() ? "<p>ä漢😀\n" : "",
                Optional.of(Duration.ofSeconds(9)));
    }

    final Next retryIn(Duration wait) {
        return new Next.Retry(clock.instant().plus(wait));
    }
}
