package dev.daveloper.http.failures;

import dev.daveloper.http.requests.Accept;
import dev.daveloper.http.requests.Bodies;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Locale;

/** Every kind of failure, explained: at {@code /errors/{code}} and in {@code docs/reference/errors.md}. */
public final class ErrorCatalogue {
    private final Bodies bodies;

    public ErrorCatalogue(Bodies bodies) {
        this.bodies = bodies;
    }

    public void register(RoutesConfig routes) {
        routes.get("/errors/{code}", this::explain);
    }

    private void explain(Context ctx) {
        ProblemType type = FailureTable.find(ctx.pathParam("code"))
                .orElseThrow(() -> new Refusal(TransportFailure.ROUTE_NOT_FOUND, "There is no such error code."));
        if (Accept.choose(ctx.header("Accept"), Accept.JSON, Accept.HTML).equals(Accept.HTML)) {
            ctx.contentType("text/html; charset=utf-8");
            ctx.result(html(type));
            return;
        }
        bodies.write(ctx, 200, KindView.of(type));
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

                *Again* says whether the same request is worth sending again. *WebSocket* is the code with which a socket
                is closed over it; where there is none, the socket stays open. *Class* is the word for clients that only
                tell a few kinds apart. *Counted as* and *log* are the operator's: on whose account an occurrence is
                counted, and at which level it is written.

                This page is made from the code's own table.

                | code | status | title | what it means | again | WebSocket | class | counted as | log |
                |---|---|---|---|---|---|---|---|---|
                """);
        for (ProblemType type : FailureTable.ALL) {
            page.append(row(type));
        }
        return page.toString();
    }

    private static String row(ProblemType type) {
        Handling handling = type.handling();
        String closeCode = handling.closeCode().isPresent()
                ? Integer.toString(handling.closeCode().getAsInt())
                : "";
        return "| `%s` | %d | %s | %s | %s | %s | `%s` | %s | %s |\n"
                .formatted(
                        type.code(),
                        type.status(),
                        type.title(),
                        type.meaning(),
                        lower(handling.retry()),
                        closeCode,
                        handling.classification(),
                        lower(handling.outcome()),
                        lower(handling.level()));
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
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
