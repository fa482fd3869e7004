package dev.daveloper.http.health;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long things took since the process was started: how many took up to each of some bounds. What they took of late
 * is the difference of two. Immutable.
 */
public final class Spread {
    private final double[] bounds;
    private final long[] upTo;
    private final long count;

    /**
     * @param bounds in seconds, ascending
     * @param upTo for each bound how many took up to it, so that no count is smaller than the one before
     * @param count of all; those that took longer than the last bound included
     */
    public Spread(double[] bounds, long[] upTo, long count) {
        if (bounds.length != upTo.length) {
            throw new IllegalArgumentException(bounds.length + " bounds, but " + upTo.length + " counts");
        }
        this.bounds = bounds.clone();
        this.upTo = upTo.clone();
        this.count = count;
    }

    /**
     * What this part of those since an earlier moment took at most, in seconds. Within two bounds they are taken to lie
     * evenly; beyond the last one it is the last one, as nothing more is known.
     *
     * @param earlier null when there were none yet
     * @param part above 0, up to 1
     * @return empty when there were none since
     */
    Optional<Double> quantileSince(@Nullable Spread earlier, double part) {
        long total = count - (earlier == null ? 0 : earlier.count);
        if (total <= 0 || bounds.length == 0) {
            return Optional.empty();
        }
        double wanted = part * total;
        double below = 0;
        double from = 0;
        for (int i = 0; i < bounds.length; i++) {
            double now = since(earlier, i);
            if (now >= wanted && now > below) {
                return Optional.of(from + (bounds[i] - from) * (wanted - below) / (now - below));
            }
            below = Math.max(below, now);
            from = bounds[i];
        }
        return Optional.of(from);
    }

    private long since(@Nullable Spread earlier, int place) {
        return upTo[place] - (earlier == null || place >= earlier.upTo.length ? 0 : earlier.upTo[place]);
    }
}
