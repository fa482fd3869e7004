package dev.daveloper.http.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.application.CoreSettings;
import dev.daveloper.application.ratelimits.LimitSettings;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.domain.ratelimits.PolicyText;
import dev.daveloper.http.TestGateway;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SocketLimitsTest {
    private static TestGateway gateway(String... policies) {
        return TestGateway.of(
                ScriptedAgent.saying("hello"),
                CoreSettings.DEFAULT.with(new LimitSettings(
                        Stream.of(policies).map(PolicyText::read).toList(), Duration.ofHours(1))));
    }

    private static JsonNode next(SocketClient client, String type) throws InterruptedException {
        JsonNode message = client.next();
        while (!type.equals(message.path("type").asText())) {
            message = client.next();
        }
        return message;
    }

    @Test
    void messages_to_the_agent_are_counted_together_with_those_over_rest() throws Exception {
        try (TestGateway gateway = gateway("chat: 2 per 1h by session on chat")) {
            TestGateway.Caller caller = gateway.newCaller();
            assertThat(caller.ask("over rest").statusCode()).isEqualTo(200);
            try (SocketClient client = SocketClient.ready(gateway, caller)) {
                client.say("{\"type\":\"chat.send\",\"id\":\"1\",\"message\":\"hi\"}");
                next(client, "run.finished");
                client.say("{\"type\":\"chat.send\",\"id\":\"2\",\"message\":\"hi\"}");
                JsonNode refused = next(client, "error");
                assertThat(refused.get("replyTo").textValue()).isEqualTo("2");
                assertThat(refused.at("/problem/code").textValue()).isEqualTo("quota_exceeded");
                assertThat(refused.at("/problem/violated-policies").toString()).isEqualTo("[\"chat\"]");
                assertThat(refused.at("/problem/limits/0/remaining").intValue()).isZero();
                assertThat(refused.at("/problem/limits/0/reset").intValue()).isPositive();
                client.say("{\"type\":\"ping\",\"id\":\"3\"}");
                assertThat(next(client, "pong").get("replyTo").textValue()).isEqualTo("3");
            }
        }
    }

    @Test
    void every_message_counts_as_one() throws Exception {
        try (TestGateway gateway = gateway("messages: 2 per 1h by session on messages")) {
            try (SocketClient client = SocketClient.ready(gateway, gateway.newCaller())) {
                client.say("{\"type\":\"ping\"}");
                client.say("{\"type\":\"ping\"}");
                client.say("{\"type\":\"ping\",\"id\":\"3\"}");
                assertThat(next(client, "error").at("/problem/code").textValue())
                        .isEqualTo("quota_exceeded");
            }
        }
    }

    @Test
    void a_socket_too_many_is_refused_before_it_is_one() {
        try (TestGateway gateway = gateway("sockets: 1 per 1h by address on sockets")) {
            try (SocketClient first = SocketClient.connect(gateway)) {
                assertThat(first).isNotNull();
                assertThatThrownBy(() -> SocketClient.connect(gateway))
                        .isInstanceOf(CompletionException.class)
                        .cause()
                        .isInstanceOfSatisfying(
                                WebSocketHandshakeException.class,
                                refused -> assertThat(refused.getResponse().statusCode())
                                        .isEqualTo(429));
            }
        }
    }

    @Test
    void a_socket_holds_its_slot_for_as_long_as_it_is_open() throws Exception {
        try (TestGateway gateway = gateway("open: 1 at once by address on GET /ws/chat")) {
            try (SocketClient first = SocketClient.ready(gateway, gateway.newCaller())) {
                assertThat(first).isNotNull();
                assertThat(gateway.limiter().slotsHeld()).isEqualTo(1);
                assertThatThrownBy(() -> SocketClient.connect(gateway)).isInstanceOf(CompletionException.class);
            }
            await().until(() -> gateway.limiter().slotsHeld() == 0);
            try (SocketClient second = SocketClient.connect(gateway)) {
                assertThat(second).isNotNull();
                assertThat(gateway.limiter().slotsHeld()).isEqualTo(1);
            }
        }
    }
}
