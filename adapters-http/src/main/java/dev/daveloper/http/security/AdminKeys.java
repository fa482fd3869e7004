package dev.daveloper.http.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The keys of administrators. Only their hashes are held, and neither those nor what is compared with them is ever
 * written anywhere.
 *
 * @param hashes what the operator calls each key, and its SHA-256 in lower-case hexadecimal, see {@link #hashOf}
 */
public record AdminKeys(Map<String, String> hashes) {
    public static final AdminKeys NONE = new AdminKeys(Map.of());

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    public AdminKeys {
        hashes = Map.copyOf(hashes);
        hashes.forEach((name, hash) -> {
            if (!HASH.matcher(hash).matches()) {
                throw new IllegalArgumentException(
                        "the hash of the admin key " + name + " must be 64 characters of 0-9 and a-f");
            }
        });
    }

    /** The hash of a key as it is presented. The key is long and random: it needs no salt and no slow hash. */
    public static String hashOf(String key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** What the key is called; empty when it is none. Takes the same time whichever it is, and whether it is one. */
    Optional<String> nameOf(String presented) {
        byte[] hash = hashOf(presented).getBytes(StandardCharsets.US_ASCII);
        Optional<String> name = Optional.empty();
        for (Map.Entry<String, String> known : hashes.entrySet()) {
            if (MessageDigest.isEqual(known.getValue().getBytes(StandardCharsets.US_ASCII), hash)) {
                name = Optional.of(known.getKey());
            }
        }
        return name;
    }

    /** The names alone. */
    @Override
    public String toString() {
        return "AdminKeys" + hashes.keySet();
    }
}
