package dev.daveloper.domain.events;

import java.time.Instant;
import java.util.Map;

/**
 * Something failed that should not: a defect, or trouble that nobody foresaw.
 *
 * @param where the place in the gateway, such as a route with its method; always the same for the same place
 * @param context what helps to find it, such as a trace id: never what somebody wrote, and no address
 */
public record UnexpectedFailure(String where, Throwable cause, Map<String, String> context, Instant at) {
    public UnexpectedFailure {
        context = Map.copyOf(context);
    }
}
