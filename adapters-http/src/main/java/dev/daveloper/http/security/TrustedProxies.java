package dev.daveloper.http.security;

import java.net.InetAddress;
import java.util.List;

/**
 * The proxies that are believed when they say on whose behalf they call. Safe for use by many threads.
 *
 * @param networks where they are; whoever else is in one of them is believed as well
 */
public record TrustedProxies(List<Network> networks) {
    public static final TrustedProxies NONE = new TrustedProxies(List.of());

    public TrustedProxies {
        networks = List.copyOf(networks);
    }

    /**
     * Those in these networks, each an address or in CIDR notation, IPv4 or IPv6.
     *
     * @throws IllegalArgumentException when one is neither, or names an address inside a network
     */
    public static TrustedProxies of(List<String> networks) {
        return new TrustedProxies(networks.stream().map(Network::parse).toList());
    }

    public boolean trust(InetAddress address) {
        for (Network network : networks) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
