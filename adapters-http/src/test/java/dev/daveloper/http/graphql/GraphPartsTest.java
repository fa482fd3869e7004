package dev.daveloper.http.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.application.documents.in.Documents;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import dev.daveloper.domain.chat.AgentEvent.CitationAdded;
import dev.daveloper.domain.chat.Citation;
import dev.daveloper.domain.failures.DocumentsUnavailable;
import dev.daveloper.http.HttpPorts;
import dev.daveloper.http.OtherPorts;
import dev.daveloper.http.TestGateway;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An answer of which a part could not be had, because a port failed. */
class GraphPartsTest {
    private static final String DOCUMENT = "doc_01jc3v5m6x8qf7k2n9r4t0w1ae";
    private static final String SECRET = "password=hunter2 at db.internal:5432";

    private Supplier<RuntimeException> failure = () -> new IllegalStateException(SECRET);
    private final ScriptedAgent agent = ScriptedAgent.following(request -> Script.say("so")
            .then(new CitationAdded(
                    new Citation(1, new Citation.DocumentSource(DOCUMENT), "A text", "so", Optional.empty()))));
    private final TestGateway gateway = TestGateway.of(agent, GraphClient::withKey, this::failing);

    @AfterEach
    void stop() {
        gateway.close();
    }

    /** The real ports, but for documents, which fail at whatever is asked of them. */
    private HttpPorts failing(HttpPorts ports) {
        Documents documents = (Documents) Proxy.newProxyInstance(
                Documents.class.getClassLoader(), new Class<?>[] {Documents.class}, (proxy, method, arguments) -> {
                    if (method.getName().startsWith("find") || method.getName().equals("jobs")) {
                        throw failure.get();
                    }
                    try {
                        return method.invoke(ports.documents(), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return OtherPorts.with(ports, documents);
    }

    private GraphClient caller() throws Exception {
        TestGateway.Caller caller = gateway.newCaller();
        caller.ask("hi");
        return GraphClient.stranger(gateway).with(caller.token());
    }

    @Test
    void what_failed_is_null_and_all_else_is_there() throws Exception {
        GraphClient caller = caller();
        HttpResponse<String> answer = caller.send(caller.post(
                "query($id: ID!) { session { id } document(id: $id) { name } tools { name } }",
                Map.of("id", DOCUMENT)));
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode body = TestGateway.json(answer);
        assertThat(body.at("/data/session/id").isTextual()).isTrue();
        assertThat(body.at("/data/tools/0/name").textValue()).isEqualTo("echo");
        assertThat(body.at("/data/document").isNull()).isTrue();
        assertThat(body.get("errors")).hasSize(1);
        JsonNode error = body.at("/errors/0");
        assertThat(error.get("path").toString()).isEqualTo("[\"document\"]");
        assertThat(error.get("locations").toString()).isEqualTo("[{\"line\":1,\"column\":34}]");
        assertThat(error.at("/extensions/code").textValue()).isEqualTo("internal");
        assertThat(error.at("/extensions/status").intValue()).isEqualTo(500);
        assertThat(error.at("/extensions/traceId").textValue())
                .isEqualTo(answer.headers().firstValue("X-Trace-Id").orElseThrow());
    }

    @Test
    void what_an_exception_says_is_for_the_operator_alone() throws Exception {
        GraphClient caller = caller();
        HttpResponse<String> answer =
                caller.send(caller.post("query($id: ID!) { document(id: $id) { name } }", Map.of("id", DOCUMENT)));
        assertThat(answer.body())
                .doesNotContain("hunter2", "IllegalState", "Exception while", "dev.daveloper", "at ")
                .contains("The operator finds it under the trace id.");
        assertThat(gateway.reported()).hasSize(1);
        assertThat(gateway.reported().getFirst().cause()).hasMessage(SECRET);
    }

    @Test
    void a_failure_deep_within_a_list_says_where_it_is() throws Exception {
        failure = DocumentsUnavailable::new;
        JsonNode answer =
                caller().ask("{ session { messages { nodes { role citations { title document { name } } } } } }");
        JsonNode citation = answer.at("/data/session/messages/nodes/1/citations/0");
        assertThat(citation.get("title").textValue()).isEqualTo("A text");
        assertThat(citation.get("document").isNull()).isTrue();
        JsonNode error = answer.at("/errors/0");
        assertThat(error.get("path").toString())
                .isEqualTo("[\"session\",\"messages\",\"nodes\",1,\"citations\",0,\"document\"]");
        assertThat(error.at("/extensions/code").textValue()).isEqualTo("documents_unavailable");
        assertThat(error.at("/extensions/status").intValue()).isEqualTo(503);
        assertThat(error.at("/extensions/retryAfter").intValue()).isPositive();
        assertThat(gateway.reported()).isEmpty();
    }

    @Test
    void what_may_not_be_null_takes_what_it_belongs_to_with_it() throws Exception {
        GraphClient caller = caller();
        HttpResponse<String> answer = caller.send(caller.post("{ session { id } jobs { id } }", Map.of()));
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode body = TestGateway.json(answer);
        assertThat(body.has("data")).isTrue();
        assertThat(body.get("data").isNull()).isTrue();
        assertThat(body.get("errors")).hasSize(1);
        assertThat(body.at("/errors/0/path").toString()).isEqualTo("[\"jobs\"]");
        assertThat(body.at("/errors/0/extensions/code").textValue()).isEqualTo("internal");
    }

    @Test
    void a_mutation_that_is_refused_is_a_result_and_one_that_fails_is_an_error() throws Exception {
        JsonNode answer = caller().ask("""
                mutation { testTool(name: "echo", arguments: []) { ... on Problem { code } }
                  endSession { ... on Done { done } } }""");
        assertThat(answer.at("/data/testTool/code").textValue()).isEqualTo("invalid_request");
        assertThat(answer.at("/data/endSession/done").booleanValue()).isTrue();
    }
}
