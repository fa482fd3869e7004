package dev.daveloper.http.pages;

import dev.daveloper.http.requests.ServerTiming;
import io.javalin.http.Context;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A file as it is served.
 *
 * @param bytes not changed afterwards
 * @param etag names the bytes (RFC 9110, section 8.8.3)
 */
@SuppressWarnings("ArrayRecordComponent")
record Asset(byte[] bytes, String mediaType, String etag) {
    private static final int ETAG_CHARS = 32;

    static Asset of(byte[] bytes, String mediaType) {
        return new Asset(bytes, mediaType, etagOf(bytes));
    }

    /** Answers with the file, or with 304 when the client holds it. */
    void answer(Context ctx) {
        ServerTiming.omit(ctx.req());
        // Names do not change with contents, so a client asks each time, and mostly hears "not modified".
        ctx.header("Cache-Control", "no-cache");
        ctx.header("ETag", etag);
        if (matches(ctx.header("If-None-Match"))) {
            ctx.status(304);
            return;
        }
        ctx.contentType(mediaType);
        ctx.result(bytes);
    }

    private boolean matches(@Nullable String ifNoneMatch) {
        if (ifNoneMatch == null) {
            return false;
        }
        for (String candidate : ifNoneMatch.split(",", -1)) {
            String tag = candidate.strip();
            if (tag.equals("*") || tag.equals(etag) || tag.equals("W/" + etag)) {
                return true;
            }
        }
        return false;
    }

    private static String etagOf(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return '"' + HexFormat.of().formatHex(digest).substring(0, ETAG_CHARS) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
