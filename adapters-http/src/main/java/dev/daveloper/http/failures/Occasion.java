package dev.daveloper.http.failures;

import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The request or connection over which something failed: all of it that is told or written. No query, no body, no
 * address of a caller.
 *
 * @param path that was asked for; null where there is none, as on a socket
 * @param route the pattern that the path matched, which names no id; a fixed word where there is none
 */
public record Occasion(@Nullable String path, String traceId, String method, String route) {
    private static final String NO_ROUTE = "no route";
    private static final String SOCKET = "WS";

    public static Occasion of(Context ctx) {
        Endpoint endpoint = ctx.endpoints().matchedHttpEndpoint();
        return of(ctx.req(), endpoint == null ? NO_ROUTE : endpoint.path);
    }

    /** @param route a pattern, or a path without ids */
    public static Occasion of(HttpServletRequest request, String route) {
        return new Occasion(request.getRequestURI(), Failures.traceOf(request), request.getMethod(), route);
    }

    /**
     * On a WebSocket that is open.
     *
     * @param path at which it was opened
     */
    public static Occasion ofSocket(String traceId, String path) {
        return new Occasion(null, traceId, SOCKET, path);
    }

    /** Of a request that no route saw. */
    public static Occasion ofServer(String traceId) {
        return new Occasion(null, traceId, "", NO_ROUTE);
    }

    /** The place, the same for every failure at it. */
    String where() {
        return method.isEmpty() ? route : method + " " + route;
    }
}
