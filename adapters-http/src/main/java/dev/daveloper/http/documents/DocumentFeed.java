package dev.daveloper.http.documents;

import dev.daveloper.application.documents.in.Documents;
import dev.daveloper.application.documents.in.JobFollower;
import dev.daveloper.domain.documents.IngestionJob;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.tracing.TraceContext;
import dev.daveloper.http.SocketFeed;
import dev.daveloper.http.chat.ChatProtocol;
import dev.daveloper.http.failures.Occasion;
import dev.daveloper.http.failures.Problems;
import dev.daveloper.http.requests.JsonCodec;
import java.time.Duration;

/** Tells WebSockets of the progress of their session's documents. */
final class DocumentFeed implements SocketFeed {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private final Documents documents;
    private final JsonCodec json;
    private final Problems problems;

    DocumentFeed(Documents documents, JsonCodec json, Problems problems) {
        this.documents = documents;
        this.json = json;
        this.problems = problems;
    }

    @Override
    public Telling tell(SessionId session, Listener listener) {
        DocumentTelling telling = new DocumentTelling(this, Scope.of(session), listener, FIRST_PAUSE);
        telling.wake();
        return telling;
    }

    JobFollower follow(Scope scope) {
        return documents.followAll(scope);
    }

    String messageOf(IngestionJob job) {
        return json.text(JobView.Progress.of(job));
    }

    /** A fault of ours: the WebSocket hears no more of its documents. */
    void note(RuntimeException fault) {
        problems.note(fault, Occasion.ofSocket(TraceContext.begin().traceId(), ChatProtocol.PATH));
    }
}
