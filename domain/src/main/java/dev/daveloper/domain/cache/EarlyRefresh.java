package dev.daveloper.domain.cache;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * When an entry is made anew before it is stale, so that many callers do not find it stale at once: the later and the
 * costlier, the likelier, and each caller decides alone. XFetch by Vattani, Chierichetti and Lowenstein, "Optimal
 * Probabilistic Cache Stampede Prevention", VLDB 2015, with beta 1.
 */
public final class EarlyRefresh {
    private EarlyRefresh() {}

    public static boolean isDue(Entry entry, Instant now, RandomGenerator random) {
        // From above 0 to 1, whose logarithm is finite and not positive.
        double dice = 1 - random.nextDouble();
        double earlyNanos = -entry.madeIn().toNanos() * Math.log(dice);
        return entry.left(now).compareTo(Duration.ofNanos((long) earlyNanos)) <= 0;
    }
}
