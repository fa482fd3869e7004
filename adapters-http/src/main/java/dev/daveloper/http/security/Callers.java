package dev.daveloper.http.security;

import dev.daveloper.application.sessions.in.Sessions;
import dev.daveloper.application.sessions.in.Sessions.Opened;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.failures.InvalidValue;
import dev.daveloper.domain.failures.SessionRequired;
import dev.daveloper.domain.sessions.ClientAddress;
import dev.daveloper.domain.sessions.Session;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.sessions.SessionToken;
import dev.daveloper.http.requests.ServerTiming;
import dev.daveloper.http.requests.ServerTiming.Phase;
import io.javalin.http.Context;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;

/**
 * Tells who calls: the session whose token came as a Bearer token or, without one, in the cookie; or an administrator,
 * by a Bearer token. Over TLS only the cookie with the {@code __Host-} prefix counts, which no neighbouring host can
 * set.
 */
public final class Callers {
    private static final String COOKIE = "daveloper_session";
    private static final String SECURE_COOKIE = "__Host-" + COOKIE;
    private static final String BEARER = "Bearer ";
    private static final String SESSION = "daveloper.session";

    private final Sessions sessions;
    private final Admins admins;

    public Callers(Sessions sessions, Admins admins) {
        this.sessions = sessions;
        this.admins = admins;
    }

    /**
     * The caller's session.
     *
     * @throws SessionRequired when the request has no token, or one that proves nothing
     */
    public Session require(HttpServletRequest request) {
        return find(request).orElseThrow(SessionRequired::new);
    }

    /** The caller's session, looked up once for each request; empty when it has none. */
    public Optional<Session> find(HttpServletRequest request) {
        if (request.getAttribute(SESSION) instanceof Found known) {
            return known.session();
        }
        Phase before = ServerTiming.enter(request, Phase.AUTH);
        try {
            Found found = new Found(tokenOf(request).flatMap(sessions::authenticate));
            request.setAttribute(SESSION, found);
            return found.session();
        } finally {
            ServerTiming.enter(request, before);
        }
    }

    /** Whose session it is or, before that was looked up, will turn out to be, as far as this node remembers. */
    public Optional<SessionId> recall(HttpServletRequest request) {
        if (request.getAttribute(SESSION) instanceof Found known) {
            return known.session().map(Session::id);
        }
        return tokenOf(request).flatMap(sessions::recall);
    }

    private record Found(Optional<Session> session) {}

    /**
     * The caller's session, or a new one whose cookie goes with the answer.
     *
     * @throws SessionRequired when the request has a Bearer token that proves nothing: an app that names its session is
     *     not given another one silently
     */
    public Session requireOrOpen(Context ctx) {
        HttpServletRequest request = ctx.req();
        if (hasBearer(request)) {
            return require(request);
        }
        return find(request).orElseGet(() -> open(ctx).session());
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

    /** Whether an administrator calls, who may act for everybody. */
    public boolean isAdmin(HttpServletRequest request) {
        return admins.nameOf(request).isPresent();
    }

    /** Opens a session whose cookie goes with the answer. */
    public Opened open(Context ctx) {
        Phase before = ServerTiming.enter(ctx.req(), Phase.AUTH);
        try {
            Opened opened = sessions.open(ClientAddress.of(ClientAddresses.of(ctx.req())));
            setCookie(ctx, opened);
            ctx.req().setAttribute(SESSION, new Found(Optional.of(opened.session())));
            return opened;
        } finally {
            ServerTiming.enter(ctx.req(), before);
        }
    }

    /**
     * Gives the caller's session a new token, and the browser a new cookie if it was proved by one.
     *
     * @throws SessionRequired when the request has no token, or one that proves nothing
     */
    public Opened renew(Context ctx) {
        Opened renewed = sessions.renew(tokenOf(ctx.req()).orElseThrow(SessionRequired::new));
        if (!hasBearer(ctx.req())) {
            setCookie(ctx, renewed);
        }
        return renewed;
    }

    /** Lets the browser forget the cookie, if it was that which proved the session. */
    public void forget(Context ctx) {
        if (!hasBearer(ctx.req())) {
            setCookie(ctx, "", Duration.ZERO);
        }
    }

    /** The token that the request brings, well-formed but not yet proved to be worth anything. */
    public static Optional<SessionToken> tokenOf(HttpServletRequest request) {
        Optional<String> bearer = bearerOf(request);
        return bearer.isPresent() ? bearer.flatMap(Callers::parse) : cookieOf(request);
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
        return bearerOf(request).isPresent();
    }

    static Optional<String> bearerOf(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("Authorization")).flatMap(Callers::bearerIn);
    }

    /** What the value of an {@code Authorization} header has behind the word Bearer. */
    public static Optional<String> bearerIn(String header) {
        return header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? Optional.of(header.substring(BEARER.length()).strip())
                : Optional.empty();
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

    /** The browser keeps it for as long as it can be worth anything. */
    private static void setCookie(Context ctx, Opened opened) {
        Duration lifetime = Duration.between(opened.session().lastSeenAt(), opened.latestExpiresAt());
        setCookie(ctx, opened.token().value(), lifetime);
    }

    private static void setCookie(Context ctx, String value, Duration lifetime) {
        boolean secure = ctx.req().isSecure();
        String name = secure ? SECURE_COOKIE : COOKIE;
        String flags =
                "; Path=/; HttpOnly; SameSite=Lax" + (secure ? "; Secure" : "") + "; Max-Age=" + lifetime.toSeconds();
        ctx.res().addHeader("Set-Cookie", name + "=" + value + flags);
        ctx.header("Cache-Control", "no-store");
    }
}
