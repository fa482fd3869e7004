package dev.daveloper.http.health;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The samples of the last quarter of an hour, at most {@link #MAX_SAMPLES}. For one thread. */
final class SampleRing {
    static final Duration KEPT = Duration.ofMinutes(15);

    /** One every two seconds, and the one before them, from which the first difference is taken. */
    static final int MAX_SAMPLES = 451;

    private final Deque<Sample> samples = new ArrayDeque<>();

    /** @param sample not older than those before it */
    void add(Sample sample) {
        samples.addLast(sample);
        Instant oldest = sample.at().minus(KEPT);
        while (samples.size() > MAX_SAMPLES || samples.getFirst().at().isBefore(oldest)) {
            samples.removeFirst();
        }
    }

    /** Oldest first. */
    List<Sample> samples() {
        return List.copyOf(samples);
    }
}
