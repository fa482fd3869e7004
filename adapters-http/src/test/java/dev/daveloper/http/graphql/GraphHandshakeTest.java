package dev.daveloper.http.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.http.TestGateway;
import dev.daveloper.http.chat.Fixtures;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How connections of graphql-transport-ws begin, and how they end when their client errs. */
class GraphHandshakeTest {
    private static final String INIT = "{\"type\":\"connection_init\"}";
    private static final String WHO = "{ session { id } }";

    private final TestGateway gateway = TestGateway.of(ScriptedAgent.saying("Hello"), GraphClient::withKey);

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void a_client_of_another_protocol_is_told_so() throws Exception {
        try (GraphSocketClient client = GraphSocketClient.speaking(gateway, "graphql-ws")) {
            assertThat(client.closing()).isEqualTo("4406 Subprotocol not acceptable");
        }
    }

    @Test
    void nothing_is_done_before_the_connection_is_acknowledged() throws Exception {
        try (GraphSocketClient client = GraphSocketClient.connect(gateway)) {
            client.subscribe("1", WHO, Map.of());
            assertThat(client.closing()).isEqualTo("4401 Unauthorized");
        }
    }

    @Test
    void a_connection_is_greeted_once() throws Exception {
        try (GraphSocketClient client = GraphSocketClient.stranger(gateway)) {
            client.say(INIT);
            assertThat(client.closing()).isEqualTo("4429 Too many initialisation requests");
        }
    }

    @Test
    void whoever_does_not_greet_in_time_is_let_go() throws Exception {
        try (TestGateway other = TestGateway.of(
                        ScriptedAgent.saying("Hello"),
                        config -> config.withTimes(Fixtures.helloWithin(Duration.ofMillis(50))));
                GraphSocketClient client = GraphSocketClient.connect(other)) {
            assertThat(client.closing()).isEqualTo("4408 Connection initialisation timeout");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{}",
                "{\"type\":\"start\"}",
                "{\"type\":\"connection_init\",\"payload\":[]}",
                "{\"type\":\"ping\",\"payload\":1}",
                "{\"type\":\"subscribe\",\"id\":\"1\"}",
                "{\"type\":\"subscribe\",\"payload\":{\"query\":\"{ session { id } }\"}}",
                "{\"type\":\"subscribe\",\"id\":\"\",\"payload\":{\"query\":\"{ session { id } }\"}}",
                "{\"type\":\"subscribe\",\"id\":1,\"payload\":{\"query\":\"{ session { id } }\"}}",
                "{\"type\":\"subscribe\",\"id\":\"1\",\"payload\":{\"query\":7}}",
                "{\"type\":\"subscribe\",\"id\":\"1\",\"payload\":{\"query\":\"{ session { id } }\",\"variables\":[]}}",
                "{\"type\":\"complete\"}"
            })
    void a_message_that_is_none_ends_the_connection(String message) throws Exception {
        try (GraphSocketClient client = GraphSocketClient.stranger(gateway)) {
            client.say(message);
            assertThat(client.closeCode()).isEqualTo(4400);
        }
    }

    @Test
    void pings_are_answered_and_pongs_are_heard_at_any_time() throws Exception {
        try (GraphSocketClient client = GraphSocketClient.connect(gateway)) {
            client.say("{\"type\":\"ping\",\"payload\":{\"at\":1}}");
            assertThat(client.next().toString()).isEqualTo("{\"type\":\"pong\",\"payload\":{\"at\":1}}");
            client.say("{\"type\":\"pong\"}");
            client.greet(INIT);
            client.say("{\"type\":\"ping\"}");
            assertThat(client.next().toString()).isEqualTo("{\"type\":\"pong\"}");
        }
    }

    @Test
    void a_token_in_the_greeting_counts_in_each_of_its_forms_and_a_wrong_one_is_refused() throws Exception {
        TestGateway.Caller caller = gateway.newCaller();
        for (String payload : new String[] {
            "{\"token\":\"" + caller.token() + "\"}",
            "{\"Authorization\":\"Bearer " + caller.token() + "\"}",
            "{\"authorization\":\"bearer " + caller.token() + "\"}"
        }) {
            try (GraphSocketClient client = GraphSocketClient.connect(gateway)) {
                client.greet("{\"type\":\"connection_init\",\"payload\":" + payload + "}");
                assertThat(sessionOf(client)).isEqualTo(caller.sessionId());
            }
        }
        for (String wrong : new String[] {"x", "ses_wrong", GraphClient.KEY}) {
            try (GraphSocketClient client = GraphSocketClient.connect(gateway)) {
                client.say("{\"type\":\"connection_init\",\"payload\":{\"token\":\"" + wrong + "\"}}");
                assertThat(client.closing()).isEqualTo("4403 Forbidden");
            }
        }
    }

    @Test
    void a_header_counts_and_a_cookie_only_from_a_page_that_is_known() throws Exception {
        TestGateway.Caller caller = gateway.newCaller();
        try (GraphSocketClient client =
                GraphSocketClient.connect(gateway, with -> with.header("Authorization", "Bearer " + caller.token()))) {
            assertThat(sessionOf(client.greet(INIT))).isEqualTo(caller.sessionId());
        }
        String own = "http://127.0.0.1:" + gateway.port();
        try (GraphSocketClient client = GraphSocketClient.connect(
                gateway, with -> with.header("Cookie", caller.cookie()).header("Origin", own))) {
            assertThat(sessionOf(client.greet(INIT))).isEqualTo(caller.sessionId());
        }
        try (GraphSocketClient client =
                GraphSocketClient.connect(gateway, with -> with.header("Cookie", caller.cookie()))) {
            assertThat(sessionOf(client.greet(INIT))).isEmpty();
        }
    }

    @Test
    void nobody_is_an_administrator_on_a_connection() throws Exception {
        try (GraphSocketClient client = GraphSocketClient.connect(
                        gateway, with -> with.header("Authorization", "Bearer " + GraphClient.KEY))
                .greet(INIT)) {
            client.subscribe("1", "{ limitPolicies { name } }", Map.of());
            assertThat(client.next("next", "1")
                            .at("/payload/errors/0/extensions/code")
                            .textValue())
                    .isEqualTo("admin_required");
        }
    }

    /** Empty for a stranger. */
    private static String sessionOf(GraphSocketClient client) throws Exception {
        client.subscribe("who", WHO, Map.of());
        return client.only("who").at("/session/id").asText("");
    }
}
