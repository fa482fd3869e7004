package dev.daveloper.domain.sessions;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A {@link ClientAddress} that can be compared but not read: its HMAC-SHA256 under a secret, in lower-case hexadecimal.
 * There are few enough addresses to try them all, so without the secret being secret it would hide nothing.
 */
public record AddressHash(String hex) {
    /** Of a secret, at least. */
    public static final int MIN_SECRET_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";

    public static AddressHash of(ClientAddress address, byte[] secret) {
        if (secret.length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException("the secret must have " + MIN_SECRET_BYTES + " bytes or more");
        }
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return new AddressHash(
                    HexFormat.of().formatHex(mac.doFinal(address.network().getBytes(StandardCharsets.US_ASCII))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
