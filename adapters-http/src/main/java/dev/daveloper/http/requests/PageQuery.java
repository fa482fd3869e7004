package dev.daveloper.http.requests;

import dev.daveloper.domain.PageRequest;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which part of a list a request's query asks for. */
public record PageQuery(
        @Min(value = 1, message = LIMIT_RANGE) @Max(value = PageRequest.MAX_LIMIT, message = LIMIT_RANGE) @Nullable
        Integer limit,

        @CursorText @Nullable String cursor) {
    /** What is said of a limit that is none. */
    public static final String LIMIT_RANGE = "limit must be from 1 to " + PageRequest.MAX_LIMIT + ", not {given}.";

    /** The page; ask a record that was validated. */
    public PageRequest toPage() {
        return new PageRequest(limit == null ? PageRequest.DEFAULT_LIMIT : limit, Optional.ofNullable(cursor));
    }
}
