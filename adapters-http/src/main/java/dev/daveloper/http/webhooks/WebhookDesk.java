package dev.daveloper.http.webhooks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daveloper.application.webhooks.in.Webhooks;
import dev.daveloper.domain.failures.Changed;
import dev.daveloper.domain.webhooks.Endpoint;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.Signing;
import dev.daveloper.http.requests.Patch;
import dev.daveloper.http.requests.RequestBinder;
import dev.daveloper.http.webhooks.WebhookBodies.ChangeBody;
import dev.daveloper.http.webhooks.WebhookBodies.NewBody;
import dev.daveloper.http.webhooks.WebhookBodies.RotateBody;
import java.time.Duration;
import java.util.Optional;

/**
 * What administrators wish of webhooks: read by the rules of the API, and done, whichever way it came. Whoever wishes
 * has been let in before. Safe for use by many threads.
 */
public final class WebhookDesk {
    /** So often a change of what changes meanwhile is tried, when the caller names no version. */
    private static final int TRIES = 5;

    private final Webhooks webhooks;
    private final WebhookReading reading;
    private final RequestBinder binder;

    public WebhookDesk(Webhooks webhooks, RequestBinder binder) {
        this.webhooks = webhooks;
        this.reading = new WebhookReading(webhooks);
        this.binder = binder;
    }

    /**
     * @param wish the members that the body of a creation has
     * @throws dev.daveloper.domain.failures.InvalidRequest naming everything that is wrong
     */
    public Endpoint create(ObjectNode wish) {
        return create(binder.bind(wish, NewBody.class));
    }

    Endpoint create(NewBody body) {
        return webhooks.create(reading.newEndpoint(body));
    }

    /**
     * @param version that it must have; empty for any
     * @param wish a merge patch
     * @throws dev.daveloper.domain.failures.InvalidRequest naming everything that is wrong
     * @throws Changed when it has another version
     */
    public Endpoint change(EndpointId id, Optional<Long> version, ObjectNode wish) {
        return change(id, version, Patch.of(binder.bind(wish, ChangeBody.class), wish));
    }

    Endpoint change(EndpointId id, Optional<Long> version, Patch<ChangeBody> wish) {
        return changed(id, version, wish, version.isPresent() ? 1 : TRIES);
    }

    /** What is merged is merged with a version of which the change then depends. */
    private Endpoint changed(EndpointId id, Optional<Long> version, Patch<ChangeBody> wish, int tries) {
        Endpoint now = webhooks.find(id);
        Webhooks.Change change = reading.change(now, wish);
        try {
            return webhooks.change(id, Optional.of(version.orElse(now.version())), change);
        } catch (Changed e) {
            if (tries <= 1) {
                throw e;
            }
            return changed(id, version, wish, tries - 1);
        }
    }

    /**
     * @param version that it must have; empty for any
     * @param wish the members that the body of a rotation has
     * @throws dev.daveloper.domain.failures.InvalidRequest naming everything that is wrong
     * @throws Changed when it has another version
     */
    public Endpoint rotate(EndpointId id, Optional<Long> version, ObjectNode wish) {
        return rotate(id, version, binder.bind(wish, RotateBody.class));
    }

    Endpoint rotate(EndpointId id, Optional<Long> version, RotateBody body) {
        Duration overlap = body.overlapSeconds() == null ? Signing.OVERLAP : Duration.ofSeconds(body.overlapSeconds());
        return webhooks.rotate(id, version, reading.secret(body.secret()), overlap);
    }
}
