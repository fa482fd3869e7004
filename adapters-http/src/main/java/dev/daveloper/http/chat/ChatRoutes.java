package dev.daveloper.http.chat;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.daveloper.application.chat.in.Chat;
import dev.daveloper.application.chat.in.ChatRequest;
import dev.daveloper.application.chat.in.RunFollower;
import dev.daveloper.application.ratelimits.in.Call;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.chat.RunOutcome;
import dev.daveloper.domain.chat.TokenMeter;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.domain.sessions.Session;
import dev.daveloper.http.SseStreams;
import dev.daveloper.http.chat.MessageView.UsageView;
import dev.daveloper.http.ratelimits.Counted;
import dev.daveloper.http.ratelimits.Gate;
import dev.daveloper.http.requests.Accept;
import dev.daveloper.http.requests.Bodies;
import dev.daveloper.http.requests.Given;
import dev.daveloper.http.requests.Input;
import dev.daveloper.http.requests.Nothing;
import dev.daveloper.http.requests.Requests;
import dev.daveloper.http.requests.ServerTiming;
import dev.daveloper.http.requests.ServerTiming.Phase;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes a message and gives the answer: whole, as a stream, or as an address to come back to. */
public final class ChatRoutes {
    private static final String RUN_ID = "X-Run-Id";

    private final Chat chat;
    private final Gate gate;
    private final Requests requests;
    private final Bodies bodies;
    private final EventJson events;
    private final SseStreams streams;
    private final RunFailures failures;
    private final Duration answerWait;

    ChatRoutes(
            Chat chat,
            Gate gate,
            Requests requests,
            Bodies bodies,
            EventJson events,
            SseStreams streams,
            RunFailures failures,
            Duration answerWait) {
        this.chat = chat;
        this.gate = gate;
        this.requests = requests;
        this.bodies = bodies;
        this.events = events;
        this.streams = streams;
        this.failures = failures;
        this.answerWait = answerWait;
    }

    void register(RoutesConfig routes, String prefix) {
        routes.post(prefix + "/agent/chat", ctx -> send(ctx, prefix), Input.READ, Counted.BY_ITSELF);
    }

    private void send(Context ctx, String prefix) throws IOException, InterruptedException {
        boolean later = prefersAsync(ctx);
        Asking asking = askingOf(ctx, later);
        ChatRequest request = asking.request();
        Gate.Entered entered = gate.enterOrOpen(ctx, amountOf(request));
        Session session = entered.session();
        if (asking.form().equals(Accept.EVENT_STREAM)) {
            stream(ctx, entered, request);
            return;
        }
        Run run = chat.start(
                        session.id(),
                        later ? request.inBackground() : request,
                        entered.admission().allowance())
                .run();
        ctx.header(RUN_ID, run.id().value());
        Optional<AssistantMessage> answer = later ? Optional.empty() : awaitAnswer(ctx, run);
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

    private Optional<AssistantMessage> awaitAnswer(Context ctx, Run run) throws InterruptedException {
        Phase before = ServerTiming.enter(ctx.req(), Phase.ANSWER);
        try {
            return chat.await(run.sessionId(), run.id(), answerWait);
        } finally {
            ServerTiming.enter(ctx.req(), before);
        }
    }

    /** What is asked, and in which form the answer is wanted. */
    private record Asking(ChatRequest request, String form) {}

    /** A request that breaks the rules counts as one all the same. */
    private Asking askingOf(Context ctx, boolean later) throws IOException {
        try {
            String form = later
                    ? Accept.choose(ctx.header("Accept"), Accept.JSON)
                    : Accept.choose(ctx.header("Accept"), Accept.JSON, Accept.EVENT_STREAM);
            return new Asking(requestOf(ctx), form);
        } catch (RuntimeException e) {
            gate.enter(ctx, Call.Amount.ONE);
            throw e;
        }
    }

    /** What a message takes at most. */
    public static Call.Amount amountOf(ChatRequest request) {
        return Call.Amount.ofTokens(
                TokenMeter.estimate(request.message().length()),
                request.maxTokens().orElse(ChatRequest.MAX_TOKENS));
    }

    /** The place among the viewers is taken first: a run that nobody could watch would be started for nothing. */
    private void stream(Context ctx, Gate.Entered entered, ChatRequest request) throws InterruptedException {
        Session session = entered.session();
        try (SseStreams.Place place = streams.take(Optional.of(session.id()))) {
            Run run = chat.start(session.id(), request, entered.admission().allowance())
                    .run();
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
        Given<Nothing, SendHeaders, SendMessage> given =
                requests.read(ctx, Nothing.class, SendHeaders.class, SendMessage.class);
        ChatRequest request = given.body().toRequest();
        Optional<String> key = given.headers().key();
        if (key.isEmpty()) {
            return request;
        }
        if (request.idempotencyKey().isPresent() && !request.idempotencyKey().equals(key)) {
            throw new InvalidRequest(
                    "#/clientMessageId", "clientMessageId and the Idempotency-Key header must be the same.");
        }
        return request.withIdempotencyKey(key.get());
    }

    private static boolean prefersAsync(Context ctx) {
        String prefer = String.join(",", Collections.list(ctx.req().getHeaders("Prefer")));
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
