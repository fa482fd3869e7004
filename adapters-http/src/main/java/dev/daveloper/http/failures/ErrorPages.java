package dev.daveloper.http.failures;

import static dev.daveloper.http.failures.Html.escape;
import static dev.daveloper.http.failures.Html.sentence;

import dev.daveloper.http.failures.Handling.Retry;
import java.util.List;

/** The catalogue for people: a page of all kinds, and one of each. Whatever is put in is escaped. */
final class ErrorPages {
    private ErrorPages() {}

    static String of(ProblemType type, String example) {
        Handling handling = type.handling();
        String onSocket = handling.closeCode().isPresent()
                ? "the socket is closed with " + handling.closeCode().getAsInt()
                : "the socket stays open";
        String advice = handling.retry() == Retry.LATER ? handling.retry().advice() : onceCorrected(type);
        return page(type.title(), """
                <p class="code"><code>%s</code></p>
                <h1>%s</h1>
                <p class="lead">%s</p>
                <h2>What to do</h2>
                <p>%s</p>
                <h2>How it is told</h2>
                <dl>
                  <div><dt>HTTP status</dt><dd>%d</dd></div>
                  <div><dt>On a WebSocket</dt><dd>%s</dd></div>
                  <div><dt>Class</dt><dd><code>%s</code></dd></div>
                </dl>
                <h2>An example</h2>
                <pre tabindex="0" aria-label="An example"><code>%s</code></pre>
            """.formatted(
                        escape(type.code()),
                        escape(type.title()),
                        sentence(type.meaning()),
                        sentence(advice),
                        type.status(),
                        escape(onSocket),
                        escape(handling.classification().name()),
                        escape(example)));
    }

    static String of(List<ProblemType> types) {
        StringBuilder items = new StringBuilder();
        types.forEach(type -> items.append(
                """
                  <li><a href="%s"><span class="status">%d</span><span class="name">%s</span>
                    <code>%s</code></a></li>
            """.formatted(escape(type.page()), type.status(), escape(type.title()), escape(type.code()))));
        return page("Errors", """
                <h1>Errors</h1>
                <p class="lead">Every failure carries one of these codes, on every transport. A code never changes.</p>
                <ul class="kinds">
            %s    </ul>
            """.formatted(items));
    }

    private static String page(String title, String content) {
        return """
            <!doctype html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <title>%s · Daveloper</title>
              <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
              <meta name="color-scheme" content="light dark">
              <link rel="icon" href="/web/icon.svg" type="image/svg+xml">
              <link rel="stylesheet" href="/web/css/base.css">
              <link rel="stylesheet" href="/web/css/errors.css">
            </head>
            <body>
              <a class="skip" href="#content">Skip to the content</a>
              <header class="bar">
                <a class="brand" href="/" aria-label="Daveloper, to the conversation">
                  <img src="/web/icon.svg" alt="" width="28" height="28"><span>Daveloper</span></a>
                <nav aria-label="Catalogue"><a class="button" href="/errors">All errors</a></nav>
              </header>
              <main class="errors" id="content">
            %s  </main>
            </body>
            </html>
            """.formatted(escape(title), content);
    }

    private static String onceCorrected(ProblemType type) {
        return type.handling().outcome() == Handling.Outcome.GATEWAY
                ? "Tell the operator the `traceId` of the answer; it leads to the line in the log."
                : type.handling().retry().advice();
    }
}
