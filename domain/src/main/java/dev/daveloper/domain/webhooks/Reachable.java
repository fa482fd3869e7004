package dev.daveloper.domain.webhooks;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which addresses a delivery may be sent to: those of the public internet, and those that the installation allows. The
 * ranges are those of the registries of special purposes (RFC 6890 and its updates), closed where they are not plainly
 * of one machine somewhere in public.
 *
 * @param allowed what may be reached although it is not public
 */
public record Reachable(List<Network> allowed) {
    /** Only what is public. */
    public static final Reachable PUBLIC = new Reachable(List.of());

    private static final List<Network> CLOSED_V4 = networks(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4");

    /** Unicast addresses that are given out begin so; nothing else of IPv6 is anywhere. */
    private static final Network GIVEN_OUT = Network.of("2000::/3");

    private static final int MAPPED_PREFIX_BYTES = 12;

    /** Protocols, benchmarks, documentation, ORCHID, 6to4 and Teredo: addresses within that lead elsewhere. */
    private static final List<Network> CLOSED_V6 =
            networks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16");

    public Reachable {
        allowed = List.copyOf(allowed);
    }

    private static List<Network> networks(String... ranges) {
        return Arrays.stream(ranges).map(Network::of).toList();
    }

    /**
     * Whether it may be connected to. An address of IPv4 that is mapped into IPv6 is judged as what it is; one that is
     * embedded otherwise, as for NAT64, leads through a machine that nobody has asked, and is refused.
     */
    public boolean permits(byte[] address) {
        byte[] meant = isMapped(address) ? Arrays.copyOfRange(address, MAPPED_PREFIX_BYTES, Network.V6_BYTES) : address;
        return isIn(allowed, meant) || isPublic(meant);
    }

    private static boolean isPublic(byte[] address) {
        return switch (address.length) {
            case Network.V4_BYTES -> !isIn(CLOSED_V4, address);
            case Network.V6_BYTES -> GIVEN_OUT.contains(address) && !isIn(CLOSED_V6, address);
            default -> false;
        };
    }

    private static boolean isMapped(byte[] address) {
        if (address.length != Network.V6_BYTES) {
            return false;
        }
        for (int i = 0; i < MAPPED_PREFIX_BYTES; i++) {
            if (address[i] != (i < MAPPED_PREFIX_BYTES - 2 ? 0 : (byte) 0xff)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isIn(List<Network> networks, byte[] address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    /** Why an address that is written down is refused already; empty when it may be tried, or is a name. */
    public Optional<String> refusalOf(String host) {
        if (Addresses.isOddNumber(host)) {
            return Optional.of("its host is a number that not everybody reads alike");
        }
        return Addresses.literal(host)
                .filter(address -> !permits(address))
                .map(address -> "its host is an address that nobody is sent to");
    }
}
