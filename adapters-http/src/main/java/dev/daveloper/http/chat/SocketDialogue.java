package dev.daveloper.http.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daveloper.application.chat.in.ChatRequest;
import dev.daveloper.application.ratelimits.in.RateLimits.Admission;
import dev.daveloper.application.tracing.out.Attribute;
import dev.daveloper.application.tracing.out.Span;
import dev.daveloper.application.tracing.out.Tracer;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.failures.FailureCode;
import dev.daveloper.domain.failures.GatewayException;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.domain.failures.SessionRequired;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.sessions.SessionToken;
import dev.daveloper.http.SocketListener.Result;
import dev.daveloper.http.chat.SocketMessages.Cancel;
import dev.daveloper.http.chat.SocketMessages.Envelope;
import dev.daveloper.http.chat.SocketMessages.Follow;
import dev.daveloper.http.chat.SocketMessages.Hello;
import dev.daveloper.http.failures.Handling.Outcome;
import dev.daveloper.http.failures.Occasion;
import dev.daveloper.http.failures.Problem;
import dev.daveloper.http.failures.Problems;
import dev.daveloper.http.failures.Refusal;
import dev.daveloper.http.requests.Nothing;
import dev.daveloper.http.requests.Violations;
import dev.daveloper.http.security.Callers;
import dev.daveloper.http.sockets.CloseCode;
import dev.daveloper.http.sockets.Dialogue;
import dev.daveloper.http.sockets.OpenSocket;
import dev.daveloper.http.sockets.Opening;
import dev.daveloper.http.sockets.SocketGate;
import dev.daveloper.http.sockets.SocketWriter;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is said on one WebSocket: each message is answered before the next is read. */
final class SocketDialogue implements Dialogue {
    private static final String CHAT_SEND = "chat.send";

    private final SocketServices services;
    private final OpenSocket socket;
    private final SocketWriter writer;
    private final Opening opening;
    private final SocketGate gate;
    private final Follows follows;
    private final FeedFollow feed;
    private volatile @Nullable Caller caller;
    private int mistakes;

    private record Caller(SessionToken token, SessionId session) {}

    SocketDialogue(SocketServices services, OpenSocket socket, SocketWriter writer, Opening opening) {
        this.services = services;
        this.socket = socket;
        this.writer = writer;
        this.opening = opening;
        this.gate = new SocketGate(services.rates(), opening.from());
        this.follows = new Follows(
                services.chat(), services.events(), writer, services.limits().maxFollowsPerSocket(), this::onLost);
        this.feed = new FeedFollow(services.feed(), writer);
    }

    @Override
    public Optional<SessionId> sessionId() {
        return Optional.ofNullable(caller).map(Caller::session);
    }

    @Override
    public void onMessage(String text) throws InterruptedException {
        HeardMessage heard = new HeardMessage();
        String replyTo = null;
        try {
            ObjectNode message = services.json().readObject(text);
            Violations violations = new Violations();
            Envelope envelope = takeEnvelope(message, violations);
            replyTo = envelope.id();
            heard.typed(envelope.type());
            heard.ended(onMessage(envelope, message, violations));
        } catch (RuntimeException e) {
            heard.ended(fail(e, replyTo, null));
            countMistake(e);
        } finally {
            heard.tell(services.listener());
        }
    }

    private Result onMessage(Envelope envelope, ObjectNode message, Violations violations) throws InterruptedException {
        String type = envelope.type() == null ? "" : envelope.type();
        String replyTo = envelope.id();
        if (caller == null && !type.equals("hello")) {
            return refuseStranger(replyTo);
        }
        switch (type) {
            case "hello" -> {
                return hello(bind(message, Hello.class, violations), replyTo);
            }
            case "chat.send" ->
                send(bind(message, SendMessage.class, violations).toRequest(), replyTo);
            case "run.follow" -> {
                Follow wanted = bind(message, Follow.class, violations);
                follow(enter(), wanted);
            }
            case "run.cancel" -> {
                Cancel wanted = bind(message, Cancel.class, violations);
                services.chat().cancel(enter().session(), runOf(wanted.runId()));
            }
            case "ping" -> {
                bind(message, Nothing.class, violations);
                gate.enter(Objects.requireNonNull(caller).session(), () -> {});
                say(new SocketMessages.Pong("pong", replyTo));
            }
            default -> {
                violations.refuseAny();
                throw new InvalidRequest("#/type", "There is no message of this type.");
            }
        }
        return Result.OK;
    }

    private Result refuseStranger(@Nullable String replyTo) throws InterruptedException {
        Result refused = fail(new SessionRequired(), replyTo, null);
        socket.close(CloseCode.NO_SESSION);
        return refused;
    }

    private Result hello(Hello hello, @Nullable String replyTo) throws InterruptedException {
        if (caller != null) {
            throw new InvalidRequest("#/type", "This connection has said hello before.");
        }
        gate.enter();
        Optional<SessionToken> token = hello.token() == null ? opening.token() : Callers.parse(hello.token());
        Optional<Caller> proved = token.flatMap(
                known -> services.sessions().authenticate(known).map(session -> new Caller(known, session.id())));
        if (proved.isEmpty()) {
            return refuseStranger(replyTo);
        }
        Caller known = proved.get();
        caller = known;
        if (!services.sockets().belongs(socket, known.session())) {
            socket.close(CloseCode.TOO_MANY);
            return Result.REFUSED;
        }
        socket.greeted();
        say(new SocketMessages.Ready(
                "ready",
                replyTo,
                known.session().value(),
                services.times().socketHeartbeat().toSeconds(),
                services.limits().maxMessageBytes(),
                services.chat()
                        .active(known.session())
                        .map(run -> run.id().value())
                        .orElse(null)));
        feed.start(known.session());
        for (Follow wanted : Objects.requireNonNullElse(hello.resume(), List.<Follow>of())) {
            resume(known, wanted, replyTo);
        }
        return Result.OK;
    }

    /** Each run on its own: one that is gone does not keep the others from being resumed. */
    private void resume(Caller known, Follow wanted, @Nullable String replyTo) throws InterruptedException {
        try {
            follow(known, wanted);
        } catch (GatewayException e) {
            fail(e, replyTo, wanted.runId());
        }
    }

    /** A part of the trace that the socket was opened in, and the beginning of all that is done for the message. */
    private void send(ChatRequest request, @Nullable String replyTo) throws InterruptedException {
        Span span = services.tracer().below(opening.span(), Tracer.Kind.SERVER, CHAT_SEND);
        Tracer.Scope scope = services.tracer().enter(span);
        try {
            ask(request, replyTo);
        } catch (GatewayException e) {
            span.put(Attribute.ERROR_TYPE, e.code().wireName());
            throw e;
        } finally {
            scope.close();
            span.end();
        }
    }

    private void ask(ChatRequest request, @Nullable String replyTo) throws InterruptedException {
        Caller known = Objects.requireNonNull(caller);
        Run run;
        try (Admission admission = gate.ask(known.session(), ChatRoutes.amountOf(request), () -> requireAlive(known))) {
            follows.requirePlace();
            run = services.chat()
                    .start(known.session(), request, admission.allowance())
                    .run();
        }
        // Asked before the reply is out: a run that is followed now ends on this socket by itself.
        boolean followed = follows.has(run.id());
        say(new SocketMessages.Accepted(
                "chat.accepted",
                replyTo,
                run.id().value(),
                run.messageId().value(),
                run.userMessageId().value()));
        if (!followed) {
            follows.start(known.session(), run.id(), Cursor.START);
        }
    }

    private void follow(Caller known, Follow wanted) {
        follows.start(known.session(), runOf(wanted.runId()), RunRoutes.parse(wanted.after()));
    }

    /** The caller, whose message is counted. */
    private Caller enter() {
        Caller known = Objects.requireNonNull(caller);
        gate.enter(known.session(), () -> requireAlive(known));
        return known;
    }

    /** The session is used now and must not have ended since the last message. */
    private void requireAlive(Caller known) {
        if (services.sessions().authenticate(known.token()).isEmpty()) {
            socket.close(CloseCode.SESSION_ENDED);
            throw new SessionRequired();
        }
    }

    /** The message, when nothing is wrong with it and with the envelope that it came in. */
    private <T> T bind(ObjectNode message, Class<T> type, Violations violations) {
        T bound = services.binder().bind(message, type, violations);
        violations.refuseAny();
        return bound;
    }

    /** Takes the envelope's members out, so that the message's own are left. */
    private Envelope takeEnvelope(ObjectNode message, Violations violations) {
        ObjectNode members = message.objectNode();
        for (String name : Envelope.MEMBERS) {
            JsonNode value = message.remove(name);
            if (value != null) {
                members.set(name, value);
            }
        }
        Envelope envelope = services.binder().bind(members, Envelope.class, violations);
        // An id that breaks the rules is not sent back.
        return violations.isEmpty() ? envelope : new Envelope(null, envelope.type());
    }

    private void onLost(RunId run, Exception e) {
        try {
            fail(e, null, run.value());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Result fail(Exception e, @Nullable String replyTo, @Nullable String runId) throws InterruptedException {
        Problems.Told told = services.problems()
                .tell(e, Occasion.ofSocket(opening.span().context().traceId(), ChatProtocol.PATH));
        Problem problem = runId == null ? told.problem() : told.problem().withRunId(runId);
        say(new SocketMessages.Failed("error", replyTo, problem));
        return told.outcome() == Outcome.CLIENT || told.outcome() == Outcome.LIMIT ? Result.REFUSED : Result.FAILED;
    }

    private void say(Object message) throws InterruptedException {
        writer.send(services.json().text(message));
    }

    private void countMistake(RuntimeException e) {
        boolean mistake = e instanceof Refusal
                || (e instanceof GatewayException refused && refused.code() == FailureCode.INVALID_REQUEST);
        if (mistake && ++mistakes >= services.limits().maxMistakesPerSocket()) {
            socket.close(CloseCode.POLICY);
        }
    }

    private static RunId runOf(@Nullable String id) {
        return new RunId(Objects.requireNonNull(id));
    }

    @Override
    public void close() {
        follows.close();
        feed.close();
    }
}
