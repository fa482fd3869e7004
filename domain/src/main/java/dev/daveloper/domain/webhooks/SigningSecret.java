package dev.daveloper.domain.webhooks;

import dev.daveloper.domain.failures.InvalidValue;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What an endpoint's deliveries are signed with, as <a href="https://www.standardwebhooks.com">Standard Webhooks</a>
 * has it: {@code whsec_} and the base 64 of 24 to 64 random bytes. Shown once and never printed.
 */
public final class SigningSecret {
    public static final String PREFIX = "whsec_";
    public static final int MIN_BYTES = 24;
    public static final int MAX_BYTES = 64;

    private static final int NEW_BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] key;

    private SigningSecret(byte[] key) {
        this.key = key;
    }

    /** @param random must be cryptographically strong */
    public static SigningSecret next(RandomGenerator random) {
        byte[] key = new byte[NEW_BYTES];
        random.nextBytes(key);
        return new SigningSecret(key);
    }

    /** Reads what {@link #reveal} wrote, or what somebody brings along. */
    public static SigningSecret of(String text) {
        String expected = PREFIX + " and the base 64 of " + MIN_BYTES + " to " + MAX_BYTES + " bytes";
        if (!text.startsWith(PREFIX)) {
            throw new InvalidValue("secret", "***", expected);
        }
        byte[] key;
        try {
            key = Base64.getDecoder().decode(text.substring(PREFIX.length()));
        } catch (IllegalArgumentException e) {
            throw new InvalidValue("secret", "***", expected);
        }
        if (key.length < MIN_BYTES || key.length > MAX_BYTES) {
            throw new InvalidValue("secret", "***", expected);
        }
        return new SigningSecret(key);
    }

    /** The secret itself, for whoever is to verify by it, and for whoever seals it away. */
    public String reveal() {
        return PREFIX + Base64.getEncoder().encodeToString(key);
    }

    /**
     * The signature of one attempt, as it stands in {@code webhook-signature}.
     *
     * @param id of the message, without a dot
     * @param timestamp of the attempt, in seconds since 1970
     * @param body the very bytes that are sent
     */
    public String sign(String id, long timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SigningSecret secret && Arrays.equals(key, secret.key);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(key);
    }

    @Override
    public String toString() {
        return "***";
    }
}
