package dev.daveloper.domain.webhooks;

import dev.daveloper.domain.Ids;

/** One receiver. Written {@code ep_} and 26 characters, see {@link Ids}. */
public record EndpointId(String value) {
    public static final String PREFIX = "ep_";

    public EndpointId {
        Ids.require("endpointId", PREFIX, value);
    }

    public static EndpointId next(Ids ids) {
        return new EndpointId(ids.next(PREFIX));
    }

    @Override
    public String toString() {
        return value;
    }
}
