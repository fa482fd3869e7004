package dev.daveloper.bootstrap.cache;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * How far it is, on one line of a terminal that is written over again and again. Without a terminal nothing is shown.
 * It needs no special characters. Safe for use by several threads.
 */
final class ProgressLine {
    /** Between two drawings: as often as an eye can follow. */
    static final long PAUSE_NANOS = 100_000_000;

    private static final int BAR_CHARS = 24;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB"};

    private final PrintStream to;
    private final boolean terminal;
    private final LongSupplier nanos;
    private final long begun;
    private long drawnAt;
    /** How many characters stand on the line. */
    private int shown;

    /** @param nanos the time, from any beginning */
    ProgressLine(PrintStream to, boolean terminal, LongSupplier nanos) {
        this.to = to;
        this.terminal = terminal;
        this.nanos = nanos;
        this.begun = nanos.getAsLong();
        this.drawnAt = begun - PAUSE_NANOS;
    }

    /** Of something whose end nobody knows. */
    synchronized void bytes(String what, long done) {
        draw(what + "  " + size(done) + rate(done), false);
    }

    synchronized void bytes(String what, long done, long of) {
        draw(what + "  " + bar(done, of) + "  " + size(done) + " of " + size(of) + rate(done), done >= of);
    }

    synchronized void things(String what, int done, int of) {
        draw(what + "  " + bar(done, of) + "  " + done + " of " + of, done >= of);
    }

    /** Leaves the line empty for what comes next. */
    synchronized void clear() {
        if (shown > 0) {
            to.print("\r" + " ".repeat(shown) + "\r");
            to.flush();
            shown = 0;
        }
    }

    /** Such as {@code 1.5 s}, since it was begun. */
    synchronized String took() {
        return String.format(Locale.ROOT, "%.1f s", seconds());
    }

    /** Such as {@code 1.5 MiB}. */
    static String size(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        double size = bytes / 1024.0;
        int unit = 0;
        // What would be written as 1024.0 is 1.0 of the next.
        while (size >= 1023.95 && unit < UNITS.length - 1) {
            size /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", size, UNITS[unit]);
    }

    private void draw(String line, boolean last) {
        long now = nanos.getAsLong();
        if (!terminal || (now - drawnAt < PAUSE_NANOS && !last)) {
            return;
        }
        drawnAt = now;
        to.print("\r" + line + " ".repeat(Math.max(0, shown - line.length())));
        to.flush();
        shown = Math.max(shown, line.length());
    }

    private static String bar(long done, long of) {
        double share = of == 0 ? 1 : Math.min(1, (double) done / of);
        int filled = (int) (share * BAR_CHARS);
        return String.format(
                Locale.ROOT, "[%s%s] %3d %%", "#".repeat(filled), "-".repeat(BAR_CHARS - filled), (int) (share * 100));
    }

    private String rate(long done) {
        double seconds = seconds();
        return seconds == 0 ? "" : "  " + size((long) (done / seconds)) + "/s";
    }

    private double seconds() {
        return (nanos.getAsLong() - begun) / NANOS_PER_SECOND;
    }
}
