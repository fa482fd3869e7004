package dev.daveloper.domain.health;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a component said of itself when it was last asked.
 *
 * @param component its name, such as {@code agent}; one of several servers has its number in it, as in {@code
 *     redis:node-1}
 * @param vital whether the gateway is of no use without it
 * @param detail what is amiss, for administrators, without hosts or secrets; empty when nothing is
 * @param address where it is, for administrators; empty where that is not known or says nothing
 * @param at when it answered, or when it was last seen not to
 * @param since from when on it has this status, as far as it was asked
 * @param latency how long it took to answer; of one that does not, how long it was waited for
 * @param lastError the latest failure that is known, also when it is over; empty when there was none
 */
public record ComponentHealth(
        String component,
        boolean vital,
        Status status,
        String detail,
        String address,
        Instant at,
        Instant since,
        Duration latency,
        Optional<LastError> lastError) {

    /**
     * A failure.
     *
     * @param at when it was last seen
     */
    public record LastError(ErrorClass kind, Instant at) {}

    /** The part of the name that all servers of this kind share, such as {@code redis}. */
    public String family() {
        int colon = component.indexOf(':');
        return colon < 0 ? component : component.substring(0, colon);
    }
}
