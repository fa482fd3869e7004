package dev.daveloper.http.chat;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.daveloper.application.chat.in.Chat;
import dev.daveloper.application.chat.in.ChatRequest;
import dev.daveloper.application.chat.in.RunFollower;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.chat.RunOutcome;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.domain.sessions.Session;
import dev.daveloper.http.SseStreams;
import dev.daveloper.http.chat.MessageView.UsageView;
import dev.daveloper.http.requests.Accept;
import dev.daveloper.http.requests.Bodies;
import dev.daveloper.http.security.Callers;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes a message and gives the answer: whole, as a stream, or as an address to come back to. */
final class ChatRoutes {
    private static final String RUN_ID = "X-Run-Id";

    private final Chat chat;
    private final Callers callers;
    private final Bodies bodies;
    private final EventJson events;
    private final SseStreams streams;
    private final RunFailures failures;
    private final Duration answerWait;

    ChatRoutes(
            Chat chat,
            Callers callers,
            Bodies bodies,
            EventJson events,
            SseStreams streams,
            RunFailures failures,
            Duration answerWait) {
        this.chat = chat;
        this.callers = callers;
        this.bodies = bodies;
        this.events = events;
        this.streams = streams;
        this.failures = failures;
        this.answerWait = answerWait;
    }

    void register(RoutesConfig routes, String prefix) {
        routes.post(prefix + "/agent/chat", ctx -> send(ctx, prefix));
    }

    private void send(Context ctx, String prefix) throws IOException, InterruptedException {
        boolean later = prefersAsync(ctx);
        String form = later
                ? Accept.choose(ctx.header("Accept"), Accept.JSON)
                : Accept.choose(ctx.header("Accept"), Accept.JSON, Accept.EVENT_STREAM);
        ChatRequest request = requestOf(ctx);
        Session session = callers.requireOrOpen(ctx);
        if (form.equals(Accept.EVENT_STREAM)) {
            stream(ctx, session, request);
            return;
        }
        Run run = chat.start(session.id(), later ? request.inBackground() : request)
                .run();
        ctx.header(RUN_ID, run.id().value());
        Optional<AssistantMessage> answer = later ? Optional.empty() : chat.await(session.id(), run.id(), answerWait);
        if (answer.isPresent()) {
            answer(ctx, run, answer.get());
            return;
        }
        if (later) {
            ctx.header("Preference-Applied", "respond-async");
        }
        ctx.header("Location", prefix + "/agent/runs/" + run.id());
        bodies.write(ctx, 202, RunView.running(run));
    }

    /** The place among the viewers is taken first: a run that nobody could watch would be started for nothing. */
    private void stream(Context ctx, Session session, ChatRequest request) throws InterruptedException {
        try (SseStreams.Place place = streams.take(Optional.of(session.id()))) {
            Run run = chat.start(session.id(), request).run();
            ctx.header(RUN_ID, run.id().value());
            try (RunFollower follower = chat.follow(session.id(), run.id(), Cursor.START)) {
                place.stream(ctx, new RunEvents(events, run.id(), follower, null));
            }
        }
    }

    private void answer(Context ctx, Run run, AssistantMessage answer) {
        if (answer.outcome() == RunOutcome.FAILED) {
            failures.answer(ctx, run.id(), answer.error());
            return;
        }
        MessageView message = MessageView.of(answer);
        bodies.write(ctx, 200, new AnswerView(run.id().value(), run.sessionId().value(), message, message.usage()));
    }

    private ChatRequest requestOf(Context ctx) throws IOException {
        SendMessage body = bodies.read(ctx, SendMessage.class);
        String header = ctx.header("Idempotency-Key");
        if (header == null) {
            return body.toRequest();
        }
        String key = IdempotencyKeys.parse(header);
        if (body.clientMessageId() != null && !body.clientMessageId().equals(key)) {
            throw new InvalidRequest(
                    "#/clientMessageId", "clientMessageId and the Idempotency-Key header must be the same.");
        }
        return body.toRequest().withIdempotencyKey(key);
    }

    private static boolean prefersAsync(Context ctx) {
        String prefer = ctx.header("Prefer");
        if (prefer == null) {
            return false;
        }
        for (String preference : prefer.toLowerCase(Locale.ROOT).split("[,;]", -1)) {
            if (preference.strip().equals("respond-async")) {
                return true;
            }
        }
        return false;
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record AnswerView(
            String runId,
            String sessionId,
            MessageView message,
            @Nullable UsageView usage) {}
}
