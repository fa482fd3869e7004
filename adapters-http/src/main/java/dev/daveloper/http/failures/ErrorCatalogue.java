package dev.daveloper.http.failures;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.daveloper.http.requests.Accept;
import dev.daveloper.http.requests.Bodies;
import dev.daveloper.http.requests.Input;
import dev.daveloper.http.security.Admins;
import dev.daveloper.http.security.SecurityHeaders;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;

/**
 * Every kind of failure, explained to people and programs at {@code /errors} and {@code /errors/{code}}, and to
 * administrators how often each occurred.
 */
public final class ErrorCatalogue {
    /** The same for everybody, and for as long as this version runs. */
    private static final String CACHED = "public, max-age=300";

    private static final String EXAMPLE_TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final ObjectWriter PRETTY = JsonMapper.builder().build().writerWithDefaultPrettyPrinter();

    private final Bodies bodies;
    private final Admins admins;
    private final FailureCounts counts;

    public ErrorCatalogue(Bodies bodies, Admins admins, FailureCounts counts) {
        this.bodies = bodies;
        this.admins = admins;
        this.counts = counts;
    }

    public void register(RoutesConfig routes, String prefix) {
        routes.get(prefix + "/errors", this::list, Input.IGNORED);
        // Before the codes, of which none is called so.
        routes.get(prefix + "/errors/stats", this::count);
        routes.get(prefix + "/errors/{code}", this::explain, Input.IGNORED);
    }

    private void list(Context ctx) {
        if (wantsPage(ctx)) {
            show(ctx, ErrorPages.of(FailureTable.ALL));
            return;
        }
        bodies.write(
                ctx, 200, new Kinds(FailureTable.ALL.stream().map(KindView::of).toList()));
    }

    private void explain(Context ctx) throws JsonProcessingException {
        ProblemType type = FailureTable.find(ctx.pathParam("code"))
                .orElseThrow(() -> new Refusal(TransportFailure.ROUTE_NOT_FOUND, "There is no such error code."));
        if (wantsPage(ctx)) {
            show(ctx, ErrorPages.of(type, PRETTY.writeValueAsString(example(type))));
            return;
        }
        bodies.write(ctx, 200, KindView.of(type));
    }

    private void count(Context ctx) {
        admins.requireAdmin(ctx);
        List<FailureCountView> items =
                counts.occurrences().stream().map(FailureCountView::of).toList();
        bodies.write(ctx, 200, new Counts(counts.since().toString(), items));
    }

    /** Whether it is a page rather than JSON that is wanted; both may be kept for a while, apart. */
    private static boolean wantsPage(Context ctx) {
        boolean page =
                Accept.choose(ctx.header("Accept"), Accept.JSON, Accept.HTML).equals(Accept.HTML);
        ctx.header("Cache-Control", CACHED);
        ctx.res().addHeader("Vary", "Accept");
        return page;
    }

    private static void show(Context ctx, String page) {
        SecurityHeaders.page(ctx::header);
        ctx.contentType("text/html; charset=utf-8");
        ctx.result(page);
    }

    private static Problem example(ProblemType type) {
        return Problem.of(type, type.meaning().replace("`", "")).at("/v1/agent/chat", EXAMPLE_TRACE);
    }

    private record Kinds(List<KindView> items) {}

    private record Counts(String since, List<FailureCountView> items) {}
}
