package dev.daveloper.http.requests;

import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.domain.failures.InvalidRequest.Violation;
import java.util.ArrayList;
import java.util.List;

/**
 * What is wrong with one request, so that all of it is told at once: at most {@value #MAX} things, the first ones. For
 * one thread.
 */
public final class Violations {
    static final int MAX = 20;

    private final List<Violation> found = new ArrayList<>();

    /** @param pointer where, as a JSON Pointer fragment */
    public void add(String pointer, String detail) {
        if (found.size() < MAX) {
            found.add(new Violation(pointer, detail));
        }
    }

    /** Whether there is something wrong with this place, or with one that it stands in. */
    boolean cover(String pointer) {
        return found.stream()
                .map(Violation::pointer)
                .anyMatch(known -> pointer.equals(known) || pointer.startsWith(known + "/"));
    }

    boolean areFull() {
        return found.size() >= MAX;
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** @throws InvalidRequest when there is anything */
    public void refuseAny() {
        if (!found.isEmpty()) {
            throw new InvalidRequest(found);
        }
    }
}
