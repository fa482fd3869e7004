package dev.daveloper.http.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daveloper.application.ratelimits.in.Call;
import dev.daveloper.application.ratelimits.in.RateLimits.Admission;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.http.HttpParts;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * GraphQL over HTTP, as the working group's draft has it: queries by GET and POST, mutations by POST alone, answers as
 * {@value #RESPONSE}, or as JSON for those who know no other.
 */
final class GraphRoutes {
    static final String RESPONSE = "application/graphql-response+json";
    static final String PATH = "/graphql";

    /** Foreign pages cannot send it without being allowed to, by a preflight. */
    private static final String PREFLIGHT = "GraphQL-Require-Preflight";

    private static final int OK = 200;
    private static final int INVALID = 400;

    private final GraphEngine engine;
    private final HttpParts parts;

    GraphRoutes(GraphEngine engine, HttpParts parts) {
        this.engine = engine;
        this.parts = parts;
    }

    void register(RoutesConfig routes, String prefix) {
        routes.post(prefix + PATH, this::post, Input.READ, Counted.BY_ITSELF);
        routes.get(prefix + PATH, this::get, Input.READ, Counted.BY_ITSELF);
    }

    private void post(Context ctx) throws IOException, InterruptedException {
        ObjectNode body = parts.bodies().readObject(ctx.req());
        answer(
                ctx,
                new GraphRequest(
                        text(body.get("query"), "query"),
                        text(body.get("operationName"), "operationName"),
                        map(body.get("variables"), "variables"),
                        map(body.get("extensions"), "extensions")));
    }

    private void get(Context ctx) throws InterruptedException {
        parts.crossSite().checkRead(ctx.req(), PREFLIGHT);
        answer(
                ctx,
                new GraphRequest(
                        given(ctx.queryParam("query")),
                        given(ctx.queryParam("operationName")),
                        object(ctx.queryParam("variables"), "variables"),
                        object(ctx.queryParam("extensions"), "extensions")));
    }

    private void answer(Context ctx, GraphRequest request) throws InterruptedException {
        String form = Accept.choose(ctx.header("Accept"), RESPONSE, Accept.JSON);
        if (request.query().isEmpty()) {
            throw new InvalidRequest("#/query", "A query is needed.");
        }
        GraphEngine.Judgement judgement = engine.judge(request);
        switch (judgement) {
            case GraphEngine.Refused refused -> {
                parts.gate().enter(ctx, Call.Amount.ONE);
                write(ctx, form, form.equals(RESPONSE) ? INVALID : OK, Map.of("errors", spoken(refused.errors())));
            }
            case GraphEngine.Ready ready -> {
                requireFitting(ctx, ready);
                Admission admission = parts.gate().enter(ctx, Call.Amount.ofComplexity(ready.weight()));
                ExecutionResult result = engine.execute(ready, new HttpAsker(ctx, parts, admission));
                ctx.header("Cache-Control", "no-store");
                write(ctx, form, form.equals(RESPONSE) ? GraphStatus.of(result) : OK, result.toSpecification());
            }
        }
    }

    /** What changes something is never done by an address, and what goes on and on is no single answer. */
    private static void requireFitting(Context ctx, GraphEngine.Ready ready) {
        if (ready.kind() == Operation.MUTATION && !ctx.req().getMethod().equals("POST")) {
            throw new Refusal(
                    TransportFailure.METHOD_NOT_ALLOWED.type(), "Mutations are sent by POST.", Map.of("Allow", "POST"));
        }
        if (ready.kind() == Operation.SUBSCRIPTION) {
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

    private static Optional<String> given(@Nullable String text) {
        return Optional.ofNullable(text).filter(any -> !any.isEmpty());
    }

    private static Optional<String> text(@Nullable JsonNode node, String name) {
        if (node == null || node.isNull()) {
            return Optional.empty();
        }
        if (!node.isTextual()) {
            throw new InvalidRequest("#/" + name, name + " must be a string.");
        }
        return given(node.textValue());
    }

    private Map<String, Object> map(@Nullable JsonNode node, String name) {
        if (node == null || node.isNull()) {
            return Map.of();
        }
        if (!(node instanceof ObjectNode object)) {
            throw new InvalidRequest("#/" + name, name + " must be an object.");
        }
        return parts.json().map(object);
    }

    private Map<String, Object> object(@Nullable String text, String name) {
        if (text == null || text.isEmpty() || text.equals("null")) {
            return Map.of();
        }
        if (!(parts.json().value(text) instanceof Map<?, ?> map)) {
            throw new InvalidRequest("#/" + name, name + " must be an object.");
        }
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), value));
        return copy;
    }
}
