package dev.daveloper.domain.webhooks;

import dev.daveloper.domain.failures.InvalidValue;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/** Where a receiver listens: a URL of HTTP without a user, a fragment or anything that two readers read differently. */
public record EndpointUrl(URI uri) {
    public static final int MAX_CHARS = 2_000;

    private static final String EXPECTED = "a URL such as https://example.com/hooks, without user or fragment";

    /** Of a configuration: whether a URL may be without TLS, and which ports it may have; none of them means all. */
    public record Rules(boolean plain, Set<Integer> ports) {
        /** TLS, on the usual port and the customary other one. */
        public static final Rules STRICT = new Rules(false, Set.of(443, 8443));

        public Rules {
            ports = Set.copyOf(ports);
        }
    }

    public EndpointUrl {
        String text = uri.toString();
        String scheme = uri.getScheme();
        boolean http = "https".equals(scheme) || "http".equals(scheme);
        if (!http
                || text.length() > MAX_CHARS
                || uri.getHost() == null
                || uri.getRawUserInfo() != null
                || uri.getRawFragment() != null) {
            throw new InvalidValue("url", text, EXPECTED);
        }
    }

    /**
     * Reads and judges it.
     *
     * @throws InvalidValue which says what is wrong with it
     */
    public static EndpointUrl of(String text, Rules rules, Reachable reachable) {
        EndpointUrl url = new EndpointUrl(parsed(text));
        if (!url.isSecure() && !rules.plain()) {
            throw new InvalidValue("url", text, "a URL that begins with https:");
        }
        if (!rules.ports().isEmpty() && !rules.ports().contains(url.port())) {
            throw new InvalidValue("url", text, "a URL with one of the ports " + rules.ports());
        }
        reachable.refusalOf(url.host()).ifPresent(reason -> {
            throw new InvalidValue("url", text, "a URL of the public internet: " + reason);
        });
        return url;
    }

    private static URI parsed(String text) {
        if (text.length() > MAX_CHARS) {
            throw new InvalidValue("url", text, "at most " + MAX_CHARS + " characters");
        }
        try {
            URI uri = new URI(text).normalize();
            String scheme = uri.getScheme();
            String host = uri.getHost();
            if (scheme == null || host == null) {
                throw new InvalidValue("url", text, EXPECTED);
            }
            return new URI(scheme.toLowerCase(Locale.ROOT)
                    + "://"
                    + (uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo() + "@")
                    + host.toLowerCase(Locale.ROOT)
                    + (uri.getPort() < 0 ? "" : ":" + uri.getPort())
                    + (uri.getRawPath().isEmpty() ? "/" : uri.getRawPath())
                    + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery())
                    + (uri.getRawFragment() == null ? "" : "#" + uri.getRawFragment()));
        } catch (URISyntaxException e) {
            throw new InvalidValue("url", text, EXPECTED);
        }
    }

    public boolean isSecure() {
        return "https".equals(uri.getScheme());
    }

    /** Without the brackets of IPv6. */
    public String host() {
        String host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    public int port() {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return isSecure() ? 443 : 80;
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
