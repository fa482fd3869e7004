package dev.daveloper.application.webhooks;

import dev.daveloper.application.events.out.EventListener;
import dev.daveloper.application.events.out.Neighbours;
import dev.daveloper.application.webhooks.out.WebhookStore;
import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.domain.events.Signal;
import dev.daveloper.domain.failures.Changed;
import dev.daveloper.domain.failures.NotFound;
import dev.daveloper.domain.failures.StoreUnavailable;
import dev.daveloper.domain.webhooks.Endpoint;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.Standing;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Changes endpoints in the store, here, and by a word at the other nodes. Safe for use by many threads. */
final class EndpointChanges {
    /** So often somebody else may have been faster; each time one change is made, so this is never reached. */
    private static final int TRIES = 100;

    private final WebhookStore store;
    private final EndpointsNear near;
    private final Neighbours neighbours;
    private final EventListener listener;
    private final InstantSource clock;

    EndpointChanges(
            WebhookStore store,
            EndpointsNear near,
            Neighbours neighbours,
            EventListener listener,
            InstantSource clock) {
        this.store = store;
        this.near = near;
        this.neighbours = neighbours;
        this.listener = listener;
        this.clock = clock;
    }

    /** As finely as every store keeps it. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** As the store has it. */
    Endpoint find(EndpointId endpoint) {
        return store.all().stream()
                .filter(found -> found.id().equals(endpoint))
                .findFirst()
                .orElseThrow(() -> new NotFound("webhook"));
    }

    /** Whether there was room for it. */
    boolean add(Endpoint endpoint, int max) {
        boolean added = store.add(endpoint, max);
        if (added) {
            near.adopt(endpoint);
            neighbours.tell(new Signal.WebhooksChanged());
        }
        return added;
    }

    /**
     * Replaces it by what is made of it.
     *
     * @param version that it must have; empty for any
     * @param change gives the same with a version one higher, or the very same when there is nothing to change
     */
    Endpoint change(EndpointId id, Optional<Long> version, UnaryOperator<Endpoint> change) {
        for (int i = 0; i < TRIES; i++) {
            Endpoint before = require(id, version);
            Endpoint after = change.apply(before);
            if (after.version() == before.version()) {
                return before;
            }
            if (store.replace(after)) {
                near.adopt(after);
                neighbours.tell(new Signal.WebhooksChanged());
                return after;
            }
        }
        throw new StoreUnavailable(new IllegalStateException("others change the endpoint all the time"));
    }

    void remove(EndpointId id, Optional<Long> version) {
        for (int i = 0; i < TRIES; i++) {
            Endpoint before = require(id, version);
            if (store.remove(id, before.version())) {
                near.drop(id);
                neighbours.tell(new Signal.WebhooksChanged());
                return;
            }
        }
        throw new StoreUnavailable(new IllegalStateException("others change the endpoint all the time"));
    }

    private Endpoint require(EndpointId id, Optional<Long> version) {
        Endpoint found = find(id);
        if (version.isPresent() && version.get() != found.version()) {
            throw new Changed("webhook");
        }
        return found;
    }

    /** Has nothing more delivered to it, and tells of that; does nothing to one that is disabled or gone. */
    void disable(EndpointId id, Standing.Reason reason) {
        Instant at = now();
        try {
            Endpoint after = change(
                    id,
                    Optional.empty(),
                    before -> before.isEnabled() ? before.with(new Standing.Disabled(reason, at), at) : before);
            if (after.standing().equals(new Standing.Disabled(reason, at))) {
                listener.on(new GatewayEvent.EndpointDisabled(after, reason, at));
            }
        } catch (NotFound e) {
            near.drop(id);
        }
    }
}
