package dev.daveloper.redis.ratelimits;

import dev.daveloper.domain.ratelimits.Rate;
import dev.daveloper.redis.ratelimits.Corrections.Correction;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * What a run has taken of one budget. Written as a line with all that is needed to correct it, whatever has become of
 * the policy meanwhile.
 *
 * @param key of what is taken of the rate
 */
record Budget(String key, Rate rate, long taken) {
    private static final int PARTS = 4;
    private static final long ANY_BURST = 1;

    static String write(List<Budget> budgets) {
        return budgets.stream().map(Budget::line).collect(Collectors.joining("\n"));
    }

    static List<Budget> read(String text) {
        return text.lines().map(Budget::of).toList();
    }

    Correction to(long used) {
        return used < taken
                ? Correction.givingBack(key, rate, taken - used)
                : Correction.taking(key, rate, used - taken);
    }

    private String line() {
        long windowMicros = TimeUnit.MICROSECONDS.convert(rate.window());
        return key + " " + rate.quota() + " " + windowMicros + " " + taken;
    }

    private static Budget of(String line) {
        String[] parts = line.split(" ", PARTS);
        Duration window = Duration.of(Long.parseLong(parts[2]), java.time.temporal.ChronoUnit.MICROS);
        return new Budget(parts[0], new Rate(Long.parseLong(parts[1]), window, ANY_BURST), Long.parseLong(parts[3]));
    }
}
