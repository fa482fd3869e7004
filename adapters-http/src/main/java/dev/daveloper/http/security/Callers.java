package dev.daveloper.http.security;

import dev.daveloper.application.sessions.in.Sessions;
import dev.daveloper.application.sessions.in.Sessions.Opened;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.failures.AdminRequired;
import dev.daveloper.domain.failures.InvalidValue;
import dev.daveloper.domain.failures.SessionRequired;
import dev.daveloper.domain.sessions.Session;
import dev.daveloper.domain.sessions.SessionToken;
import io.javalin.http.Context;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells who calls: the session whose token came as a Bearer token or, without one, in the cookie; or an administrator,
 * by a Bearer token. Over TLS only the cookie with the {@code __Host-} prefix counts, which no neighbouring host can
 * set.
 */
public final class Callers {
    private static final String COOKIE = "daveloper_session";
    private static final String SECURE_COOKIE = "__Host-" + COOKIE;
    private static final String BEARER = "Bearer ";

    private final Sessions sessions;
    private final AdminKeys admins;

    public Callers(Sessions sessions, AdminKeys admins) {
        this.sessions = sessions;
        this.admins = admins;
    }

    /**
     * The caller's session.
     *
     * @throws SessionRequired when the request has no token, or one that proves nothing
     */
    public Session require(HttpServletRequest request) {
        return tokenOf(request).flatMap(sessions::authenticate).orElseThrow(SessionRequired::new);
    }

    /**
     * The caller's session, or a new one whose cookie goes with the answer.
     *
     * @throws SessionRequired when the request has a Bearer token that proves nothing: an app that names its session is
     *     not given another one silently
     */
    public Session requireOrOpen(Context ctx) {
        HttpServletRequest request = ctx.req();
        if (bearerOf(request) != null) {
            return require(request);
        }
        return tokenOf(request)
                .flatMap(sessions::authenticate)
                .orElseGet(() -> open(ctx).session());
    }

    /**
     * On whose behalf the caller acts where an administrator may act for everybody: for what is shared when the Bearer
     * token is an admin key, otherwise for the caller's session.
     *
     * @throws SessionRequired when it is neither
     */
    public Scope scope(HttpServletRequest request) {
        return isAdmin(request) ? Scope.SHARED : Scope.of(require(request).id());
    }

    /** As {@link #scope}, but a caller that names nobody is given a new session, see {@link #requireOrOpen}. */
    public Scope scopeOrOpen(Context ctx) {
        return isAdmin(ctx.req()) ? Scope.SHARED : Scope.of(requireOrOpen(ctx).id());
    }

    /** @throws AdminRequired when the Bearer token is no admin key */
    public void requireAdmin(HttpServletRequest request) {
        if (!isAdmin(request)) {
            throw new AdminRequired();
        }
    }

    private boolean isAdmin(HttpServletRequest request) {
        String bearer = bearerOf(request);
        return bearer != null && admins.contain(bearer);
    }

    /** Opens a session whose cookie goes with the answer. */
    public Opened open(Context ctx) {
        Opened opened = sessions.open();
        setCookie(ctx, opened.token().value(), "");
        return opened;
    }

    /** Lets the browser forget the cookie. */
    public void forget(Context ctx) {
        setCookie(ctx, "", "; Max-Age=0");
    }

    /** The token that the request brings, well-formed but not yet proved to be worth anything. */
    public static Optional<SessionToken> tokenOf(HttpServletRequest request) {
        String bearer = bearerOf(request);
        return bearer == null ? cookieOf(request) : parse(bearer);
    }

    /** A token that comes in no header, as a WebSocket's first message has it. */
    public static Optional<SessionToken> parse(String token) {
        try {
            return Optional.of(new SessionToken(token));
        } catch (InvalidValue e) {
            return Optional.empty();
        }
    }

    /** Whether the request names its session itself, rather than by a cookie that any page's request carries. */
    public static boolean hasBearer(HttpServletRequest request) {
        return bearerOf(request) != null;
    }

    private static @Nullable String bearerOf(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return null;
        }
        return header.substring(BEARER.length()).strip();
    }

    private static Optional<SessionToken> cookieOf(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies == null) {
            return Optional.empty();
        }
        String name = request.isSecure() ? SECURE_COOKIE : COOKIE;
        for (Cookie cookie : cookies) {
            if (cookie.getName().equals(name)) {
                return parse(cookie.getValue());
            }
        }
        return Optional.empty();
    }

    private static void setCookie(Context ctx, String value, String lifetime) {
        boolean secure = ctx.req().isSecure();
        String name = secure ? SECURE_COOKIE : COOKIE;
        String flags = "; Path=/; HttpOnly; SameSite=Lax" + (secure ? "; Secure" : "");
        ctx.res().addHeader("Set-Cookie", name + "=" + value + flags + lifetime);
        ctx.header("Cache-Control", "no-store");
    }
}
