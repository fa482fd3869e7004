package dev.daveloper.domain.webhooks;

import dev.daveloper.domain.failures.InvalidValue;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A range of addresses of one family, such as {@code 10.0.0.0/8} or {@code fc00::/7}.
 *
 * @param first the range's first address in hexadecimal digits, 8 of them or 32
 * @param bits how many of its first bits all addresses of the range share
 */
public record Network(String first, int bits) {
    static final int V4_BYTES = 4;
    static final int V6_BYTES = 16;

    public Network {
        byte[] address = HexFormat.of().parseHex(first);
        if ((address.length != V4_BYTES && address.length != V6_BYTES) || bits < 0 || bits > address.length * 8) {
            throw new IllegalArgumentException("no range of addresses: " + first + "/" + bits);
        }
    }

    /**
     * Reads the usual form. A single address is a range of one.
     *
     * @throws InvalidValue when it is none
     */
    public static Network of(String text) {
        int slash = text.indexOf('/');
        byte[] address =
                Addresses.literal(slash < 0 ? text : text.substring(0, slash)).orElseThrow(() -> unreadable(text));
        int bits = slash < 0 ? address.length * 8 : bitsOf(text, slash + 1);
        if (bits < 0 || bits > address.length * 8) {
            throw unreadable(text);
        }
        return new Network(HexFormat.of().formatHex(masked(address, bits)), bits);
    }

    private static int bitsOf(String text, int from) {
        try {
            return Integer.parseInt(text, from, text.length(), 10);
        } catch (NumberFormatException e) {
            throw unreadable(text);
        }
    }

    private static InvalidValue unreadable(String text) {
        return new InvalidValue("network", text, "a range of addresses such as 10.0.0.0/8 or fd00::/8");
    }

    /** Whether the address lies in it; one of the other family never does. */
    public boolean contains(byte[] address) {
        return address.length * 2 == first.length()
                && Arrays.equals(masked(address, bits), HexFormat.of().parseHex(first));
    }

    private static byte[] masked(byte[] address, int bits) {
        byte[] masked = address.clone();
        for (int i = 0; i < masked.length; i++) {
            int kept = Math.clamp(bits - i * 8L, 0, 8);
            masked[i] &= (byte) (0xff << (8 - kept));
        }
        return masked;
    }
}
