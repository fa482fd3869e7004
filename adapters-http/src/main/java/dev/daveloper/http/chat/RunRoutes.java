package dev.daveloper.http.chat;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.daveloper.application.chat.in.Chat;
import dev.daveloper.application.chat.in.RunFollower;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.FollowStep;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.failures.InvalidValue;
import dev.daveloper.domain.failures.NotFound;
import dev.daveloper.domain.sessions.Session;
import dev.daveloper.http.SseStreams;
import dev.daveloper.http.requests.Accept;
import dev.daveloper.http.requests.Bodies;
import dev.daveloper.http.requests.Given;
import dev.daveloper.http.requests.Input;
import dev.daveloper.http.requests.Nothing;
import dev.daveloper.http.requests.Requests;
import dev.daveloper.http.requests.RunCursor;
import dev.daveloper.http.security.Callers;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A run by its id: how it stands, its events from any cursor, its end. */
final class RunRoutes {
    private final Chat chat;
    private final Callers callers;
    private final Requests requests;
    private final Bodies bodies;
    private final EventJson events;
    private final SseStreams streams;

    RunRoutes(Chat chat, Callers callers, Requests requests, Bodies bodies, EventJson events, SseStreams streams) {
        this.chat = chat;
        this.callers = callers;
        this.requests = requests;
        this.bodies = bodies;
        this.events = events;
        this.streams = streams;
    }

    void register(RoutesConfig routes, String prefix) {
        routes.get(prefix + "/agent/runs/{id}", this::find);
        routes.get(prefix + "/agent/runs/{id}/events", this::follow, Input.READ);
        routes.post(prefix + "/agent/runs/{id}/cancel", this::cancel);
    }

    private void find(Context ctx) {
        Session session = callers.require(ctx.req());
        bodies.write(ctx, 200, RunView.of(chat.find(session.id(), runOf(ctx))));
    }

    private void follow(Context ctx) throws InterruptedException {
        Accept.choose(ctx.header("Accept"), Accept.EVENT_STREAM);
        Session session = callers.require(ctx.req());
        RunId run = runOf(ctx);
        Cursor after = cursorOf(ctx);
        try (SseStreams.Place place = streams.take();
                RunFollower follower = chat.follow(session.id(), run, after)) {
            FollowStep first = follower.next(Duration.ZERO);
            if (first instanceof FollowStep.Ended) {
                ctx.status(204);
                return;
            }
            ctx.header("X-Run-Id", run.value());
            place.stream(ctx, new RunEvents(events, run, follower, first));
        }
    }

    private void cancel(Context ctx) {
        Session session = callers.require(ctx.req());
        chat.cancel(session.id(), runOf(ctx));
        ctx.status(202);
    }

    /** An id that cannot be one names nothing, as one that is unknown. */
    private static RunId runOf(Context ctx) {
        try {
            return new RunId(ctx.pathParam("id"));
        } catch (InvalidValue e) {
            throw new NotFound("run");
        }
    }

    /** The header wins: a browser that comes back sends it to the address that it began with. */
    private Cursor cursorOf(Context ctx) {
        Given<FollowQuery, ResumeHeaders, Nothing> given = requests.read(ctx, FollowQuery.class, ResumeHeaders.class);
        String header = given.headers().lastEventId();
        return parse(header == null || header.isEmpty() ? given.query().after() : header);
    }

    /** The cursor of a record that was validated. */
    static Cursor parse(@Nullable String cursor) {
        return cursor == null || cursor.isEmpty() ? Cursor.START : Cursor.parse(cursor);
    }

    private record FollowQuery(@RunCursor @Nullable String after) {}

    private record ResumeHeaders(
            @JsonProperty("Last-Event-ID") @RunCursor @Nullable
            String lastEventId) {}
}
