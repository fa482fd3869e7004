package dev.daveloper.http.security;

import dev.daveloper.domain.failures.AdminRequired;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Tells which administrator calls, by the admin key that came as a Bearer token. Safe for use by many threads. */
public final class Admins {
    private static final String NAME = "daveloper.admin";
    private static final String REFUSED = "daveloper.admin.refused";

    /** How the keys begin that this program makes itself: what looks like one and is none was meant to be one. */
    private static final String KEY_PREFIX = "adm_";

    private final AdminKeys keys;

    public Admins(AdminKeys keys) {
        this.keys = keys;
    }

    /** What the operator calls the key that the request brings; empty when it brings none. */
    public Optional<String> nameOf(HttpServletRequest request) {
        if (request.getAttribute(NAME) instanceof String known) {
            return known.isEmpty() ? Optional.empty() : Optional.of(known);
        }
        Optional<String> name = Callers.bearerOf(request).flatMap(keys::nameOf);
        request.setAttribute(NAME, name.orElse(""));
        return name;
    }

    /**
     * What the operator calls the key of an administrator who calls what is an administrator's alone.
     *
     * @throws AdminRequired when the call comes without an admin key, or with one that is unknown
     */
    public String requireAdmin(Context ctx) {
        HttpServletRequest request = ctx.req();
        return nameOf(request).orElseThrow(() -> {
            if (Callers.hasBearer(request)) {
                request.setAttribute(REFUSED, true);
            }
            return new AdminRequired();
        });
    }

    /** Whether somebody called with a Bearer token as an administrator and is none. */
    static boolean wasRefused(HttpServletRequest request) {
        return request.getAttribute(REFUSED) != null
                || Callers.bearerOf(request)
                        .filter(bearer -> bearer.startsWith(KEY_PREFIX))
                        .isPresent();
    }
}
