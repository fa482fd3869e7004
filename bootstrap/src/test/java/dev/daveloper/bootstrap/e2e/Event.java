package dev.daveloper.bootstrap.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;

/** What a viewer was told, on whichever transport. */
record Event(JsonNode json) {
    String type() {
        return json.path("type").asText();
    }

    String cursor() {
        return json.path("cursor").asText();
    }

    String runId() {
        return json.path("runId").asText();
    }

    boolean is(String type) {
        return type().equals(type);
    }

    String outcome() {
        return json.path("outcome").asText();
    }

    /** The text of the stored message, of an ending. */
    String storedText() {
        return json.path("message").path("text").asText();
    }

    /** What the viewer has read. */
    static String textOf(List<Event> events) {
        return events.stream()
                .filter(event -> event.is("text.delta"))
                .map(event -> event.json().path("text").asText())
                .collect(Collectors.joining());
    }
}
