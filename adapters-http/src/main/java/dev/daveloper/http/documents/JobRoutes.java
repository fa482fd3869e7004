package dev.daveloper.http.documents;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.daveloper.application.documents.in.Documents;
import dev.daveloper.application.documents.in.JobFollower;
import dev.daveloper.domain.cache.Tag;
import dev.daveloper.domain.documents.IngestionJob;
import dev.daveloper.domain.documents.JobId;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.failures.InvalidValue;
import dev.daveloper.domain.failures.NotFound;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.http.HttpParts;
import dev.daveloper.http.SseStreams;
import dev.daveloper.http.cache.KeptAnswers;
import dev.daveloper.http.requests.Accept;
import dev.daveloper.http.requests.Bodies;
import dev.daveloper.http.requests.Input;
import dev.daveloper.http.requests.JsonCodec;
import dev.daveloper.http.requests.Nothing;
import dev.daveloper.http.requests.Requests;
import dev.daveloper.http.security.Callers;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The ingestion of documents: how it stands, how it goes on, its giving up. */
final class JobRoutes {
    private final Documents documents;
    private final Callers callers;
    private final Requests requests;
    private final Bodies bodies;
    private final JsonCodec json;
    private final SseStreams streams;
    private final KeptAnswers kept;

    JobRoutes(HttpParts parts) {
        this.documents = parts.ports().documents();
        this.callers = parts.callers();
        this.requests = parts.requests();
        this.bodies = parts.bodies();
        this.json = parts.json();
        this.streams = parts.streams();
        this.kept = parts.kept();
    }

    void register(RoutesConfig routes, String prefix) {
        routes.get(prefix + "/documents/status", this::list);
        routes.get(prefix + "/documents/status/{id}", this::find);
        routes.get(prefix + "/documents/status/{id}/events", this::follow, Input.READ);
        routes.post(prefix + "/documents/status/{id}/cancel", this::cancel);
        routes.get(prefix + "/sessions/current/events", this::followAll);
    }

    private void list(Context ctx) {
        Scope viewer = callers.scope(ctx.req());
        bodies.write(
                ctx,
                200,
                new JobsView(documents.jobs(viewer).stream().map(JobView::of).toList()));
    }

    private void find(Context ctx) {
        Scope viewer = callers.scope(ctx.req());
        IngestionJob job = documents.job(viewer, jobOf(ctx));
        if (job.isOver()) {
            // Whoever hears here that it is done must find its document in the list, whichever node watches the job.
            kept.forget(Tag.documentsOf(viewer));
        }
        bodies.write(ctx, 200, JobView.of(job));
    }

    private void follow(Context ctx) {
        Accept.choose(ctx.header("Accept"), Accept.EVENT_STREAM);
        Scope viewer = callers.scope(ctx.req());
        JobId job = jobOf(ctx);
        String seen =
                requests.read(ctx, Nothing.class, ResumeHeaders.class).headers().lastEventId();
        if (seen != null && !seen.isEmpty()) {
            documents.job(viewer, job);
            ctx.status(204);
            return;
        }
        try (SseStreams.Place place = streams.take(sessionOf(viewer));
                JobFollower follower = documents.follow(viewer, job)) {
            place.stream(ctx, JobEvents.ofOne(json, follower));
        }
    }

    private void followAll(Context ctx) {
        Accept.choose(ctx.header("Accept"), Accept.EVENT_STREAM);
        Scope viewer = callers.scope(ctx.req());
        try (SseStreams.Place place = streams.take(sessionOf(viewer));
                JobFollower follower = documents.followAll(viewer)) {
            // Asked again: a session that ended a moment ago did not find this stream to end it.
            callers.scope(ctx.req());
            place.stream(ctx, JobEvents.ofAll(json, follower));
        }
    }

    private void cancel(Context ctx) {
        Scope owner = callers.scope(ctx.req());
        documents.cancel(owner, jobOf(ctx));
        ctx.status(202);
    }

    private static Optional<SessionId> sessionOf(Scope viewer) {
        return viewer instanceof Scope.OfSession own ? Optional.of(own.session()) : Optional.empty();
    }

    /** An id that cannot be one names nothing, as one that is unknown. */
    private static JobId jobOf(Context ctx) {
        try {
            return new JobId(ctx.pathParam("id"));
        } catch (InvalidValue e) {
            throw new NotFound("job");
        }
    }

    /** @param lastEventId only a final state has an id, see {@link JobEvents} */
    private record ResumeHeaders(
            @JsonProperty("Last-Event-ID")
            @Pattern(
                    regexp = "|completed|failed|cancelled",
                    message = "{name} must be completed, failed or cancelled, not '{given}'.")
            @Nullable
            String lastEventId) {}

    private record JobsView(List<JobView> items) {}
}
