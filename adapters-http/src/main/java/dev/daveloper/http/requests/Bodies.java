package dev.daveloper.http.requests;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daveloper.http.failures.Refusal;
import dev.daveloper.http.failures.SlowBody;
import dev.daveloper.http.failures.TransportFailure;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads request bodies within their limit and writes answers. Safe for use by many threads. */
public final class Bodies {
    private static final int MAX_MEDIA_TYPE_CHARS = 256;

    private final JsonCodec json;
    private final int maxBytes;

    public Bodies(JsonCodec json, int maxBytes) {
        this.json = json;
        this.maxBytes = maxBytes;
    }

    /**
     * The body, which is one JSON object.
     *
     * @throws Refusal when it is not, or is longer than it may be
     */
    public ObjectNode readObject(HttpServletRequest request) throws IOException {
        String type = typeOf(request);
        if (!isJson(type)) {
            throw notJson(type);
        }
        return json.readObject(readBytes(request));
    }

    /** As {@link #readObject}, where a request without a body is fine as well. */
    Optional<ObjectNode> readObjectIfAny(HttpServletRequest request) throws IOException {
        byte[] bytes = readBytes(request);
        return bytes.length == 0 ? Optional.empty() : Optional.of(json.readObject(bytes));
    }

    public void write(Context ctx, int status, Object value) {
        write(ctx, status, Accept.JSON, value);
    }

    public void write(Context ctx, int status, String mediaType, Object value) {
        ctx.status(status);
        ctx.contentType(mediaType);
        ctx.result(json.bytes(value));
    }

    /**
     * Lets an unsafe request pass only without a body or with a JSON one: what a foreign page can send without being
     * asked for permission is neither.
     */
    public static void requireJsonOrNothing(HttpServletRequest request) {
        boolean empty = request.getContentLengthLong() <= 0 && request.getHeader("Transfer-Encoding") == null;
        String type = typeOf(request);
        if (empty && type == null) {
            return;
        }
        if (!isJson(type)) {
            throw notJson(type);
        }
    }

    /** The header as it came: the server's own reading of it fails over an unknown charset. */
    private static @Nullable String typeOf(HttpServletRequest request) {
        return request.getHeader("Content-Type");
    }

    private static Refusal notJson(@Nullable String type) {
        boolean files = type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/");
        return new Refusal(
                TransportFailure.UNSUPPORTED_MEDIA_TYPE,
                "Send the body as application/json in UTF-8."
                        + (files ? " Files are handed over by POST /documents/ingest." : ""));
    }

    private static boolean isJson(@Nullable String contentType) {
        if (contentType == null || contentType.length() > MAX_MEDIA_TYPE_CHARS) {
            return false;
        }
        String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
        if (!parts[0].strip().equals(Accept.JSON)) {
            return false;
        }
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().replace("\"", "");
            if (parameter.startsWith("charset=") && !parameter.equals("charset=utf-8")) {
                return false;
            }
        }
        return true;
    }

    private byte[] readBytes(HttpServletRequest request) throws IOException {
        if (request.getContentLengthLong() > maxBytes) {
            throw tooLarge();
        }
        byte[] bytes = readWhatComes(request);
        if (bytes.length > maxBytes) {
            throw tooLarge();
        }
        return bytes;
    }

    private byte[] readWhatComes(HttpServletRequest request) throws IOException {
        try {
            return request.getInputStream().readNBytes(maxBytes + 1);
        } catch (IOException e) {
            if (SlowBody.caused(e)) {
                throw new Refusal(
                        TransportFailure.REQUEST_TIMEOUT, "The body stood still for too long, or came too slowly.");
            }
            throw e;
        }
    }

    private Refusal tooLarge() {
        return new Refusal(TransportFailure.BODY_TOO_LARGE, "The body may have at most " + maxBytes + " bytes.");
    }
}
