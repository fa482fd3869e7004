package dev.daveloper.http.security;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * On whose behalf a trusted proxy calls.
 *
 * @param client the first address, seen from here, that is no trusted proxy; the farthest one where all are
 * @param scheme that the client used; null where nobody says
 * @param host that the client used, with its port unless that is the scheme's own; null where nobody says
 */
public record Forwarding(
        InetAddress client,
        @Nullable String scheme,
        @Nullable String host) {
    private static final String STANDARD = "Forwarded";
    private static final String FOR = "X-Forwarded-For";
    private static final String PROTO = "X-Forwarded-Proto";
    private static final String HOST = "X-Forwarded-Host";
    private static final String PORT = "X-Forwarded-Port";
    private static final List<String> COMMON = List.of(FOR, PROTO, HOST, PORT);
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,4}");
    private static final Pattern WITH_PORT = Pattern.compile(".*:[0-9]+");
    private static final int MAX_PORT = 65_535;

    /** Whether somebody says at all that the request was forwarded. */
    public static boolean isClaimed(Function<String, List<String>> headers) {
        return isThere(headers, STANDARD) || COMMON.stream().anyMatch(name -> isThere(headers, name));
    }

    /**
     * Reads what the headers say. What cannot be read is taken as not said.
     *
     * @param headers the values of a header, by its name; none where it is missing
     * @param peer the trusted proxy that the request came from
     * @param ownHost whom the request itself says it is meant for; null when it does not
     * @return empty when the two kinds of headers contradict each other: a proxy sets one kind and lets clients write
     *     the other, so that neither can be believed
     */
    public static Optional<Forwarding> read(
            Function<String, List<String>> headers,
            TrustedProxies proxies,
            InetAddress peer,
            @Nullable String ownHost) {
        boolean standard = isThere(headers, STANDARD);
        boolean common = COMMON.stream().anyMatch(name -> isThere(headers, name));
        Forwarding told = walk(ForwardedHeader.hops(headers.apply(STANDARD)), proxies, peer);
        if (!common) {
            return Optional.of(told);
        }
        List<Hop> hops = ForwardedFor.hops(headers.apply(FOR), headers.apply(PROTO), headers.apply(HOST));
        Forwarding alsoTold = walk(hops, proxies, peer).withPort(headers.apply(PORT), ownHost);
        return standard && !told.equals(alsoTold) ? Optional.empty() : Optional.of(alsoTold);
    }

    /** From the nearest proxy outwards, for as long as each was named by one that is trusted. */
    private static Forwarding walk(List<Hop> hops, TrustedProxies proxies, InetAddress peer) {
        Forwarding told = new Forwarding(peer, null, null);
        for (Hop hop : hops.reversed()) {
            InetAddress from = hop.from();
            told = new Forwarding(from == null ? told.client : from, hop.scheme(), hop.host());
            if (from == null || !proxies.trust(from)) {
                break;
            }
        }
        return told;
    }

    /** Proxies that tell the port apart from the host tell the host without it. */
    private Forwarding withPort(List<String> ports, @Nullable String ownHost) {
        String name = host == null ? ownHost : host;
        if (ports.size() != 1 || name == null || WITH_PORT.matcher(name).matches()) {
            return this;
        }
        String port = ports.getFirst().strip();
        if (!NUMBER.matcher(port).matches() || Integer.parseInt(port) > MAX_PORT) {
            return this;
        }
        boolean usual = port.equals("https".equals(scheme) ? "443" : "80");
        return new Forwarding(client, scheme, usual ? name : name + ":" + port);
    }

    private static boolean isThere(Function<String, List<String>> headers, String name) {
        return !headers.apply(name).isEmpty();
    }
}
