package dev.daveloper.http.webhooks;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.daveloper.domain.webhooks.EndpointStats;
import dev.daveloper.domain.webhooks.Latencies;
import dev.daveloper.http.webhooks.DeliveryView.AttemptView;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How deliveries to a receiver went.
 *
 * @param attempts by what went wrong; {@code none} are those that succeeded
 * @param successRatio of the attempts, from 0 to 1; absent when there were none
 * @param latencyMillis the bounds below which half, 95 and 99 of 100 attempts were answered; absent as well then
 * @param backlogAgeSeconds how long the oldest of what waits does so
 * @param failuresInRow up to now
 * @param failingSince the first of them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StatsView(
        String since,
        long attempted,
        Map<String, Long> attempts,
        @Nullable Double successRatio,
        long delivered,
        long dead,
        @Nullable LatencyView latencyMillis,
        long waiting,
        @Nullable Long backlogAgeSeconds,
        long failuresInRow,
        @Nullable String failingSince,
        @Nullable AttemptView lastFailure) {
    public static StatsView of(EndpointStats stats, Instant now) {
        Map<String, Long> attempts = new TreeMap<>();
        stats.attempts().forEach((trouble, count) -> attempts.put(trouble.wireName(), count));
        return new StatsView(
                stats.since().toString(),
                stats.attempted(),
                attempts,
                stats.successRatio().orElse(null),
                stats.delivered(),
                stats.dead(),
                LatencyView.of(stats.latencies()),
                stats.waiting(),
                stats.oldestWaiting()
                        .map(oldest -> Math.max(0, Duration.between(oldest, now).toSeconds()))
                        .orElse(null),
                stats.streak().failures(),
                stats.streak().first().map(Instant::toString).orElse(null),
                stats.lastFailure().map(AttemptView::of).orElse(null));
    }

    public record LatencyView(long p50, long p95, long p99) {
        static @Nullable LatencyView of(Latencies latencies) {
            return latencies.total() == 0
                    ? null
                    : new LatencyView(at(latencies, 0.5), at(latencies, 0.95), at(latencies, 0.99));
        }

        private static long at(Latencies latencies, double part) {
            return latencies.percentile(part).map(Duration::toMillis).orElse(0L);
        }
    }
}
