package dev.daveloper.application.chat;

import java.util.Arrays;

/** When each event of a tail was heard, by {@link System#nanoTime}. For one thread at a time. */
final class Moments {
    private static final int FIRST_CAPACITY = 64;

    private long[] nanos = new long[FIRST_CAPACITY];
    private int size;

    void addNow() {
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * size);
        }
        nanos[size++] = System.nanoTime();
    }

    long at(int index) {
        return nanos[index];
    }
}
