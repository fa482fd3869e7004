package dev.daveloper.application.webhooks;

import dev.daveloper.application.webhooks.in.Webhooks;
import dev.daveloper.application.webhooks.out.DeliveryQueue;
import dev.daveloper.application.webhooks.out.WebhookPorts;
import dev.daveloper.domain.Ids;
import dev.daveloper.domain.Page;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.domain.failures.InvalidValue;
import dev.daveloper.domain.failures.NotFound;
import dev.daveloper.domain.failures.WebhookRefused;
import dev.daveloper.domain.webhooks.Delivery;
import dev.daveloper.domain.webhooks.DeliveryId;
import dev.daveloper.domain.webhooks.DeliveryState;
import dev.daveloper.domain.webhooks.Endpoint;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.EndpointStats;
import dev.daveloper.domain.webhooks.EndpointUrl;
import dev.daveloper.domain.webhooks.EventId;
import dev.daveloper.domain.webhooks.Signing;
import dev.daveloper.domain.webhooks.SigningSecret;
import dev.daveloper.domain.webhooks.Standing;
import dev.daveloper.domain.webhooks.WebhookEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** What administrators wish of webhooks, done to the stores, with the dispatcher told of what has become due. */
final class WebhooksService implements Webhooks {
    private final WebhookPorts ports;
    private final EndpointChanges changes;
    private final KnownTelling telling;
    private final Dispatcher dispatcher;
    private final Figures figures;
    private final WebhookSettings settings;
    private final Ids ids;
    private final RandomGenerator random;

    /** @param random makes the secrets, so it must be cryptographically strong */
    WebhooksService(
            WebhookPorts ports,
            EndpointChanges changes,
            KnownTelling telling,
            Dispatcher dispatcher,
            Figures figures,
            WebhookSettings settings,
            Ids ids,
            RandomGenerator random) {
        this.ports = ports;
        this.changes = changes;
        this.telling = telling;
        this.dispatcher = dispatcher;
        this.figures = figures;
        this.settings = settings;
        this.ids = ids;
        this.random = random;
    }

    @Override
    public EndpointUrl urlOf(String text) {
        return EndpointUrl.of(text, settings.urls(), settings.reachable());
    }

    @Override
    public Endpoint create(NewEndpoint wish) {
        Instant now = changes.now();
        Endpoint endpoint = new Endpoint(
                EndpointId.next(ids),
                wish.url(),
                wish.description(),
                wish.subscription(),
                wish.headers(),
                wish.perSecond(),
                Signing.with(secretOf(wish.secret())),
                standingOf(wish.enabled(), now),
                now,
                now,
                1);
        if (!changes.add(endpoint, settings.maxEndpoints())) {
            throw WebhookRefused.tooMany(settings.maxEndpoints());
        }
        return endpoint;
    }

    private SigningSecret secretOf(Optional<SigningSecret> brought) {
        return brought.orElseGet(() -> SigningSecret.next(random));
    }

    private static Standing standingOf(boolean enabled, Instant now) {
        return enabled ? Standing.ENABLED : new Standing.Disabled(Standing.Reason.REQUESTED, now);
    }

    @Override
    public List<Endpoint> list() {
        return ports.endpoints().all();
    }

    @Override
    public Endpoint find(EndpointId endpoint) {
        return changes.find(endpoint);
    }

    @Override
    public Endpoint change(EndpointId endpoint, Optional<Long> version, Change change) {
        Endpoint changed = changes.change(endpoint, version, before -> with(change, before));
        dispatcher.anew(endpoint);
        return changed;
    }

    private Endpoint with(Change change, Endpoint before) {
        Instant now = changes.now();
        Standing standing = change.enabled()
                .filter(enabled -> enabled != before.isEnabled())
                .map(enabled -> standingOf(enabled, now))
                .orElse(before.standing());
        return new Endpoint(
                before.id(),
                change.url().orElse(before.url()),
                change.description().orElse(before.description()),
                change.subscription().orElse(before.subscription()),
                change.headers().orElse(before.headers()),
                change.perSecond().orElse(before.perSecond()),
                before.signing(),
                standing,
                before.createdAt(),
                now,
                before.version() + 1);
    }

    @Override
    public void delete(EndpointId endpoint, Optional<Long> version) {
        changes.remove(endpoint, version);
        ports.queue().forget(endpoint);
    }

    @Override
    public Endpoint rotate(
            EndpointId endpoint, Optional<Long> version, Optional<SigningSecret> secret, Duration overlap) {
        if (overlap.isNegative() || overlap.compareTo(MAX_OVERLAP) > 0) {
            throw new InvalidValue("overlap", overlap.toString(), "from none to " + MAX_OVERLAP);
        }
        SigningSecret next = secretOf(secret);
        return changes.change(endpoint, version, before -> {
            Instant now = changes.now();
            if (overlap.isZero()) {
                return before.with(Signing.with(next), now);
            }
            if (before.signing().isRotating(now)) {
                throw WebhookRefused.rotationUnderWay();
            }
            return before.with(before.signing().rotated(next, now.plus(overlap)), now);
        });
    }

    @Override
    public Delivery test(EndpointId endpoint) {
        Endpoint tested = find(endpoint);
        Instant now = changes.now();
        WebhookEvent event = telling.test(new GatewayEvent.EndpointTested(tested.id(), now), EventId.next(ids));
        ports.outbox().distribute(event, Set.of(endpoint), now, settings.maxWaiting());
        Delivery delivery = delivery(DeliveryId.of(event, endpoint)).delivery();
        ports.listener().distributed(event.type(), 1);
        dispatcher.test(endpoint);
        return delivery;
    }

    @Override
    public Page<Delivery> deliveries(EndpointId endpoint, Optional<DeliveryState.Kind> only, PageRequest page) {
        find(endpoint);
        return ports.queue().list(endpoint, only, page);
    }

    @Override
    public DeliveryQueue.Known delivery(DeliveryId delivery) {
        return ports.queue().find(delivery).orElseThrow(() -> new NotFound("delivery"));
    }

    @Override
    public Delivery redeliver(DeliveryId delivery) {
        Delivery again = ports.queue().redeliver(delivery, changes.now()).orElseThrow(() -> new NotFound("delivery"));
        dispatcher.due(Set.of(again.endpoint()));
        return again;
    }

    @Override
    public int recover(EndpointId endpoint, Instant since) {
        find(endpoint);
        int recovered = ports.queue().recover(endpoint, since, changes.now(), MAX_RECOVERED);
        dispatcher.due(Set.of(endpoint));
        return recovered;
    }

    @Override
    public EndpointStats stats(EndpointId endpoint, Instant since) {
        find(endpoint);
        return ports.queue().stats(endpoint, since, changes.now());
    }

    @Override
    public Overview overview() {
        return figures.overview();
    }
}
