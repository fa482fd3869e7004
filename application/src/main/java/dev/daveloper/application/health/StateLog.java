package dev.daveloper.application.health;

import dev.daveloper.application.health.in.Timeline;
import dev.daveloper.domain.health.Status;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The changes of one thing's status, at most {@link #MAX_CHANGES}, the oldest forgotten first. For one thread. */
final class StateLog {
    static final int MAX_CHANGES = 200;

    private final Deque<Timeline.Change> changes = new ArrayDeque<>();

    void note(Status status, Instant at) {
        if (!changes.isEmpty() && changes.getLast().status() == status) {
            return;
        }
        if (changes.size() == MAX_CHANGES) {
            changes.removeFirst();
        }
        changes.addLast(new Timeline.Change(status, at));
    }

    /** Only once something was noted. */
    Timeline timeline() {
        return new Timeline(List.copyOf(changes));
    }
}
