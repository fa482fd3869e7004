package dev.daveloper.http.graphql;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daveloper.application.ratelimits.in.Call;
import dev.daveloper.application.ratelimits.in.RateLimits.Admission;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.domain.sessions.Session;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.http.GraphListener.Transport;
import dev.daveloper.http.HttpParts;
import dev.daveloper.http.SseStreams;
import dev.daveloper.http.failures.Refusal;
import dev.daveloper.http.failures.TransportFailure;
import dev.daveloper.http.ratelimits.Counted;
import dev.daveloper.http.requests.Accept;
import dev.daveloper.http.requests.Input;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import graphql.language.OperationDefinition.Operation;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * GraphQL over HTTP, as the working group's draft has it: queries by GET and POST, mutations by POST alone, answers as
 * {@value #RESPONSE}, or as JSON for those who know no other.
 */
final class GraphRoutes {
    static final String RESPONSE = "application/graphql-response+json";
    static final String PATH = "/graphql";

    /** What would be different a moment later, also for caches that keep what is not said to be kept. */
    private static final String UNCACHEABLE = "private, no-cache, must-revalidate";

    /** Foreign pages cannot send it without being allowed to, by a preflight. */
    private static final String PREFLIGHT = "GraphQL-Require-Preflight";

    private static final int OK = 200;
    private static final int INVALID = 400;

    private final GraphEngine engine;
    private final SharedAnswers shared;
    private final HttpParts parts;

    GraphRoutes(GraphEngine engine, SharedAnswers shared, HttpParts parts) {
        this.engine = engine;
        this.shared = shared;
        this.parts = parts;
    }

    void register(RoutesConfig routes, String prefix) {
        routes.post(prefix + PATH, this::post, Input.READ, Counted.BY_ITSELF);
        routes.get(prefix + PATH, this::get, Input.READ, Counted.BY_ITSELF);
    }

    private void post(Context ctx) throws IOException, InterruptedException {
        ObjectNode body = parts.bodies().readObject(ctx.req());
        answer(ctx, GraphRequests.of(body, parts.json()));
    }

    private void get(Context ctx) throws InterruptedException {
        parts.crossSite().checkRead(ctx.req(), PREFLIGHT);
        answer(ctx, GraphRequests.of(ctx::queryParam, parts.json()));
    }

    private void answer(Context ctx, GraphRequest request) throws InterruptedException {
        String form = Accept.choose(ctx.header("Accept"), RESPONSE, Accept.JSON, Accept.EVENT_STREAM);
        if (request.isWithoutDocument()) {
            throw new InvalidRequest("#/query", "A query is needed.");
        }
        boolean streams = form.equals(Accept.EVENT_STREAM);
        Transport transport = streams ? Transport.SSE : Transport.HTTP;
        GraphEngine.Judgement judgement = engine.judge(request, transport);
        switch (judgement) {
            case GraphEngine.Refused refused -> {
                parts.gate().enter(ctx, Call.Amount.ONE);
                if (streams) {
                    stream(ctx, Optional.empty(), () -> engine.of(refused));
                } else {
                    refuse(ctx, form, refused);
                }
            }
            case GraphEngine.Ready ready -> {
                requireFitting(ctx, ready, streams);
                Admission admission = parts.gate().enter(ctx, Call.Amount.ofComplexity(ready.weight()));
                HttpAsker asker = new HttpAsker(ctx, parts, admission, transport);
                if (streams) {
                    stream(ctx, asker.session().map(Session::id), () -> engine.begin(ready, asker));
                } else {
                    ctx.header("Cache-Control", "no-store");
                    shared.answer(ctx, form, ready, asker)
                            .ifPresent(result -> write(ctx, form, statusOf(form, result), result.toSpecification()));
                }
            }
        }
    }

    private static int statusOf(String form, ExecutionResult result) {
        return form.equals(RESPONSE) ? GraphStatus.of(result) : OK;
    }

    /** Clients of automatic persisted queries want 200, and those who know JSON alone for what they asked itself. */
    private void refuse(Context ctx, String form, GraphEngine.Refused refused) {
        int status = switch (refused.cause()) {
            case OPERATION -> form.equals(RESPONSE) ? INVALID : OK;
            case NAME -> INVALID;
            case UNKNOWN_YET -> OK;
        };
        if (refused.cause() != GraphEngine.Cause.OPERATION) {
            ctx.header("Cache-Control", UNCACHEABLE);
        }
        write(ctx, form, status, Map.of("errors", spoken(refused.errors())));
    }

    /** @param owner whose session's end is the stream's end */
    private void stream(Context ctx, Optional<SessionId> owner, Beginning beginning) throws InterruptedException {
        try (SseStreams.Place place = parts.streams().take(owner);
                Results results = beginning.begin()) {
            place.stream(ctx, new GraphStream(results, parts.json()));
        }
    }

    /** Begins an operation, once there is a place for its viewer. */
    @FunctionalInterface
    private interface Beginning {
        Results begin() throws InterruptedException;
    }

    /** What changes something is never done by an address, and what goes on and on is no single answer. */
    private static void requireFitting(Context ctx, GraphEngine.Ready ready, boolean streams) {
        if (ready.kind() == Operation.MUTATION && !ctx.req().getMethod().equals("POST")) {
            throw new Refusal(
                    TransportFailure.METHOD_NOT_ALLOWED.type(), "Mutations are sent by POST.", Map.of("Allow", "POST"));
        }
        if (ready.kind() == Operation.SUBSCRIPTION && !streams) {
            throw new Refusal(
                    TransportFailure.NOT_ACCEPTABLE,
                    "A subscription is given as text/event-stream, or over a WebSocket.");
        }
    }

    private static List<Map<String, Object>> spoken(List<? extends GraphQLError> errors) {
        return errors.stream().map(GraphQLError::toSpecification).toList();
    }

    private void write(Context ctx, String form, int status, Object value) {
        parts.bodies().write(ctx, status, form + "; charset=utf-8", value);
    }
}
