package dev.daveloper.http.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.javalin.Javalin;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeprecationsTest {
    private static final String DOCUMENT = """
            openapi: 3.1.1
            paths:
              /things/{thingId}:
                get:
                  operationId: getThing
                  tags: [things]
                  deprecated: true
                  x-deprecated-at: '2026-01-01T00:00:00Z'
                  x-sunset-at: '2026-07-02T08:09:10Z'
                delete:
                  operationId: deleteThing
              /things/all:
                get:
                  operationId: listThings
                  tags: [things]
                  deprecated: true
                  x-deprecated-at: '2026-02-03T04:05:06Z'
              /things/none:
                get:
                  operationId: getNothing
            """;

    private static HttpHeaders ask(Javalin server, String method, String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                                    .method(method, HttpRequest.BodyPublishers.noBody())
                                    .build(),
                            BodyHandlers.discarding())
                    .headers();
        }
    }

    private static Javalin serving(String document) {
        return Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.jetty.host = "127.0.0.1";
                    config.jetty.port = 0;
                    config.routes.get("/v1/things/all", ctx -> ctx.status(204));
                    config.routes.get("/things/none", ctx -> ctx.status(204));
                    config.routes.get("/things/{id}", ctx -> {
                        throw new IllegalStateException("broken");
                    });
                    config.routes.delete("/things/{id}", ctx -> ctx.status(204));
                    config.routes.exception(IllegalStateException.class, (e, ctx) -> ctx.status(500));
                    Deprecations.read(document).register(config.routes, List.of("/v1", ""));
                })
                .start();
    }

    @Test
    void an_operation_that_will_go_says_since_when_until_when_and_why() throws Exception {
        Javalin server = serving(DOCUMENT);
        try {
            HttpHeaders failed = ask(server, "GET", "/things/7");
            assertThat(failed.firstValue("Deprecation")).hasValue("@1767225600");
            assertThat(failed.firstValue("Sunset")).hasValue("Thu, 02 Jul 2026 08:09:10 GMT");
            assertThat(failed.firstValue("Link"))
                    .hasValue("</docs#/things/getThing>; rel=\"deprecation\"; type=\"text/html\"");
            HttpHeaders all = ask(server, "GET", "/v1/things/all");
            assertThat(all.firstValue("Deprecation")).hasValue("@1770091506");
            assertThat(all.firstValue("Sunset")).isEmpty();
        } finally {
            server.stop();
        }
    }

    @Test
    void all_others_say_nothing() throws Exception {
        Javalin server = serving(DOCUMENT);
        try {
            for (HttpHeaders other : List.of(
                    ask(server, "DELETE", "/things/7"),
                    ask(server, "GET", "/things/none"),
                    ask(server, "GET", "/nowhere"))) {
                assertThat(other.map()).doesNotContainKeys("deprecation", "sunset", "link");
            }
        } finally {
            server.stop();
        }
    }

    @Test
    void while_nothing_will_go_no_request_is_looked_at() {
        Javalin server = serving(DOCUMENT.replace("deprecated: true", "deprecated: false"));
        try {
            assertThat(server.unsafe.internalRouter.allHttpHandlers())
                    .allMatch(handler -> handler.endpoint.method.isHttpMethod());
        } finally {
            server.stop();
        }
    }

    @Test
    void a_document_that_does_not_make_sense_is_refused() {
        assertThatThrownBy(() -> Deprecations.read(DOCUMENT.replace("x-deprecated-at", "x-other")))
                .hasMessageContaining("x-deprecated-at");
        assertThatThrownBy(() -> Deprecations.read(DOCUMENT.replace("2026-07-02T08:09:10Z", "2025-07-02T00:00:00Z")))
                .hasMessageContaining("getThing goes at 2025-07-02T00:00:00Z");
    }

    @Test
    void the_document_that_is_served_makes_sense() {
        assertThat(Deprecations.ofDocument()).isNotNull();
    }
}
