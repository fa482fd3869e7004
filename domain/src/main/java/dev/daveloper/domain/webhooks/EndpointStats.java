package dev.daveloper.domain.webhooks;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How deliveries to an endpoint went, by all nodes together.
 *
 * @param since when it is counted; whole hours
 * @param attempts by what went wrong, {@link Trouble#NONE} for those that succeeded; troubles that did not occur are
 *     absent
 * @param delivered deliveries that succeeded
 * @param dead deliveries that were given up
 * @param waiting at the moment, with those being sent
 * @param oldestWaiting since when the oldest of them is there
 * @param lastFailure the newest attempt that failed, as long as it is remembered
 * @param streak of failures up to now
 */
public record EndpointStats(
        Instant since,
        Map<Trouble, Long> attempts,
        long delivered,
        long dead,
        Latencies latencies,
        long waiting,
        Optional<Instant> oldestWaiting,
        Optional<Attempt> lastFailure,
        FailureStreak streak) {
    public EndpointStats {
        attempts = Map.copyOf(attempts);
    }

    public long attempted() {
        return attempts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Which part of the attempts succeeded, from 0 to 1; empty when there were none. */
    public Optional<Double> successRatio() {
        long attempted = attempted();
        return attempted == 0
                ? Optional.empty()
                : Optional.of((double) attempts.getOrDefault(Trouble.NONE, 0L) / attempted);
    }
}
