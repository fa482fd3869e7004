package dev.daveloper.application.webhooks;

import dev.daveloper.domain.webhooks.EndpointUrl;
import dev.daveloper.domain.webhooks.Reachable;
import dev.daveloper.domain.webhooks.RetrySchedule;
import java.time.Duration;

/**
 * The bounds of webhooks.
 *
 * @param reachable where deliveries may go
 * @param timeout what an attempt may take in all
 * @param perEndpoint attempts at one endpoint at the same time, by one node
 * @param maxEndpoints there may be
 * @param maxWaiting deliveries that may wait for an endpoint
 * @param retention how long what is over is kept, and what waits for a disabled endpoint
 */
public record WebhookSettings(
        EndpointUrl.Rules urls,
        Reachable reachable,
        RetrySchedule schedule,
        Duration timeout,
        int perEndpoint,
        int maxEndpoints,
        int maxWaiting,
        Duration retention) {
    public static final WebhookSettings DEFAULT = new WebhookSettings(
            EndpointUrl.Rules.STRICT,
            Reachable.PUBLIC,
            RetrySchedule.STANDARD,
            Duration.ofSeconds(15),
            16,
            100,
            100_000,
            Duration.ofDays(7));
}
