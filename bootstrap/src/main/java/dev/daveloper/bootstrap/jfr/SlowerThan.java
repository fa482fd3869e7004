package dev.daveloper.bootstrap.jfr;

import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jfr.SettingControl;

/**
 * From how long on something is recorded, written as the recorder's own thresholds are: {@code 5 ms} by default. The
 * recorder knows thresholds only of what it has measured itself. It is set on one thread and asked on many.
 */
final class SlowerThan extends SettingControl {
    static final String NAME = "slowerThan";

    private static final String DEFAULT = "5 ms";
    private static final Pattern FORM = Pattern.compile("\\s*(\\d{1,9})\\s*(ns|us|ms|s)\\s*");
    private static final Map<String, TimeUnit> UNITS = Map.of(
            "ns", TimeUnit.NANOSECONDS,
            "us", TimeUnit.MICROSECONDS,
            "ms", TimeUnit.MILLISECONDS,
            "s", TimeUnit.SECONDS);

    private String value = DEFAULT;
    private volatile long nanos = nanosOf(DEFAULT).orElseThrow();

    boolean isMetBy(long tookNanos) {
        return tookNanos >= nanos;
    }

    /** Several recordings at once: who wants to see most decides. */
    @Override
    public String combine(Set<String> values) {
        String least = DEFAULT;
        long leastNanos = Long.MAX_VALUE;
        for (String each : values) {
            long its = nanosOf(each).orElse(Long.MAX_VALUE);
            if (its < leastNanos) {
                least = each;
                leastNanos = its;
            }
        }
        return least;
    }

    /** What is no time changes nothing: the recorder has no way to refuse a value. */
    @Override
    public void setValue(String wanted) {
        nanosOf(wanted).ifPresent(its -> {
            value = wanted;
            nanos = its;
        });
    }

    @Override
    public String getValue() {
        return value;
    }

    private static OptionalLong nanosOf(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return OptionalLong.empty();
        }
        TimeUnit unit = UNITS.getOrDefault(parts.group(2), TimeUnit.NANOSECONDS);
        return OptionalLong.of(unit.toNanos(Long.parseLong(parts.group(1))));
    }
}
