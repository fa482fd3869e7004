package dev.daveloper.http.chat;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.chat.RunRecord;
import org.jspecify.annotations.Nullable;

/** A run as clients see it. */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record RunView(
        String runId,
        String sessionId,
        String status,
        String startedAt,
        @Nullable MessageView message) {
    public static RunView of(RunRecord found) {
        return of(found.run(), found.answer().map(MessageView::of).orElse(null));
    }

    public static RunView running(Run run) {
        return of(run, null);
    }

    private static RunView of(Run run, @Nullable MessageView message) {
        return new RunView(
                run.id().value(),
                run.sessionId().value(),
                message == null ? "running" : "finished",
                run.startedAt().toString(),
                message);
    }
}
