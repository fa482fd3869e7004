package dev.daveloper.http.failures;

import dev.daveloper.domain.failures.FailureCode;
import dev.daveloper.http.requests.Accept;
import dev.daveloper.http.requests.Bodies;
import dev.daveloper.http.requests.Input;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every kind of failure, explained: at {@code /errors/{code}} and in {@code docs/reference/errors.md}. */
public final class ErrorCatalogue {
    private static final List<ProblemType> TYPES = Stream.concat(
                    Stream.of(FailureCode.values()).map(ProblemType::of),
                    Stream.of(TransportFailure.values()).map(TransportFailure::type))
            .sorted(Comparator.comparingInt(ProblemType::status).thenComparing(ProblemType::code))
            .toList();
    private static final Map<String, ProblemType> BY_CODE =
            TYPES.stream().collect(Collectors.toUnmodifiableMap(ProblemType::code, Function.identity()));

    private final Bodies bodies;

    public ErrorCatalogue(Bodies bodies) {
        this.bodies = bodies;
    }

    public void register(RoutesConfig routes) {
        routes.get("/errors/{code}", this::explain, Input.IGNORED);
    }

    private void explain(Context ctx) {
        ProblemType type = BY_CODE.get(ctx.pathParam("code"));
        if (type == null) {
            throw new Refusal(TransportFailure.ROUTE_NOT_FOUND, "There is no such error code.");
        }
        if (Accept.choose(ctx.header("Accept"), Accept.JSON, Accept.HTML).equals(Accept.HTML)) {
            ctx.contentType("text/html; charset=utf-8");
            ctx.result(html(type));
            return;
        }
        bodies.write(ctx, 200, type);
    }

    /** The reference page of all kinds. */
    static String markdown() {
        StringBuilder page = new StringBuilder("""
                # Errors

                Every failure is a problem object ([RFC 9457](https://www.rfc-editor.org/rfc/rfc9457)): as the body of a
                response with the media type `application/problem+json`, in `error` of a `run.finished` event and of a
                failed ingestion, and in `problem` of a WebSocket's `error` message and of a file that was not taken.
                Its `code` never changes; `type` is an address of this gateway that explains it. `traceId` leads the
                operator to the log, `errors` names what is wrong with a request by JSON Pointers, `runId` is the run
                it is about, `items` says what became of each file of an upload, and `rest` why what stood behind them
                was not read.

                This page is made from the code's own table.

                | code | status | title | what it means |
                |---|---|---|---|
                """);
        for (ProblemType type : TYPES) {
            page.append("| `%s` | %d | %s | %s |%n"
                    .replace("%n", "\n")
                    .formatted(type.code(), type.status(), type.title(), type.meaning()));
        }
        return page.toString();
    }

    private static String html(ProblemType type) {
        return """
                <!doctype html>
                <html lang="en">
                <head><meta charset="utf-8"><title>%1$s</title></head>
                <body><main><h1>%1$s</h1><p>%2$s</p><p>Code <code>%3$s</code>, status %4$d.</p></main></body>
                </html>
                """.formatted(type.title(), type.meaning().replace("\"", "&quot;"), type.code(), type.status());
    }
}
