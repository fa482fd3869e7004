package dev.daveloper.http.failures;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A kind of failure as the catalogue tells it.
 *
 * @param retry whether the same request is worth sending again: {@code no} or {@code later}
 * @param webSocketClose the code with which it ends a WebSocket
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record KindView(
        String type,
        String code,
        int status,
        String title,
        String meaning,
        String retry,
        String classification,
        @Nullable Integer webSocketClose) {
    static KindView of(ProblemType type) {
        Handling handling = type.handling();
        return new KindView(
                type.uri(),
                type.code(),
                type.status(),
                type.title(),
                type.meaning(),
                handling.retry().name().toLowerCase(Locale.ROOT),
                handling.classification().name(),
                handling.closeCode().isPresent() ? handling.closeCode().getAsInt() : null);
    }
}
