package dev.daveloper.http.requests;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daveloper.http.failures.Refusal;
import dev.daveloper.http.failures.TransportFailure;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Reads JSON strictly and writes it. Safe for use by many threads. */
public final class JsonCodec {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_NAME_CHARS = 256;
    private static final int MAX_NUMBER_CHARS = 100;
    /** Braces, brackets, names and values of one JSON text; each costs many times the bytes it came in. */
    private static final int MAX_TOKENS = 20_000;

    private final JsonMapper mapper;

    /** @param maxChars of one JSON text */
    public JsonCodec(int maxChars) {
        StreamReadConstraints constraints = StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxNameLength(MAX_NAME_CHARS)
                .maxNumberLength(MAX_NUMBER_CHARS)
                .maxStringLength(maxChars)
                .maxDocumentLength(maxChars)
                .maxTokenCount(MAX_TOKENS)
                .build();
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(constraints)
                // The usual pool keeps buffers by thread, and a virtual thread would make and throw away its own.
                .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
                // Names that strangers choose are not gathered in a table that all requests share.
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        this.mapper = JsonMapper.builder(factory)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                // A number in a free-form object is handed on with every digit that came.
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();
    }

    /**
     * Reads one JSON object in UTF-8, without a byte order mark (RFC 8259, section 8.1).
     *
     * @throws Refusal when it is not well-formed, or not an object
     */
    public ObjectNode readObject(byte[] json) {
        return readObject(decode(json));
    }

    /** As {@link #readObject(byte[])}, from text that was decoded already. */
    public ObjectNode readObject(String json) {
        try {
            return requireObject(mapper.readTree(json));
        } catch (NumberFormatException e) {
            throw hugeExponent();
        } catch (StreamConstraintsException e) {
            throw new Refusal(
                    TransportFailure.MALFORMED_JSON,
                    "The JSON is nested deeper than " + MAX_DEPTH + ", has more than " + MAX_TOKENS
                            + " names and values, a name of more than " + MAX_NAME_CHARS + " or a number of more than "
                            + MAX_NUMBER_CHARS + " characters." + where(e));
        } catch (JsonProcessingException e) {
            throw new Refusal(TransportFailure.MALFORMED_JSON, "One well-formed JSON object is expected." + where(e));
        }
    }

    /** What would be written as a JSON object, as one. */
    public ObjectNode tree(Object value) {
        return mapper.valueToTree(value);
    }

    /** One without members. */
    public ObjectNode object() {
        return mapper.createObjectNode();
    }

    /** A JSON object as {@link #value} gives it. */
    public Map<String, Object> map(ObjectNode object) {
        return mapper.convertValue(object, new TypeReference<>() {});
    }

    /**
     * Any JSON text of our own or of the agent's, as maps, lists, texts, numbers, truths and null.
     *
     * @throws Refusal as {@link #readObject(byte[])} does
     */
    public Object value(String json) {
        try {
            return mapper.readValue(json, Object.class);
        } catch (NumberFormatException e) {
            throw hugeExponent();
        } catch (JsonProcessingException e) {
            throw new Refusal(TransportFailure.MALFORMED_JSON, "Well-formed JSON is expected." + where(e));
        }
    }

    /** As UTF-8; half of a surrogate pair, which an agent may say, is written as an escape. */
    public byte[] bytes(Object value) {
        try {
            return mapper.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("our own records can be written", e);
        }
    }

    /** As {@link #bytes}, as text. */
    public String text(Object value) {
        try {
            String text = mapper.writeValueAsString(value);
            // Bare, half of a pair would be lost when the text is encoded; the other half may be in the next text.
            return Unicode.isWellFormed(text) ? text : new String(bytes(value), StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("our own records can be written", e);
        }
    }

    private static ObjectNode requireObject(JsonNode tree) {
        if (tree instanceof ObjectNode object) {
            return object;
        }
        throw new Refusal(TransportFailure.MALFORMED_JSON, "A JSON object is expected.");
    }

    /** The one thing that the parser leaves to whoever makes the number. */
    private static Refusal hugeExponent() {
        return new Refusal(TransportFailure.MALFORMED_JSON, "A number has an exponent that is too large.");
    }

    /** Every malformed sequence is an error; the usual way of decoding would put U+FFFD in its place. */
    private static String decode(byte[] json) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Refusal(TransportFailure.MALFORMED_JSON, "The body is not well-formed UTF-8.");
        }
    }

    private static String where(JsonProcessingException e) {
        JsonLocation at = e.getLocation();
        return at == null ? "" : " It fails at line " + at.getLineNr() + ", column " + at.getColumnNr() + ".";
    }
}
