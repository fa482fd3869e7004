package dev.daveloper.application.health.in;

import dev.daveloper.domain.health.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How something was, from the first change that is remembered until now.
 *
 * @param changes oldest first, each to another status than the one before; at least one
 */
public record Timeline(List<Change> changes) {
    public Timeline {
        changes = List.copyOf(changes);
    }

    /** @param at from when on it is so */
    public record Change(Status status, Instant at) {}

    public Status status() {
        return changes.getLast().status();
    }

    /** Since when it is as it is now. */
    public Instant since() {
        return changes.getLast().at();
    }

    /** From 0 to 1: of the time between these moments of which anything is known, the part in which it did not fail. */
    public double uptime(Instant from, Instant until) {
        Duration known = Duration.ZERO;
        Duration up = Duration.ZERO;
        for (int i = 0; i < changes.size(); i++) {
            Change change = changes.get(i);
            Instant end = i + 1 < changes.size() ? changes.get(i + 1).at() : until;
            Instant begin = change.at().isBefore(from) ? from : change.at();
            if (begin.isBefore(end)) {
                Duration lasted = Duration.between(begin, end);
                known = known.plus(lasted);
                up = change.status() == Status.FAIL ? up : up.plus(lasted);
            }
        }
        if (known.isZero()) {
            return status() == Status.FAIL ? 0 : 1;
        }
        return (double) up.toNanos() / known.toNanos();
    }
}
