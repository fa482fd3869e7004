package dev.daveloper.application.testkit;

import dev.daveloper.application.webhooks.out.DeliveryQueue.Backlog;
import dev.daveloper.application.webhooks.out.DeliveryQueue.Next;
import dev.daveloper.domain.webhooks.Attempt;
import dev.daveloper.domain.webhooks.EndpointStats;
import dev.daveloper.domain.webhooks.FailureStreak;
import dev.daveloper.domain.webhooks.Latencies;
import dev.daveloper.domain.webhooks.Trouble;
import dev.daveloper.domain.webhooks.Verdict;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How deliveries to one endpoint went: everything that happened, counted when it is asked for. */
final class HeldStats {
    private final List<Counted> attempts = new ArrayList<>();
    private final List<Instant> deaths = new ArrayList<>();
    private FailureStreak streak = FailureStreak.NONE;

    private record Counted(Attempt attempt, Next next) {}

    void attempted(Attempt attempt, Next next) {
        attempts.add(new Counted(attempt, next));
        if (next instanceof Next.Dead) {
            died(attempt.at());
        }
        streak = streak.after(attempt.verdict(), attempt.endedAt());
    }

    void died(Instant at) {
        deaths.add(at);
    }

    FailureStreak streak() {
        return streak;
    }

    EndpointStats since(Instant since, Backlog backlog) {
        Instant hour = since.truncatedTo(ChronoUnit.HOURS);
        Map<Trouble, Long> troubles = new EnumMap<>(Trouble.class);
        List<Long> latencies = new ArrayList<>(Collections.nCopies(Latencies.CLASSES, 0L));
        long delivered = 0;
        Optional<Attempt> lastFailure = Optional.empty();
        for (Counted counted : attempts) {
            Attempt attempt = counted.attempt();
            if (attempt.verdict() != Verdict.DELIVERED) {
                lastFailure = Optional.of(attempt);
            }
            if (attempt.at().isBefore(hour)) {
                continue;
            }
            troubles.merge(attempt.trouble(), 1L, Long::sum);
            int latency = Latencies.classOf(attempt.took());
            latencies.set(latency, latencies.get(latency) + 1);
            delivered += counted.next() instanceof Next.Delivered ? 1 : 0;
        }
        return new EndpointStats(
                hour,
                troubles,
                delivered,
                deaths.stream().filter(at -> !at.isBefore(hour)).count(),
                new Latencies(latencies),
                backlog.waiting(),
                backlog.oldest(),
                lastFailure,
                streak);
    }
}
