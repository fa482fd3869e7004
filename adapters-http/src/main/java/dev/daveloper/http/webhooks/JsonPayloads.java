package dev.daveloper.http.webhooks;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.daveloper.application.webhooks.out.EventPayloads;
import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.domain.webhooks.EventType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes what receivers read, as Standard Webhooks recommends it: the type, the moment, and the data. Thin: names and
 * numbers by which more can be asked for, and of what people write and are answered nothing, unless it is wanted. Safe
 * for use by many threads.
 */
public final class JsonPayloads implements EventPayloads {
    private final ObjectWriter writer = JsonMapper.builder().build().writer();
    private final boolean withText;

    /** @param withText whether the text of answers goes along, its beginning at least */
    public JsonPayloads(boolean withText) {
        this.withText = withText;
    }

    @Override
    public String bodyOf(EventType type, Instant at, GatewayEvent event) {
        try {
            return writer.writeValueAsString(
                    new Body(type.wireName(), at.truncatedTo(ChronoUnit.MILLIS).toString(), dataOf(event)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("our own records can be written", e);
        }
    }

    private Object dataOf(GatewayEvent event) {
        return switch (event) {
            case GatewayEvent.RunEnded ended -> RunData.of(ended, withText);
            case GatewayEvent.SessionOpened opened ->
                new SessionData(opened.sessionId().value(), null);
            case GatewayEvent.SessionEnded ended ->
                new SessionData(ended.sessionId().value(), ended.how().wireName());
            case GatewayEvent.DocumentIngested ingested -> DocumentData.of(ingested.document());
            case GatewayEvent.DocumentFailed failed -> DocumentData.of(failed);
            case GatewayEvent.DocumentDeleted deleted -> DocumentData.of(deleted);
            case GatewayEvent.LimitExceeded exceeded -> OperationData.of(exceeded);
            case GatewayEvent.HealthChanged changed -> OperationData.of(changed);
            case GatewayEvent.EndpointDisabled disabled -> OperationData.of(disabled);
            case GatewayEvent.EndpointTested tested ->
                new OperationData.TestData(tested.endpoint().value());
            case GatewayEvent.SessionRenewed renewed -> throw untold(event);
            case GatewayEvent.RunStarted started -> throw untold(event);
            case GatewayEvent.Trouble trouble -> throw untold(event);
        };
    }

    private static IllegalArgumentException untold(GatewayEvent event) {
        return new IllegalArgumentException(
                "nobody outside is told of " + event.getClass().getSimpleName());
    }

    @JsonPropertyOrder({"type", "timestamp", "data"})
    private record Body(String type, String timestamp, Object data) {}

    /** @param how it ended */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record SessionData(String sessionId, @Nullable String how) {}
}
