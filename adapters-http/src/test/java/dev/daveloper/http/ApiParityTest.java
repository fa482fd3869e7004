package dev.daveloper.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.domain.failures.FailureCode;
import dev.daveloper.http.failures.TransportFailure;
import dev.daveloper.http.testkit.ApiContract;
import dev.daveloper.http.testkit.ApiDocument;
import dev.daveloper.http.testkit.Operations.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is described is there, and what is there is described. */
class ApiParityTest {
    private static final ApiDocument OPENAPI = ApiDocument.of("openapi.yaml");
    /** For people; what they need of the API is described. */
    private static final Set<String> PAGES =
            Set.of("GET /", "GET /docs", "GET /graphiql", "GET /status", "GET /web/{}");
    /** A servlet of its own, beside the routes. */
    private static final Set<String> SOCKETS = Set.of("GET /ws/chat", "GET /v1/ws/chat");

    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.of(ScriptedAgent.saying("hello"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static Set<String> described() {
        return ApiContract.operations().all().stream()
                .map(Operation::shape)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> routed() {
        return gateway.server().routes().stream()
                .map(route -> route.replaceAll("[{<][^}>]*[}>]", "{}"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> without(Set<String> all, Set<String> others) {
        Set<String> rest = new TreeSet<>(all);
        rest.removeAll(others);
        return rest;
    }

    @Test
    void every_route_is_described() {
        assertThat(without(without(routed(), PAGES), described())).isEmpty();
    }

    @Test
    void every_operation_that_is_described_is_routed() {
        assertThat(without(without(described(), SOCKETS), routed())).isEmpty();
    }

    @Test
    void the_sockets_that_are_described_are_there() throws Exception {
        for (String socket : SOCKETS) {
            assertThat(described()).contains(socket);
            assertThat(gateway.get(socket.substring(4)).statusCode()).isEqualTo(426);
        }
    }

    @Test
    void every_code_is_described_and_every_code_that_is_described_exists() {
        Set<String> codes = new TreeSet<>();
        Stream.of(FailureCode.values()).map(FailureCode::wireName).forEach(codes::add);
        Stream.of(TransportFailure.values())
                .map(failure -> failure.type().code())
                .forEach(codes::add);
        assertThat(texts(OPENAPI.at("/components/schemas/ProblemCode/enum"))).isEqualTo(codes);
        // Each is told with the responses that may have it, too.
        String responses = OPENAPI.at("/components/responses").toString();
        assertThat(codes).allMatch(code -> responses.contains("`" + code + "`"));
    }

    @Test
    void what_both_documents_describe_they_describe_in_the_same_words() {
        ApiDocument asyncapi = ApiDocument.of("asyncapi.yaml");
        List<String> shared = new ArrayList<>();
        asyncapi.at("/components/schemas").properties().forEach(schema -> {
            JsonNode other = OPENAPI.at("/components/schemas/" + schema.getKey());
            if (!other.isMissingNode()) {
                shared.add(schema.getKey());
                UnaryOperator<String> own = text -> text.replace("/asyncapi.yaml#", "/openapi.yaml#");
                assertThat(own.apply(schema.getValue().toString()))
                        .as(schema.getKey())
                        .isEqualTo(other.toString());
            }
        });
        assertThat(shared).contains("Message", "Problem", "RunFinished", "Job");
    }

    @Test
    void operations_have_names_of_their_own_and_say_what_they_are() {
        List<String> names = new ArrayList<>();
        for (JsonNode path : OPENAPI.at("/paths")) {
            for (String method : List.of("get", "post", "put", "patch", "delete", "head")) {
                JsonNode operation = path.path(method);
                if (!operation.isMissingNode()) {
                    names.add(operation.path("operationId").asText());
                    assertThat(operation.path("summary").asText()).isNotBlank();
                    assertThat(operation.path("description").asText()).isNotBlank();
                    assertThat(operation.path("tags")).isNotEmpty();
                    assertThat(operation.has("security")).isTrue();
                }
            }
        }
        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z][A-Za-z]+"));
    }

    private static Set<String> texts(JsonNode list) {
        Set<String> texts = new TreeSet<>();
        list.forEach(item -> texts.add(item.textValue()));
        return texts;
    }
}
