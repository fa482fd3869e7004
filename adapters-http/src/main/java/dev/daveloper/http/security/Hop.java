package dev.daveloper.http.security;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one proxy says of the connection that it took a request from. What it does not say, or says in a way that
 * cannot be read, is null.
 *
 * @param from the other end of that connection
 * @param scheme {@code http} or {@code https}
 * @param host whom the request was meant for, with a port where one was written
 */
record Hop(
        @Nullable InetAddress from,
        @Nullable String scheme,
        @Nullable String host) {
    static final Hop UNREADABLE = new Hop(null, null, null);

    private static final Pattern NODE = Pattern.compile("\\[([^\\]]*)](?::[0-9]{1,5})?|([^:]*):[0-9]{1,5}|([^\\[]*)");
    private static final Pattern HOST =
            Pattern.compile("(?:[A-Za-z0-9][A-Za-z0-9._-]{0,252}|\\[([^\\]]*)])(?::([1-9][0-9]{0,4}))?");
    private static final int MAX_PORT = 65_535;

    static Hop of(@Nullable String node, @Nullable String scheme, @Nullable String host) {
        return new Hop(
                node == null ? null : addressOf(node).orElse(null),
                scheme == null ? null : schemeOf(scheme),
                host == null || !isHost(host) ? null : host.toLowerCase(Locale.ROOT));
    }

    private static Optional<InetAddress> addressOf(String node) {
        Matcher matcher = NODE.matcher(node);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        for (int group = 1; group <= matcher.groupCount(); group++) {
            if (matcher.group(group) != null) {
                return IpLiterals.parse(matcher.group(group));
            }
        }
        return Optional.empty();
    }

    private static boolean isHost(String text) {
        Matcher matcher = HOST.matcher(text);
        if (!matcher.matches()) {
            return false;
        }
        String bracketed = matcher.group(1);
        String port = matcher.group(2);
        return (bracketed == null || IpLiterals.parse(bracketed).isPresent())
                && (port == null || Integer.parseInt(port) <= MAX_PORT);
    }

    /** Some proxies name the scheme of a WebSocket. */
    private static @Nullable String schemeOf(String scheme) {
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "https", "wss" -> "https";
            case "http", "ws" -> "http";
            default -> null;
        };
    }
}
