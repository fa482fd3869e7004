package dev.daveloper.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One atomic step in Redis, written in Lua in a file beside the adapter that it belongs to. Redis is sent its hash; a
 * server that does not know it, because it is new, was restarted or was told to forget, is sent the text once.
 *
 * <p>What all scripts share stands before each of them: {@code prelude.lua}.
 */
public final class Script {
    private static final String PRELUDE = read(Script.class, "prelude.lua");

    private final String name;
    private final byte[] text;
    private final String hash;

    private Script(String name, byte[] text) {
        this.name = name;
        this.text = text;
        this.hash = hashOf(text);
    }

    /** The script in the file of this name beside the class. */
    public static Script beside(Class<?> adapter, String name) {
        String file = name + ".lua";
        return new Script(name, (PRELUDE + read(adapter, file)).getBytes(StandardCharsets.UTF_8));
    }

    byte[] text() {
        return text.clone();
    }

    /** In hexadecimal, as Redis names it. */
    String hash() {
        return hash;
    }

    @Override
    public String toString() {
        return name;
    }

    private static String read(Class<?> beside, String file) {
        try (InputStream in = beside.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("there is no " + file + " beside " + beside.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hashOf(byte[] text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
