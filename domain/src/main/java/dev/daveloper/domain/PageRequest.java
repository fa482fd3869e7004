package dev.daveloper.domain;

import dev.daveloper.domain.failures.InvalidRequest;
import java.util.Optional;

/**
 * Which part of a list is wanted.
 *
 * @param limit 1 to {@value #MAX_LIMIT}
 * @param cursor a page's {@code nextCursor}; empty for the first page
 */
public record PageRequest(int limit, Optional<String> cursor) {
    public static final int MAX_LIMIT = 200;
    public static final int DEFAULT_LIMIT = 50;

    public PageRequest {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new InvalidRequest("#/limit", "limit must be from 1 to " + MAX_LIMIT + ".");
        }
    }
}
