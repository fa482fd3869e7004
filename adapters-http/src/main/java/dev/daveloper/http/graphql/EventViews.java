package dev.daveloper.http.graphql;

import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.FollowStep;
import dev.daveloper.domain.chat.LoggedEvent;
import dev.daveloper.domain.chat.RunEvent;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.http.chat.MessageView;
import dev.daveloper.http.requests.JsonCodec;
import java.util.HashMap;
import java.util.Map;

/** A run's events as the schema has them. Safe for use by many threads. */
final class EventViews {
    private final JsonCodec json;

    EventViews(JsonCodec json) {
        this.json = json;
    }

    Typed of(RunId run, LoggedEvent logged) {
        String cursor = logged.cursor().toString();
        return switch (logged.event()) {
            case RunEvent.Started started ->
                typed(
                        "RunStarted",
                        run,
                        cursor,
                        Map.of(
                                "sessionId", started.sessionId().value(),
                                "messageId", started.messageId().value(),
                                "userMessageId", started.userMessageId().value()));
            case AgentEvent.TextDelta delta -> typed("TextDelta", run, cursor, Map.of("text", delta.text()));
            case AgentEvent.ReasoningDelta delta -> typed("ReasoningDelta", run, cursor, Map.of("text", delta.text()));
            case AgentEvent.ToolStarted started ->
                typed(
                        "ToolStarted",
                        run,
                        cursor,
                        Map.of(
                                "callId", started.callId(),
                                "name", started.name(),
                                "arguments", json.value(started.arguments().text())));
            case AgentEvent.ToolFinished finished ->
                typed(
                        "ToolFinished",
                        run,
                        cursor,
                        Map.of(
                                "callId", finished.callId(),
                                "ok", finished.result().ok(),
                                "output", finished.result().output()));
            case AgentEvent.CitationAdded added ->
                typed("CitationAdded", run, cursor, Map.of("citation", MessageView.CitationView.of(added.citation())));
            case AgentEvent.UsageReported reported ->
                typed("UsageReported", run, cursor, Map.of("usage", MessageView.UsageView.of(reported.usage())));
            case RunEvent.Finished finished ->
                typed("RunFinished", run, cursor, Map.of("message", MessageView.of(finished.message())));
        };
    }

    Typed of(RunId run, FollowStep.Notice notice) {
        return typed("Notice", run, "", Map.of("kind", notice.wireName(), "text", notice.text()));
    }

    private static Typed typed(String name, RunId run, String cursor, Map<String, ?> own) {
        Map<String, Object> fields = new HashMap<>(own);
        fields.put("runId", run.value());
        fields.put("cursor", cursor);
        return new Typed(name, fields);
    }
}
