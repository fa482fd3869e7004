package dev.daveloper.http.failures;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Lets one of many alike through in a while, and counts the others, so that what fails a thousand times a second does
 * not drown what fails once. Tells at most {@link #MAX_KEYS} keys apart; those beyond share one. Safe for use by many
 * threads.
 */
final class LogSampler {
    static final int MAX_KEYS = 512;

    private static final String OTHERS = "others";

    private final InstantSource clock;
    private final Duration pause;
    private final Map<String, Window> windows = new HashMap<>();

    /** @param pause between two of one key */
    LogSampler(InstantSource clock, Duration pause) {
        this.clock = clock;
        this.pause = pause;
    }

    /** How many of this key were held back since the last one, when it is time for another; empty when it is not. */
    synchronized OptionalLong admit(String key) {
        Instant now = clock.instant();
        if (windows.size() >= MAX_KEYS && !windows.containsKey(key)) {
            windows.values().removeIf(window -> window.isOver(now));
        }
        boolean hasPlace = windows.size() < MAX_KEYS || windows.containsKey(key);
        Window window = windows.computeIfAbsent(hasPlace ? key : OTHERS, name -> new Window());
        if (!window.isOver(now)) {
            window.held++;
            return OptionalLong.empty();
        }
        long held = window.held;
        window.held = 0;
        window.until = now.plus(pause);
        return OptionalLong.of(held);
    }

    private static final class Window {
        private Instant until = Instant.MIN;
        private long held;

        boolean isOver(Instant now) {
            return !now.isBefore(until);
        }
    }
}
