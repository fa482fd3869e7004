package dev.daveloper.http.failures;

import dev.daveloper.domain.events.UnexpectedFailure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An unexpected failure as it leaves the house.
 *
 * <p>No exception's message is part of it: the words of libraries quote what was parsed, asked for or connected to, and
 * those of our own quote wrong values, so that any of them may hold what somebody wrote. Classes and frames suffice to
 * tell defects apart; the words stand in the log, which the trace id leads to.
 *
 * @param id 32 hexadecimal digits
 * @param alike how many of the same kind were held back since the last report of it
 */
record Report(String id, UnexpectedFailure failure, long alike) {
    private static final int MAX_CAUSES = 5;
    private static final int MAX_FRAMES = 50;
    private static final int FRAMES_OF_A_KIND = 5;

    /** The exception and its causes, from the outside in, at most {@link #MAX_CAUSES}. */
    List<Throwable> chain() {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Throwable> chain = new ArrayList<>();
        @Nullable Throwable next = failure.cause();
        while (next != null && chain.size() < MAX_CAUSES && seen.add(next)) {
            chain.add(next);
            next = next.getCause();
        }
        return chain;
    }

    /** The innermost frames, at most {@link #MAX_FRAMES}. */
    static List<StackTraceElement> frames(Throwable thrown) {
        StackTraceElement[] frames = thrown.getStackTrace();
        return List.of(frames).subList(0, Math.min(frames.length, MAX_FRAMES));
    }

    /** The same for failures of one kind: what was thrown, and where. */
    static String kindOf(UnexpectedFailure failure) {
        StringBuilder kind = new StringBuilder(failure.cause().getClass().getName());
        frames(failure.cause()).stream()
                .limit(FRAMES_OF_A_KIND)
                .forEach(frame -> kind.append('\n').append(frame));
        return kind.toString();
    }
}
