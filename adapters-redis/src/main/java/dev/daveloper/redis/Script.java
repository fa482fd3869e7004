package dev.daveloper.redis;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One atomic step in Redis, written in Lua in a file beside the adapter that it belongs to. Redis is sent its hash; a
 * server that does not know it, because it is new, was restarted or was told to forget, is sent the text once.
 *
 * <p>What all scripts share stands before each of them: {@code prelude.lua}.
 */
public final class Script {
    private static final String PRELUDE = read(Script.class, "prelude.lua");

    private final String name;
    private final String title;
    private final byte[] text;
    private final String hash;

    private Script(String name, String title, byte[] text) {
        this.name = name;
        this.title = title;
        this.text = text;
        this.hash = hashOf(text);
    }

    /** The script in the file of this name beside the class. */
    public static Script beside(Class<?> adapter, String name) {
        String file = name + ".lua";
        String room = adapter.getPackageName();
        String folder =
                room.equals(Script.class.getPackageName()) ? "" : room.substring(room.lastIndexOf('.') + 1) + "/";
        return new Script(name, folder + name, (PRELUDE + read(adapter, file)).getBytes(StandardCharsets.UTF_8));
    }

    /** Sends the hash, and the text after it where it is not known. */
    CompletionStage<Reply> run(RedisClusterAsyncCommands<byte[], byte[]> commands, byte[][] names, byte[][] values) {
        RedisFuture<List<@Nullable Object>> answer = commands.evalsha(hash, ScriptOutputType.MULTI, names, values);
        return answer.exceptionallyCompose(failure -> failure instanceof RedisNoScriptException
                        ? commands.eval(text, ScriptOutputType.MULTI, names, values)
                        : CompletableFuture.failedStage(failure))
                .thenApply(Reply::new);
    }

    /** Its name with its folder, of which there is one: {@code chat/renew} is not {@code sessions/renew}. */
    String title() {
        return title;
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
