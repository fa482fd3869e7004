package dev.daveloper.domain.webhooks;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Addresses as they are written. */
public final class Addresses {
    private static final Pattern FOUR_NUMBERS =
            Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
    private static final Pattern COLONS = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:.]*");

    private Addresses() {}

    /**
     * The address that a text is, in network order, 4 bytes or 16; empty when it is a name or no address. Nobody is
     * asked. Of the older forms of IPv4, such as {@code 127.1}, none is an address here, see {@link #isOddNumber}.
     */
    public static Optional<byte[]> literal(String text) {
        if (FOUR_NUMBERS.matcher(text).matches()) {
            String[] parts = text.split("\\.", -1);
            byte[] address = new byte[parts.length];
            for (int i = 0; i < parts.length; i++) {
                address[i] = (byte) Integer.parseInt(parts[i]);
            }
            return Optional.of(address);
        }
        return COLONS.matcher(text).matches() ? ofColons(text) : Optional.empty();
    }

    /** The JDK gives an address of IPv4 that is mapped into IPv6 as what it is. */
    private static Optional<byte[]> ofColons(String text) {
        try {
            return Optional.of(InetAddress.getByName(text).getAddress());
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether a host is written in a way that some resolvers read as an address of IPv4 and others do not: numbers
     * that are octal, hexadecimal, too few or too large. A name whose last part is a number is no name, and neither is
     * an address of IPv6 with a zone.
     */
    public static boolean isOddNumber(String host) {
        if (literal(host).isPresent()) {
            return false;
        }
        String trimmed = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        String last = trimmed.substring(trimmed.lastIndexOf('.') + 1);
        return last.isEmpty()
                || host.indexOf(':') >= 0
                || last.chars().allMatch(c -> c >= '0' && c <= '9')
                || last.matches("0[xX][0-9a-fA-F]*");
    }
}
