package dev.daveloper.http.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.http.TestGateway;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiDocumentsTest {
    private static final Path WRITTEN = Path.of("src", "main", "resources", "api");

    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.of(ScriptedAgent.saying("hello"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"openapi", "asyncapi"})
    void a_document_is_served_as_it_is_written_and_as_json_with_the_same_content(String name) throws Exception {
        HttpResponse<String> yaml = gateway.get("/v1/" + name + ".yaml");
        assertThat(yaml.headers().firstValue("Content-Type")).hasValue("application/yaml");
        assertThat(yaml.body()).isEqualTo(Files.readString(WRITTEN.resolve(name + ".yaml")));
        HttpResponse<String> json = gateway.get("/" + name + ".json");
        assertThat(json.headers().firstValue("Content-Type")).hasValue("application/json");
        JsonNode written = new YAMLMapper().readTree(yaml.body());
        assertThat(TestGateway.json(json)).isEqualTo(written);
        assertThat(written.path(name).asText()).startsWith("3.");
    }

    @Test
    void the_schema_of_graphql_is_served_as_it_is_written() throws Exception {
        HttpResponse<String> schema = gateway.get("/graphql/schema");
        assertThat(schema.headers().firstValue("Content-Type")).hasValue("application/graphql; charset=utf-8");
        assertThat(schema.body()).isEqualTo(Files.readString(WRITTEN.resolve("schema.graphqls")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/openapi.yaml",
                "/v1/openapi.json",
                "/asyncapi.yaml",
                "/asyncapi.json",
                "/graphql/schema",
                "/v1/graphql/schema"
            })
    void a_document_that_is_held_is_not_sent_again(String path) throws Exception {
        HttpResponse<String> first = gateway.get(path);
        assertThat(first.headers().firstValue("Cache-Control")).hasValue("no-cache");
        String etag = first.headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> second = gateway.send(gateway.request(path).header("If-None-Match", etag));
        assertThat(second.statusCode()).isEqualTo(304);
        assertThat(second.body()).isEmpty();
        assertThat(gateway.send(gateway.request(path).header("If-None-Match", "\"other\""))
                        .statusCode())
                .isEqualTo(200);
    }
}
