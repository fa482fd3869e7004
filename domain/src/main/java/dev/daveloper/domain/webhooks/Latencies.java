package dev.daveloper.domain.webhooks;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * How long attempts took, counted by classes of it, so that the counts of many hours and nodes can be added up.
 *
 * @param counts one for each bound and one for what is longer than all
 */
public record Latencies(List<Long> counts) {
    /** Up to how many milliseconds each class reaches. */
    public static final List<Long> BOUNDS_MILLIS =
            List.of(1L, 2L, 5L, 10L, 20L, 50L, 100L, 200L, 500L, 1_000L, 2_000L, 5_000L, 10_000L, 20_000L, 30_000L);

    public static final int CLASSES = BOUNDS_MILLIS.size() + 1;

    public static final Latencies NONE = new Latencies(Collections.nCopies(CLASSES, 0L));

    public Latencies {
        counts = List.copyOf(counts);
        if (counts.size() != CLASSES) {
            throw new IllegalArgumentException("latencies are counted in " + CLASSES + " classes");
        }
    }

    /** In which class it is counted. */
    public static int classOf(Duration took) {
        long millis = took.plusNanos(999_999).toMillis();
        for (int i = 0; i < BOUNDS_MILLIS.size(); i++) {
            if (millis <= BOUNDS_MILLIS.get(i)) {
                return i;
            }
        }
        return BOUNDS_MILLIS.size();
    }

    public long total() {
        return counts.stream().mapToLong(Long::longValue).sum();
    }

    /**
     * How long this part of the attempts took at most: the bound of the class in which it lies, or the longest bound
     * for what is longer than all.
     *
     * @param part from 0 to 1, such as 0.95
     * @return empty when nothing was counted
     */
    public Optional<Duration> percentile(double part) {
        long total = total();
        if (total == 0) {
            return Optional.empty();
        }
        long rank = Math.max(1, (long) Math.ceil(total * part));
        long seen = 0;
        for (int i = 0; i < BOUNDS_MILLIS.size(); i++) {
            seen += counts.get(i);
            if (seen >= rank) {
                return Optional.of(Duration.ofMillis(BOUNDS_MILLIS.get(i)));
            }
        }
        return Optional.of(Duration.ofMillis(BOUNDS_MILLIS.getLast()));
    }
}
