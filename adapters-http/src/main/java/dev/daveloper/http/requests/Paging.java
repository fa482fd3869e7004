package dev.daveloper.http.requests;

import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.failures.InvalidRequest;
import io.javalin.http.Context;
import java.util.Optional;

/** Which part of a list a request's query asks for. */
public final class Paging {
    private Paging() {}

    /** @throws InvalidRequest when {@code limit} is not one */
    public static PageRequest of(Context ctx) {
        return new PageRequest(limitOf(ctx), Optional.ofNullable(ctx.queryParam("cursor")));
    }

    private static int limitOf(Context ctx) {
        String limit = ctx.queryParam("limit");
        if (limit == null) {
            return PageRequest.DEFAULT_LIMIT;
        }
        try {
            return Integer.parseInt(limit);
        } catch (NumberFormatException e) {
            throw new InvalidRequest("#/limit", "limit must be a whole number.");
        }
    }
}
