package dev.daveloper.http.security;

import java.util.function.BiConsumer;

/** The headers that every response carries, whoever makes it. */
public final class SecurityHeaders {
    private static final String API_POLICY = "default-src 'none'; frame-ancestors 'none'";
    private static final String PAGE_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; "
            + "frame-ancestors 'none'";
    private static final String PLAYGROUND_POLICY = PAGE_POLICY.replace("font-src 'self'", "font-src 'self' data:");
    private static final String POLICY = "Content-Security-Policy";

    private SecurityHeaders() {}

    /** For what is data: it may load nothing, and nobody keeps it. */
    public static void api(BiConsumer<String, String> headers) {
        headers.accept(POLICY, API_POLICY);
        headers.accept("X-Content-Type-Options", "nosniff");
        headers.accept("Referrer-Policy", "no-referrer");
        headers.accept("X-Frame-Options", "DENY");
        headers.accept("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
        headers.accept("Cross-Origin-Resource-Policy", "same-origin");
        headers.accept("Cross-Origin-Opener-Policy", "same-origin");
        headers.accept("Cache-Control", "no-store");
    }

    /** For whatever goes over TLS: browsers come back over TLS only, for a year. */
    public static void secure(BiConsumer<String, String> headers) {
        headers.accept("Strict-Transport-Security", "max-age=31536000");
    }

    /** For a page of ours, on top of {@link #api}: it may load what comes from here. */
    public static void page(BiConsumer<String, String> headers) {
        headers.accept(POLICY, PAGE_POLICY);
    }

    /**
     * For the playground, instead of {@link #page}: letters may be within its style sheets. GraphiQL's are, and
     * browsers look at them whether the page uses them or not.
     */
    public static void playground(BiConsumer<String, String> headers) {
        headers.accept(POLICY, PLAYGROUND_POLICY);
    }
}
