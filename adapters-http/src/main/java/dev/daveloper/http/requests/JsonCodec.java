package dev.daveloper.http.requests;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.daveloper.http.failures.Refusal;
import dev.daveloper.http.failures.TransportFailure;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads JSON strictly and writes it. Safe for use by many threads. */
public final class JsonCodec {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_NAME_CHARS = 256;
    private static final int MAX_NUMBER_CHARS = 100;

    private final JsonMapper mapper;

    /** @param maxChars of one JSON text */
    public JsonCodec(int maxChars) {
        StreamReadConstraints constraints = StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxNameLength(MAX_NAME_CHARS)
                .maxNumberLength(MAX_NUMBER_CHARS)
                .maxStringLength(maxChars)
                .maxDocumentLength(maxChars)
                .build();
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(constraints)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        this.mapper = JsonMapper.builder(factory)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(LogicalType.Textual, text -> {
                    text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                    text.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                    text.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
                })
                .build();
    }

    /**
     * Reads one JSON object.
     *
     * @throws Refusal when it is not well-formed, or not an object
     */
    public ObjectNode readObject(byte[] json) {
        try {
            return requireObject(mapper.readTree(json));
        } catch (JsonProcessingException e) {
            throw malformed(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@link #readObject(byte[])}, from text that was decoded already. */
    public ObjectNode readObject(String json) {
        try {
            return requireObject(mapper.readTree(json));
        } catch (JsonProcessingException e) {
            throw malformed(e);
        }
    }

    public byte[] bytes(Object value) {
        try {
            return mapper.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("our own records can be written", e);
        }
    }

    public String text(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("our own records can be written", e);
        }
    }

    JsonMapper mapper() {
        return mapper;
    }

    private static ObjectNode requireObject(JsonNode tree) {
        if (tree instanceof ObjectNode object) {
            return object;
        }
        throw new Refusal(TransportFailure.MALFORMED_JSON, "A JSON object is expected.");
    }

    private static Refusal malformed(JsonProcessingException e) {
        JsonLocation at = e.getLocation();
        String where = at == null ? "" : " It fails at line " + at.getLineNr() + ", column " + at.getColumnNr() + ".";
        return new Refusal(TransportFailure.MALFORMED_JSON, "One well-formed JSON object is expected." + where);
    }
}
