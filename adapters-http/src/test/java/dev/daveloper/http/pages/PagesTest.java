package dev.daveloper.http.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.http.TestGateway;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PagesTest {
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
    void an_asset_comes_with_its_type_its_policy_and_a_tag() throws Exception {
        HttpResponse<String> asset = gateway.get("/web/nested/probe.css");
        assertThat(asset.statusCode()).isEqualTo(200);
        assertThat(asset.body()).startsWith("body{}");
        assertThat(asset.headers().firstValue("Content-Type")).hasValue("text/css; charset=utf-8");
        assertThat(asset.headers().firstValue("Cache-Control")).hasValue("no-cache");
        assertThat(asset.headers().firstValue("Content-Security-Policy"))
                .hasValue("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                        + "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; "
                        + "frame-ancestors 'none'");
        String etag = asset.headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> again =
                gateway.send(gateway.request("/web/nested/probe.css").header("If-None-Match", "\"other\", W/" + etag));
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(again.headers().firstValue("ETag")).hasValue(etag);
        assertThat(gateway.send(gateway.request("/web/probe.txt").header("If-None-Match", "\"other\""))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void the_chat_page_and_the_reader_are_pages() throws Exception {
        for (String path : List.of("/", "/library/guides/agents")) {
            HttpResponse<String> page = gateway.get(path);
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
            assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .startsWith("default-src 'none'; script-src 'self'");
            assertThat(page.body()).containsIgnoringCase("<!doctype html>");
        }
        assertThat(gateway.send(gateway.request("/").method("HEAD", java.net.http.HttpRequest.BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void nothing_outside_the_folder_is_served() throws Exception {
        for (String path : List.of(
                "/web/missing.js",
                "/web/probe",
                "/web/.hidden.txt",
                "/web/nested",
                "/web/nested//probe.css",
                "/web/dev/daveloper/http/HttpServer.class",
                "/web/..%5cprobe.txt")) {
            assertThat(gateway.get(path).statusCode()).as(path).isIn(400, 404);
        }
    }

    @Test
    void a_document_is_given_as_its_source() throws Exception {
        HttpResponse<String> source = gateway.get("/library/guides/agents.md");
        assertThat(source.statusCode()).isEqualTo(200);
        assertThat(source.headers().firstValue("Content-Type")).hasValue("text/markdown; charset=utf-8");
        assertThat(source.body()).isEqualTo("# Agents\n");
        assertThat(gateway.get("/library/guides/missing.md").statusCode()).isEqualTo(404);
        assertThat(gateway.get("/library/guides/missing").statusCode()).isEqualTo(404);
        assertThat(gateway.get("/library/guides/.secret.md").statusCode()).isEqualTo(404);
    }
}
