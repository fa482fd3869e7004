package dev.daveloper.bootstrap.config;

import dev.daveloper.domain.cache.Freshness;
import dev.daveloper.domain.failures.InvalidValue;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The written form of how long something is good for. */
final class FreshnessText {
    private static final String OFF = "off";
    private static final Pattern FORM = Pattern.compile("(\\S+)(?: stale (\\S+))?(?: error (\\S+))?");

    private FreshnessText() {}

    static Optional<Freshness> read(String text) {
        if (text.equals(OFF)) {
            return Optional.of(Freshness.NONE);
        }
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Optional<Duration> ttl = Durations.read(matcher.group(1));
        Optional<Duration> stale = optional(matcher.group(2));
        Optional<Duration> error = optional(matcher.group(3));
        try {
            return ttl.isPresent() && stale.isPresent() && error.isPresent()
                    ? Optional.of(new Freshness(ttl.get(), stale.get(), error.get()))
                    : Optional.empty();
        } catch (InvalidValue e) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> optional(@Nullable String text) {
        return text == null ? Optional.of(Duration.ZERO) : Durations.read(text);
    }
}
