package dev.daveloper.http.security;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.regex.Pattern;

/**
 * A range of addresses.
 *
 * @param prefix how many leading bits all its addresses have in common
 */
public record Network(InetAddress first, int prefix) {
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,2}");

    /**
     * Reads {@code 10.0.0.0/8}, {@code fd00::/8}, or a single address.
     *
     * @throws IllegalArgumentException with what was expected instead
     */
    public static Network parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        InetAddress first = IpLiterals.parse(address).orElseThrow(() -> notOne(text));
        int bits = first.getAddress().length * Byte.SIZE;
        if (slash < 0) {
            return new Network(first, bits);
        }
        String prefix = text.substring(slash + 1);
        if (!NUMBER.matcher(prefix).matches() || Integer.parseInt(prefix) > bits) {
            throw notOne(text);
        }
        Network network = new Network(first, Integer.parseInt(prefix));
        if (!network.bitsOf(first).shiftLeft(bits - network.prefix).equals(new BigInteger(1, first.getAddress()))) {
            throw new IllegalArgumentException(
                    "'" + text + "' names an address inside a network; write the network's first address");
        }
        return network;
    }

    public boolean contains(InetAddress address) {
        return address.getAddress().length == first.getAddress().length
                && bitsOf(address).equals(bitsOf(first));
    }

    private BigInteger bitsOf(InetAddress address) {
        byte[] bytes = address.getAddress();
        return new BigInteger(1, bytes).shiftRight(bytes.length * Byte.SIZE - prefix);
    }

    private static IllegalArgumentException notOne(String text) {
        return new IllegalArgumentException(
                "a network must be an address or address/prefix, such as 10.0.0.0/8 or fd00::/8, not '" + text + "'");
    }

    @Override
    public String toString() {
        return first.getHostAddress() + "/" + prefix;
    }
}
