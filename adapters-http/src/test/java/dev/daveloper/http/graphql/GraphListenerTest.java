package dev.daveloper.http.graphql;

import static dev.daveloper.http.GraphListener.ANONYMOUS;
import static dev.daveloper.http.GraphListener.Kind.MUTATION;
import static dev.daveloper.http.GraphListener.Kind.QUERY;
import static dev.daveloper.http.GraphListener.Kind.UNKNOWN;
import static dev.daveloper.http.GraphListener.OTHER;
import static dev.daveloper.http.GraphListener.Result.FAILED;
import static dev.daveloper.http.GraphListener.Result.OK;
import static dev.daveloper.http.GraphListener.Result.PARTIAL;
import static dev.daveloper.http.GraphListener.Result.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.domain.failures.StoreUnavailable;
import dev.daveloper.http.GraphListener.Lookup;
import dev.daveloper.http.HttpConfig;
import dev.daveloper.http.HttpObservers;
import dev.daveloper.http.HttpPorts;
import dev.daveloper.http.HttpServer;
import dev.daveloper.http.RequestListener;
import dev.daveloper.http.SocketListener;
import dev.daveloper.http.TestGateway;
import dev.daveloper.http.chat.FailingChat;
import dev.daveloper.http.graphql.HeardGraphs.Heard;
import dev.daveloper.http.health.Figures;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever hears of operations hears of each once, by what became of it, and of nothing that a client chose. */
class GraphListenerTest {
    private static final String LOST = "(id: \\\"run_00000000000000000000000000\\\")";

    private final HeardGraphs heard = new HeardGraphs();
    private final AtomicReference<HttpPorts> ports = new AtomicReference<>();
    private TestGateway gateway;
    private HttpServer server;
    private String token;

    @BeforeEach
    void start() throws Exception {
        gateway = TestGateway.withPorts(ScriptedAgent.saying("hello"), real -> {
            ports.set(real);
            return real;
        });
        StoreUnavailable away = new StoreUnavailable(new IllegalStateException("away"));
        server = HttpServer.start(
                HttpConfig.on("127.0.0.1", 0).withTimes(TestGateway.QUICK),
                FailingChat.at(FailingChat.at(ports.get(), "find", away), "cancel", away),
                new HttpObservers(RequestListener.NONE, SocketListener.NONE, heard, Figures.NONE));
        token = gateway.newCaller().token();
    }

    @AfterEach
    void stop() {
        server.close();
        gateway.close();
    }

    private String ask(String query) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/graphql"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.ofString("{\"query\":\"" + query + "\"}"))
                .build();
        return gateway.client().send(request, BodyHandlers.ofString()).body();
    }

    @Test
    void an_operation_is_told_by_what_it_is_and_what_became_of_it() throws Exception {
        ask("{ session { id } }");
        ask("query Mine { session { id } }");
        ask("mutation { clearConversation { __typename } }");

        assertThat(heard.operations())
                .containsExactly(
                        Heard.of(ANONYMOUS, QUERY, OK), Heard.of(OTHER, QUERY, OK), Heard.of(ANONYMOUS, MUTATION, OK));
        assertThat(heard.fields()).isEmpty();
    }

    @Test
    void what_whoever_asks_must_not_is_no_failure_of_ours() throws Exception {
        ask("{ limitPolicies { name } }");
        ask("{ session { id } webhook(id: \\\"ep_x\\\") { id } }");
        ask("mutation { sendMessage(input: { message: \\\"\\\" }) { __typename } }");

        assertThat(heard.operations())
                .containsExactly(
                        Heard.of(ANONYMOUS, QUERY, REFUSED),
                        Heard.of(ANONYMOUS, QUERY, PARTIAL),
                        Heard.of(ANONYMOUS, MUTATION, PARTIAL));
        assertThat(heard.fields())
                .containsExactly(
                        "admin_required Query.limitPolicies",
                        "admin_required Query.webhook",
                        "invalid_request Mutation.sendMessage");
    }

    @Test
    void what_fails_on_our_account_is_a_failure_also_where_the_rest_is_given() throws Exception {
        ask("{ session { id } run" + LOST + " { id } }");
        ask("mutation { cancelRun" + LOST + " { __typename } }");

        assertThat(heard.operations())
                .containsExactly(Heard.of(ANONYMOUS, QUERY, FAILED), Heard.of(ANONYMOUS, MUTATION, FAILED));
        assertThat(heard.fields())
                .containsExactly("store_unavailable Query.run", "store_unavailable Mutation.cancelRun");
    }

    @Test
    void what_is_refused_before_it_is_done_is_told_and_counted_as_a_failure_that_somebody_saw() throws Exception {
        ask("{ nothing");
        ask("query Mine { nothing }");
        String page = ": documents(first: 200) { nodes { id jobId name kind mediaType bytes sha256 scope passages } } ";
        ask("query Mine { a" + page + "b" + page + "c" + page + "}");

        Heard refused = Heard.of(OTHER, UNKNOWN, REFUSED);
        assertThat(heard.operations()).containsExactly(refused, refused, refused);
        assertThat(server.failures().of("query_invalid")).isEqualTo(2);
        assertThat(server.failures().of("query_too_complex")).isEqualTo(1);
    }

    @Test
    void documents_are_told_by_whether_they_are_known() throws Exception {
        ask("{ session { id } }");
        ask("{ session { id } }");
        ask("{ nothing }");
        ask("{ nothing }");

        assertThat(heard.lookups()).containsExactly(Lookup.MISS, Lookup.HIT, Lookup.INVALID, Lookup.INVALID);
    }
}
