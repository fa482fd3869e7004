package dev.daveloper.bootstrap.config;

import dev.daveloper.embedded.SpaceLimits;
import java.util.List;

/** From when on a disk counts as unwell. */
final class HealthKeys {
    /** A pebibyte. */
    private static final long MAX_BYTES = 1L << 50;

    static final Setting<Integer> WARN_PERCENT = Setting.of(
            "health.disk-warn-percent",
            Kinds.wholeNumber(0, 100),
            Integer.toString(SpaceLimits.DEFAULT.warnPercent()),
            "Percent of a volume that should be free; with less its health is warn. 0 asks for none.");
    static final Setting<Long> WARN_BYTES = Setting.of(
            "health.disk-warn",
            Kinds.volume(0, MAX_BYTES),
            Sizes.write(SpaceLimits.DEFAULT.warnBytes()),
            "Space of a volume that should be free; with less its health is warn.");
    static final Setting<Long> FAIL_BYTES = Setting.of(
            "health.disk-fail",
            Kinds.volume(0, MAX_BYTES),
            Sizes.write(SpaceLimits.DEFAULT.failBytes()),
            "With less space than this on a volume its health is fail.");

    static final Group GROUP = new Group("Health", List.of(WARN_PERCENT, WARN_BYTES, FAIL_BYTES));

    private HealthKeys() {}

    static SpaceLimits bind(Values values) {
        return new SpaceLimits(values.get(WARN_PERCENT), values.get(WARN_BYTES), values.get(FAIL_BYTES));
    }
}
