package dev.daveloper.domain.webhooks;

import java.time.Instant;
import java.util.OptionalInt;

/**
 * A receiver, as it was set up.
 *
 * @param description for people; may be empty
 * @param perSecond how many deliveries are begun within a second at most, by all nodes together; empty for any number
 * @param version one higher with each change
 */
public record Endpoint(
        EndpointId id,
        EndpointUrl url,
        String description,
        Subscription subscription,
        CustomHeaders headers,
        OptionalInt perSecond,
        Signing signing,
        Standing standing,
        Instant createdAt,
        Instant changedAt,
        long version) {
    public static final int MAX_DESCRIPTION_CHARS = 500;
    public static final int MAX_PER_SECOND = 10_000;

    public boolean isEnabled() {
        return standing instanceof Standing.Enabled;
    }

    /** The same with this standing, one version later. */
    public Endpoint with(Standing other, Instant at) {
        return new Endpoint(
                id, url, description, subscription, headers, perSecond, signing, other, createdAt, at, version + 1);
    }

    /** The same with these secrets, one version later. */
    public Endpoint with(Signing other, Instant at) {
        return new Endpoint(
                id, url, description, subscription, headers, perSecond, other, standing, createdAt, at, version + 1);
    }
}
