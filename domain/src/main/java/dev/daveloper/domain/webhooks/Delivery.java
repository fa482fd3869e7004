package dev.daveloper.domain.webhooks;

import dev.daveloper.domain.sessions.SessionId;
import java.time.Instant;
import java.util.Optional;

/**
 * One event on its way to one endpoint.
 *
 * @param session empty when it is about none, and where the event cannot be read
 * @param attempts in all, also those before somebody had it sent again
 * @param last of them
 */
public record Delivery(
        DeliveryId id,
        EndpointId endpoint,
        EventId event,
        EventType type,
        Optional<SessionId> session,
        DeliveryState state,
        int attempts,
        Instant createdAt,
        Optional<Attempt> last) {}
