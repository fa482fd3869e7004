package dev.daveloper.embedded;

/**
 * When a volume is short of space.
 *
 * @param warnPercent of the volume that should be free, from 0 to 100; 0 asks for none
 * @param warnBytes that should be free
 * @param failBytes with fewer than these free it has failed
 */
public record SpaceLimits(int warnPercent, long warnBytes, long failBytes) {
    public static final SpaceLimits DEFAULT = new SpaceLimits(10, 1L << 30, 100L << 20);

    private static final int ALL_PERCENT = 100;

    public SpaceLimits {
        if (warnPercent < 0 || warnPercent > ALL_PERCENT) {
            throw new IllegalArgumentException("percent to warn at must be 0 to 100, not " + warnPercent);
        }
        if (warnBytes < 0 || failBytes < 0) {
            throw new IllegalArgumentException(
                    "bytes of free space must be 0 or more, not " + Math.min(warnBytes, failBytes));
        }
    }

    /** The fewest free bytes of a volume of this size that are not warned of. */
    long warnBelow(long totalBytes) {
        return Math.max(warnBytes, totalBytes / ALL_PERCENT * warnPercent);
    }
}
