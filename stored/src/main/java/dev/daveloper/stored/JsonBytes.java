package dev.daveloper.stored;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * JSON as bytes. Surrogates are written as escapes, each by itself: a stream of deltas may be cut between the two
 * halves of a character, UTF-8 cannot say half a character, and what comes back must be what went in.
 */
public final class JsonBytes {
    private static final int LAST_BEFORE_SURROGATES = 0xD7FF;
    /** The usual pool keeps buffers by thread, and a virtual thread would make and throw away its own. */
    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
            .build());

    private JsonBytes() {}

    /** What is written. */
    public interface Writing {
        void to(JsonGenerator out) throws IOException;
    }

    public static byte[] write(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = MAPPER.createGenerator(bytes)) {
            out.setHighestNonEscapedChar(LAST_BEFORE_SURROGATES);
            writing.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    public static JsonNode read(byte[] json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException("what is stored is no JSON", e);
        }
    }

    /** The field's value; empty when there is none of this name. */
    public static Optional<JsonNode> optional(JsonNode json, String field) {
        return Optional.ofNullable(json.get(field));
    }
}
