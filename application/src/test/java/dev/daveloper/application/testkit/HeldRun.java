package dev.daveloper.application.testkit;

import dev.daveloper.application.chat.out.RunLog.Appended;
import dev.daveloper.application.chat.out.RunStore.Standing;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.Lease;
import dev.daveloper.domain.chat.LoggedEvent;
import dev.daveloper.domain.chat.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A run with its log, as {@link InMemoryStores} hold it. Guarded by their lock. */
final class HeldRun {
    final Run run;
    final List<LoggedEvent> log = new ArrayList<>();
    long epoch = 1;
    Instant leasedUntil;
    Optional<AssistantMessage> answer = Optional.empty();
    boolean logForgotten;
    boolean unwanted;
    boolean attached;
    Instant followedUntil = Instant.MIN;

    HeldRun(Run run, Instant leasedUntil) {
        this.run = run;
        this.leasedUntil = leasedUntil;
    }

    boolean hasExpired(Instant now) {
        return answer.isEmpty() && !leasedUntil.isAfter(now);
    }

    Lease takeOver(Duration leaseFor, Instant now) {
        epoch++;
        leasedUntil = now.plus(leaseFor);
        return new Lease(run, epoch);
    }

    Standing renew(Lease lease, Duration leaseFor, Instant now) {
        if (epoch != lease.epoch()) {
            return Standing.SUPERSEDED;
        }
        if (answer.isPresent()) {
            return Standing.OVER;
        }
        leasedUntil = now.plus(leaseFor);
        if (unwanted) {
            return Standing.UNWANTED;
        }
        return followedUntil.isAfter(now) ? Standing.FOLLOWED : Standing.OWNED;
    }

    Appended append(Lease lease, List<LoggedEvent> batch, Instant now) {
        if (epoch != lease.epoch() || logForgotten) {
            return new Appended.Superseded();
        }
        Cursor last = log.isEmpty() ? Cursor.START : log.getLast().cursor();
        Cursor top = last.epoch() == lease.epoch() ? last : new Cursor(lease.epoch(), 0);
        if (batch.getFirst().cursor().seq() > top.seq() + 1) {
            return new Appended.Behind(top.seq());
        }
        batch.stream().filter(event -> event.cursor().isAfter(top)).forEach(log::add);
        return new Appended.Written(followedUntil.isAfter(now));
    }

    List<LoggedEvent> read(Cursor after, int maxEvents) {
        return log.stream()
                .filter(event -> event.cursor().isAfter(after))
                .limit(maxEvents)
                .toList();
    }
}
