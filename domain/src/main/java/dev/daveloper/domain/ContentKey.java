package dev.daveloper.domain;

import dev.daveloper.domain.failures.InvalidValue;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.regex.Pattern;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A named key for AES-256 in Galois/Counter Mode (NIST SP 800-38D), with a random nonce of 96 bits for each message.
 * Safe for use by many threads. Shows its name and never itself.
 */
public final class ContentKey {
    /** Of a key. */
    public static final int BYTES = 32;

    /** Of a name; each is one byte where it is stored. */
    public static final int MAX_NAME_CHARS = 64;

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1," + MAX_NAME_CHARS + "}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String name;
    private final SecretKey secret;

    /**
     * @param secret {@value #BYTES} bytes, copied
     * @throws InvalidValue when one of them cannot be; it shows neither, since a key may stand where a name belongs
     */
    public ContentKey(String name, byte[] secret) {
        if (!isName(name)) {
            throw new InvalidValue(
                    "the name of an encryption key",
                    "***",
                    "1 to " + MAX_NAME_CHARS + " of A-Z, a-z, 0-9, '.', '_', '-'");
        }
        if (secret.length != BYTES) {
            throw new InvalidValue("an encryption key", secret.length + " bytes", BYTES + " bytes");
        }
        this.name = name;
        this.secret = new SecretKeySpec(secret, "AES");
    }

    /** Whether a key can be named so. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    public String name() {
        return name;
    }

    /** The header, a nonce, and the plain bytes enciphered; the header and the context are bound to them. */
    byte[] seal(byte[] header, byte[] plain, byte[] context) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
            cipher.updateAAD(header);
            cipher.updateAAD(context);
            ByteBuffer sealed = ByteBuffer.allocate(header.length + NONCE_BYTES + plain.length + TAG_BYTES);
            sealed.put(header).put(nonce);
            cipher.doFinal(ByteBuffer.wrap(plain), sealed);
            return sealed.array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + CIPHER, e);
        }
    }

    /**
     * The plain bytes behind a header of so many bytes.
     *
     * @throws UnreadableContent when they are not what this key sealed in this context
     */
    byte[] open(byte[] sealed, int headerBytes, byte[] context) {
        int enciphered = headerBytes + NONCE_BYTES;
        if (sealed.length < enciphered + TAG_BYTES) {
            throw new UnreadableContent("it is cut short: " + sealed.length + " bytes");
        }
        try {
            Cipher cipher = cipher(
                    Cipher.DECRYPT_MODE, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, sealed, headerBytes, NONCE_BYTES));
            cipher.updateAAD(sealed, 0, headerBytes);
            cipher.updateAAD(context);
            return cipher.doFinal(sealed, enciphered, sealed.length - enciphered);
        } catch (AEADBadTagException e) {
            throw new UnreadableContent("it is not what the key '" + name + "' sealed here", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + CIPHER, e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ContentKey key && name.equals(key.name) && secret.equals(key.secret);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }

    private Cipher cipher(int mode, GCMParameterSpec nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, secret, nonce);
        return cipher;
    }
}
