package dev.daveloper.application.webhooks.out;

import dev.daveloper.domain.webhooks.Endpoint;
import dev.daveloper.domain.webhooks.EndpointId;
import java.util.List;

/**
 * Keeps the endpoints, with their secrets and the values of their headers sealed. Safe for use by many threads; throws
 * {@link dev.daveloper.domain.failures.StoreUnavailable}.
 */
public interface WebhookStore {
    /** All there are, oldest first. */
    List<Endpoint> all();

    /**
     * Adds one.
     *
     * @param max how many there may be
     * @return whether there was room for it
     */
    boolean add(Endpoint endpoint, int max);

    /**
     * Puts the changed endpoint in the place of the same with the version before, in one step.
     *
     * @param changed whose version is one higher than that of what it was made from
     * @return whether that was still the endpoint's version
     */
    boolean replace(Endpoint changed);

    /**
     * Removes it; its deliveries go by {@link DeliveryQueue#forget(EndpointId)}.
     *
     * @param version that it must have
     * @return whether it was there with this version
     */
    boolean remove(EndpointId endpoint, long version);
}
