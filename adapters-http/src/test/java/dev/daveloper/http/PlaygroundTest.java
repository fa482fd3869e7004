package dev.daveloper.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.http.graphql.GraphConfig;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PlaygroundTest {
    private static final Pattern LOADED = Pattern.compile("(?:src|href)=\"(/web/[^\"]+)\"");

    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.of(ScriptedAgent.saying("hello"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void it_runs_scripts_from_here_alone_and_stands_in_nobodys_frame() throws Exception {
        HttpResponse<String> page = gateway.get("/graphiql");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
        assertThat(page.headers().allValues("Content-Security-Policy"))
                .containsExactly("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                        + "connect-src 'self'; font-src 'self' data:; base-uri 'none'; form-action 'none'; "
                        + "frame-ancestors 'none'");
        assertThat(page.headers().firstValue("X-Frame-Options")).hasValue("DENY");
    }

    @Test
    void all_that_it_loads_is_there() throws Exception {
        List<String> loaded = LOADED.matcher(gateway.get("/graphiql").body())
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(loaded).hasSizeGreaterThan(5);
        for (String path : loaded) {
            assertThat(gateway.get(path).statusCode()).as(path).isEqualTo(200);
        }
    }

    @Test
    void the_licences_are_kept_and_what_is_not_loaded_is_left_out() throws Exception {
        for (String file : List.of("bundle/LICENSE", "react/LICENSE")) {
            assertThat(PlaygroundTest.class.getResource("/web/graphiql/" + file))
                    .as(file)
                    .isNotNull();
        }
        for (String file : List.of("bundle/graphiql.min.js.map", "bundle/graphiql.js", "react/react.development.js")) {
            assertThat(gateway.get("/web/graphiql/" + file).statusCode())
                    .as(file)
                    .isEqualTo(404);
        }
    }

    @Test
    void switched_off_it_is_not_there_and_neither_is_what_it_loads() throws Exception {
        AtomicReference<HttpPorts> ports = new AtomicReference<>();
        UnaryOperator<HttpPorts> seen = given -> {
            ports.set(given);
            return given;
        };
        HttpConfig config = HttpConfig.on("127.0.0.1", 0)
                .withTimes(TestGateway.QUICK)
                .withGraphs(GraphConfig.DEFAULT.forDevelopment(false));
        try (TestGateway other = TestGateway.withPorts(ScriptedAgent.saying("hello"), seen);
                HttpServer closed = HttpServer.start(config, ports.get())) {
            String address = "http://127.0.0.1:" + closed.port();
            for (String path : List.of("/graphiql", "/web/graphiql/main.js", "/web/graphiql/bundle/graphiql.min.js")) {
                HttpRequest request =
                        HttpRequest.newBuilder(URI.create(address + path)).build();
                HttpResponse<String> answer = other.client().send(request, BodyHandlers.ofString());
                assertThat(answer.statusCode()).as(path).isEqualTo(404);
                assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
                assertThat(TestGateway.json(answer).path("code").textValue()).isEqualTo("route_not_found");
            }
        }
    }
}
