package dev.daveloper.http.requests;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.http.requests.RecordReader.Part;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what a request says, query, headers and body, each as a record of its own, and tells of everything that is
 * wrong with all of them together. Safe for use by many threads.
 */
public final class Requests {
    private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "OPTIONS");

    private final Bodies bodies;
    private final RequestBinder binder;

    public Requests(Bodies bodies, RequestBinder binder) {
        this.bodies = bodies;
        this.binder = binder;
    }

    /** The query, where there is nothing else. */
    public <Q> Q query(Context ctx, Class<Q> query) {
        return read(ctx, query, Nothing.class).query();
    }

    /** @throws InvalidRequest naming everything that is wrong */
    public <Q, H> Given<Q, H, Nothing> read(Context ctx, Class<Q> query, Class<H> headers) {
        Violations violations = new Violations();
        Given<Q, H, Nothing> given = new Given<>(
                queryOf(ctx.req(), query, violations), headersOf(ctx.req(), headers, violations), new Nothing());
        violations.refuseAny();
        return given;
    }

    /**
     * As {@link #read(Context, Class, Class)}, with a body of JSON.
     *
     * @throws dev.daveloper.http.failures.Refusal when the body is not one JSON object
     */
    public <Q, H, B> Given<Q, H, B> read(Context ctx, Class<Q> query, Class<H> headers, Class<B> body)
            throws IOException {
        ObjectNode tree = bodies.readObject(ctx.req());
        Violations violations = new Violations();
        B said = binder.bind(tree, body, violations);
        Given<Q, H, B> given =
                new Given<>(queryOf(ctx.req(), query, violations), headersOf(ctx.req(), headers, violations), said);
        violations.refuseAny();
        return given;
    }

    /** As {@link #read(Context, Class, Class, Class)} for a body alone, which may be left out where it says nothing. */
    public <B> B bodyIfAny(Context ctx, Class<B> body) throws IOException {
        ObjectNode tree = bodies.readObjectIfAny(ctx.req()).orElseGet(JsonNodeFactory.instance::objectNode);
        Violations violations = new Violations();
        B said = binder.bind(tree, body, violations);
        queryOf(ctx.req(), Nothing.class, violations);
        violations.refuseAny();
        return said;
    }

    /** As {@link #read(Context, Class, Class, Class)} for a body alone, which is a merge patch. */
    public <B> Patch<B> readPatch(Context ctx, Class<B> body) throws IOException {
        ObjectNode tree = bodies.readObject(ctx.req());
        Violations violations = new Violations();
        B said = binder.bind(tree, body, violations);
        queryOf(ctx.req(), Nothing.class, violations);
        violations.refuseAny();
        return Patch.of(said, tree);
    }

    /** Refuses what is sent to a route that takes nothing, see {@link Input}. */
    public void refuseStray(Context ctx) throws IOException {
        Set<?> declared = ctx.routeRoles();
        if (declared.contains(Input.READ) || declared.contains(Input.IGNORED)) {
            return;
        }
        Optional<ObjectNode> body =
                WITHOUT_BODY.contains(ctx.req().getMethod()) ? Optional.empty() : bodies.readObjectIfAny(ctx.req());
        Violations violations = new Violations();
        body.ifPresent(tree -> binder.bind(tree, Nothing.class, violations));
        queryOf(ctx.req(), Nothing.class, violations);
        violations.refuseAny();
    }

    /** Refuses a query where there is no route of Javalin's. */
    public void refuseQuery(HttpServletRequest request) {
        Violations violations = new Violations();
        queryOf(request, Nothing.class, violations);
        violations.refuseAny();
    }

    private <Q> Q queryOf(HttpServletRequest request, Class<Q> type, Violations violations) {
        ObjectNode tree = Query.read(request, type, violations);
        return binder.bind(tree, type, Part.QUERY, Pointers.ROOT, violations);
    }

    private <H> H headersOf(HttpServletRequest request, Class<H> type, Violations violations) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        for (String name : RecordShape.of(type).names()) {
            List<String> values = Collections.list(request.getHeaders(name));
            if (values.size() > 1) {
                violations.add(Pointers.in(Pointers.HEADERS, name), name + " must be given once.");
            } else if (!values.isEmpty()) {
                tree.put(name, values.getFirst());
            }
        }
        return binder.bind(tree, type, Part.HEADERS, Pointers.HEADERS, violations);
    }
}
