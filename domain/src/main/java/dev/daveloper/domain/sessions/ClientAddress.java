package dev.daveloper.domain.sessions;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Where a client calls from, as far as limits care: an IPv4 address, or the /64 network of an IPv6 address, of which
 * one household has all. Never printed: an address is personal data.
 *
 * @param network in hexadecimal: 8 digits for IPv4, 16 for IPv6
 */
public record ClientAddress(String network) {
    private static final int IPV6_NETWORK_BYTES = 8;

    /** An IPv4 address written as an IPv6 one counts as the former: {@link InetAddress} tells them apart itself. */
    public static ClientAddress of(InetAddress address) {
        byte[] bytes = address.getAddress();
        byte[] network = address instanceof Inet6Address ? Arrays.copyOf(bytes, IPV6_NETWORK_BYTES) : bytes;
        return new ClientAddress(HexFormat.of().formatHex(network));
    }

    @Override
    public String toString() {
        return "***";
    }
}
