package dev.daveloper.domain.chat;

import dev.daveloper.domain.failures.InvalidValue;
import java.util.Comparator;

/**
 * A place in a run's log, written {@code <epoch>-<seq>}. The epoch is the fencing number of the lease under which the
 * event was written, the seq counts from 1 without gaps within an epoch. It serves as the id of a server-sent event,
 * of a WebSocket event and of a Redis Stream entry, unchanged.
 *
 * @param epoch 0 only in {@link #START}
 * @param seq 0 stands before the epoch's first event
 */
public record Cursor(long epoch, long seq) implements Comparable<Cursor> {
    /** Before everything: follow a run from here to receive all of it. */
    public static final Cursor START = new Cursor(0, 0);

    private static final int MAX_CHARS = 39;
    private static final String EXPECTED = "two whole numbers joined by a hyphen, such as 1-42";
    private static final Comparator<Cursor> ORDER =
            Comparator.comparingLong(Cursor::epoch).thenComparingLong(Cursor::seq);

    public Cursor {
        if (epoch < 0 || seq < 0) {
            throw new InvalidValue("cursor", epoch + "-" + seq, EXPECTED);
        }
    }

    /** Reads the written form; leading zeros, signs and spaces are refused, so that a cursor is written in one way. */
    public static Cursor parse(String text) {
        int hyphen = text.indexOf('-');
        if (hyphen < 0 || text.length() > MAX_CHARS) {
            throw new InvalidValue("cursor", text, EXPECTED);
        }
        return new Cursor(number(text, 0, hyphen), number(text, hyphen + 1, text.length()));
    }

    /** Behind everything that an owner of this epoch may have written: nothing follows. */
    public static Cursor endOf(long epoch) {
        return new Cursor(epoch, Long.MAX_VALUE);
    }

    public boolean isEnd() {
        return seq == Long.MAX_VALUE;
    }

    /** The place before this one in the same epoch; there is none before the epoch's first. */
    public Cursor previous() {
        return new Cursor(epoch, Math.max(0, seq - 1));
    }

    /** The place after this one in the same epoch. */
    public Cursor next() {
        return new Cursor(epoch, seq + 1);
    }

    @Override
    public int compareTo(Cursor other) {
        return ORDER.compare(this, other);
    }

    public boolean isAfter(Cursor other) {
        return compareTo(other) > 0;
    }

    @Override
    public String toString() {
        return epoch + "-" + seq;
    }

    private static long number(String text, int from, int to) {
        boolean padded = to - from > 1 && text.charAt(from) == '0';
        if (from == to || padded || !text.chars().skip(from).limit(to - from).allMatch(Cursor::isDigit)) {
            throw new InvalidValue("cursor", text, EXPECTED);
        }
        try {
            return Long.parseLong(text, from, to, 10);
        } catch (NumberFormatException e) {
            throw new InvalidValue("cursor", text, EXPECTED);
        }
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
