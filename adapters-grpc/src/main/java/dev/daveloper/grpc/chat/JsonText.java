package dev.daveloper.grpc.chat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.daveloper.domain.chat.Json;
import java.io.IOException;
import java.util.Optional;

/** Tells texts that are JSON objects from those that only claim to be. */
final class JsonText {
    private static final JsonFactory JSON = new JsonFactory();

    private JsonText() {}

    /** The text as JSON when it is one object (RFC 8259) and nothing else; no text at all is an empty object. */
    static Optional<Json> object(String text) {
        if (text.isEmpty()) {
            return Optional.of(Json.EMPTY_OBJECT);
        }
        return isObject(text) ? Optional.of(new Json(text)) : Optional.empty();
    }

    private static boolean isObject(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            parser.skipChildren();
            return parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }
}
