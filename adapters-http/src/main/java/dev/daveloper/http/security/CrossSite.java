package dev.daveloper.http.security;

import dev.daveloper.http.failures.Refusal;
import dev.daveloper.http.failures.TransportFailure;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.jspecify.annotations.Nullable;

/**
 * Keeps foreign pages from using a visitor's session, and lets those pass that the operator allowed. A request is
 * judged by what browsers say and pages cannot forge: {@code Sec-Fetch-Site}, otherwise {@code Origin}. A request with
 * neither does not come from a page.
 */
public final class CrossSite {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
    private static final String PREFLIGHT_SECONDS = "600";

    private final Set<String> allowed;

    public CrossSite(Set<String> allowedOrigins) {
        this.allowed = Set.copyOf(allowedOrigins);
    }

    /** Refuses what comes from a foreign page, and says to allowed ones that they may read the answer. */
    public void check(Context ctx) {
        HttpServletRequest request = ctx.req();
        String origin = request.getHeader("Origin");
        ctx.res().addHeader("Vary", "Origin, Sec-Fetch-Site");
        if (origin != null && allowed.contains(origin)) {
            ctx.header("Access-Control-Allow-Origin", origin);
            ctx.header("Access-Control-Allow-Credentials", "true");
            ctx.header(
                    "Access-Control-Expose-Headers",
                    "Age, Cache-Status, Content-Disposition, Deprecation, ETag, Link, Location, Preference-Applied,"
                            + " RateLimit, RateLimit-Policy, Retry-After, Server-Timing, Sunset, WWW-Authenticate,"
                            + " X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, X-Request-Id, X-Run-Id,"
                            + " X-Trace-Id");
            // Where the time went, which browsers keep from foreign pages as well.
            ctx.header("Timing-Allow-Origin", origin);
            return;
        }
        if (isPreflight(request) || (!SAFE.contains(request.getMethod()) && isForeign(request, origin))) {
            throw new Refusal(TransportFailure.CROSS_SITE_REFUSED, "Calls from this origin are not allowed.");
        }
    }

    /**
     * Refuses to read by the cookie that a browser sends along with whatever a page asks for, unless a page of ours or
     * an allowed one asks, or somebody who sends a header that a foreign page cannot send without asking first.
     *
     * @param header that shows it, whatever its value
     */
    public void checkRead(HttpServletRequest request, String header) {
        if (Callers.hasBearer(request) || Callers.tokenOf(request).isEmpty()) {
            return;
        }
        String origin = request.getHeader("Origin");
        boolean ours = "same-origin".equals(request.getHeader("Sec-Fetch-Site"))
                || (origin != null && allowed.contains(origin))
                || request.getHeader(header) != null;
        if (!ours) {
            throw new Refusal(
                    TransportFailure.CROSS_SITE_REFUSED,
                    "With a cookie this is read by pages of this origin alone, or with the header " + header + ".");
        }
    }

    /** Answers a preflight of an allowed origin; {@link #check} has refused the others. */
    public static boolean answerPreflight(Context ctx) {
        if (!isPreflight(ctx.req())) {
            return false;
        }
        ctx.header("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE");
        ctx.header(
                "Access-Control-Allow-Headers",
                "Authorization, Cache-Control, Content-Type, GraphQL-Require-Preflight, Idempotency-Key, If-Match,"
                        + " If-None-Match, Last-Event-ID, Prefer, traceparent");
        ctx.header("Access-Control-Max-Age", PREFLIGHT_SECONDS);
        ctx.status(204);
        return true;
    }

    /** Whether this is the origin of a page of ours, or of one that the operator allowed. */
    public boolean isTrusted(HttpServletRequest request, String origin) {
        return allowed.contains(origin) || origin.equals(ownOrigin(request));
    }

    private boolean isForeign(HttpServletRequest request, @Nullable String origin) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return !site.equals("same-origin") && !site.equals("none");
        }
        return origin != null && !isTrusted(request, origin);
    }

    private static boolean isPreflight(HttpServletRequest request) {
        return request.getMethod().equals("OPTIONS")
                && request.getHeader("Origin") != null
                && request.getHeader("Access-Control-Request-Method") != null;
    }

    private static @Nullable String ownOrigin(HttpServletRequest request) {
        String host = request.getHeader("Host");
        String asked = host == null ? authorityOf(request) : host;
        return asked == null ? null : request.getScheme() + "://" + asked.toLowerCase(Locale.ROOT);
    }

    /** Where HTTP/2 says whom a request is meant for, which has no {@code Host}. */
    private static @Nullable String authorityOf(HttpServletRequest request) {
        return ServletContextRequest.getServletContextRequest(request)
                .getHttpURI()
                .getAuthority();
    }
}
