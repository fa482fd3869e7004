package dev.daveloper.http.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import dev.daveloper.http.TestGateway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ChatSocketTest {
    private static final String SEND = "{\"type\":\"chat.send\",\"id\":\"1\",\"message\":\"hi\"}";

    @Test
    void a_question_is_accepted_and_its_answer_follows() throws Exception {
        try (TestGateway gateway = TestGateway.of(ScriptedAgent.saying("Hel", "lo"))) {
            TestGateway.Caller caller = gateway.newCaller();
            try (SocketClient client = SocketClient.connect(gateway)) {
                assertThat(client.socket().getSubprotocol()).isEqualTo("daveloper.v1");
                client.say("{\"type\":\"hello\",\"id\":\"h\",\"token\":\"" + caller.token() + "\"}");
                JsonNode ready = client.next();
                assertThat(ready.get("type").textValue()).isEqualTo("ready");
                assertThat(ready.get("replyTo").textValue()).isEqualTo("h");
                assertThat(ready.get("sessionId").textValue()).isEqualTo(caller.sessionId());
                assertThat(ready.get("heartbeatSeconds").intValue()).isEqualTo(25);
                assertThat(ready.get("maxMessageBytes").intValue()).isEqualTo(65_536);
                assertThat(ready.has("activeRunId")).isFalse();

                client.say(SEND);
                JsonNode accepted = client.next();
                assertThat(accepted.get("type").textValue()).isEqualTo("chat.accepted");
                assertThat(accepted.get("replyTo").textValue()).isEqualTo("1");
                JsonNode started = client.next();
                assertThat(started.get("type").textValue()).isEqualTo("run.started");
                assertThat(started.get("messageId")).isEqualTo(accepted.get("messageId"));
                assertThat(client.textUntilFinished()).isEqualTo("Hello");
            }
        }
    }

    @Test
    void a_page_of_ours_needs_no_token_and_a_foreign_one_gets_no_socket() throws Exception {
        try (TestGateway gateway = TestGateway.of(ScriptedAgent.saying("hello"))) {
            TestGateway.Caller caller = gateway.newCaller();
            String own = "http://127.0.0.1:" + gateway.port();
            try (SocketClient client = SocketClient.connect(
                    gateway,
                    "/v1/ws/chat",
                    builder -> builder.header("Origin", own).header("Cookie", caller.cookie()))) {
                client.say("{\"type\":\"hello\"}");
                assertThat(client.next().get("sessionId").textValue()).isEqualTo(caller.sessionId());
            }
            try (SocketClient withoutOrigin =
                    SocketClient.connect(gateway, "/ws/chat", builder -> builder.header("Cookie", caller.cookie()))) {
                withoutOrigin.say("{\"type\":\"hello\"}");
                assertThat(withoutOrigin.closeCode()).isEqualTo(4401);
            }
            assertThat(SocketServletTest.handshake(gateway, "Origin: https://evil.example\r\n", "daveloper.v1"))
                    .startsWith("HTTP/1.1 403")
                    .contains("cross_site_refused");
        }
    }

    @Test
    void a_client_resumes_in_its_hello_and_hears_which_run_goes_on() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        ScriptedAgent agent = ScriptedAgent.following(
                request -> Script.say("one ").thenWaitFor(gate).thenSay("two"));
        try (TestGateway gateway = TestGateway.of(agent)) {
            TestGateway.Caller caller = gateway.newCaller();
            String cursor;
            String run;
            try (SocketClient client = SocketClient.ready(gateway, caller)) {
                client.say(SEND);
                JsonNode delta = client.next("text.delta");
                cursor = delta.get("cursor").textValue();
                run = delta.get("runId").textValue();
            }
            try (SocketClient client = SocketClient.connect(gateway)) {
                client.say("{\"type\":\"hello\",\"id\":\"h\",\"token\":\"" + caller.token() + "\",\"resume\":["
                        + "{\"runId\":\"run_00000000000000000000000000\",\"after\":\"1-1\"},"
                        + "{\"runId\":\"" + run + "\",\"after\":\"" + cursor + "\"}]}");
                assertThat(client.next().get("activeRunId").textValue()).isEqualTo(run);
                JsonNode lost = client.next("error");
                assertThat(lost.get("replyTo").textValue()).isEqualTo("h");
                assertThat(lost.at("/problem/code").textValue()).isEqualTo("not_found");
                assertThat(lost.at("/problem/runId").textValue()).endsWith("0000");
                gate.countDown();
                assertThat(client.textUntilFinished()).isEqualTo("two");

                for (int again = 0; again < 50; again++) {
                    client.say("{\"type\":\"run.follow\",\"runId\":\"" + run + "\",\"after\":\"0-0\"}");
                    assertThat(client.textUntilFinished()).isEqualTo("one two");
                }
            }
        }
    }

    @Test
    void cancel_ends_the_run_from_any_socket() throws Exception {
        ScriptedAgent agent =
                ScriptedAgent.following(request -> Script.say("part").thenWaitFor(new CountDownLatch(1)));
        try (TestGateway gateway = TestGateway.of(agent)) {
            TestGateway.Caller caller = gateway.newCaller();
            try (SocketClient first = SocketClient.ready(gateway, caller);
                    SocketClient second = SocketClient.ready(gateway, caller)) {
                first.say(SEND);
                String run = first.next("text.delta").get("runId").textValue();
                second.say("{\"type\":\"run.cancel\",\"runId\":\"" + run + "\"}");
                assertThat(first.next("run.finished").get("outcome").textValue())
                        .isEqualTo("cancelled");
                assertThat(agent.streams().getFirst().awaitClosed(Duration.ofSeconds(5)))
                        .isTrue();
            }
        }
    }

    @Test
    void the_same_message_twice_asks_the_agent_once_and_is_followed_once() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        ScriptedAgent agent = ScriptedAgent.following(
                request -> Script.say("a").thenWaitFor(gate).thenSay("b"));
        try (TestGateway gateway = TestGateway.of(agent);
                SocketClient client = SocketClient.ready(gateway, gateway.newCaller())) {
            String send = "{\"type\":\"chat.send\",\"message\":\"hi\",\"clientMessageId\":\"m-1\"}";
            client.say(send);
            JsonNode first = client.next("chat.accepted");
            assertThat(client.next("text.delta").get("text").textValue()).isEqualTo("a");
            client.say(send);
            assertThat(client.next("chat.accepted").get("runId")).isEqualTo(first.get("runId"));
            gate.countDown();
            assertThat(client.next("text.delta").get("text").textValue()).isEqualTo("b");
            client.next("run.finished");
            client.say("{\"type\":\"ping\",\"id\":\"p\"}");
            assertThat(client.next().get("type").textValue()).isEqualTo("pong");
            assertThat(agent.requests()).hasSize(1);
        }
    }

    @Test
    void refusals_are_the_same_problems_as_over_rest() throws Exception {
        ScriptedAgent agent = ScriptedAgent.following(request -> Script.say("a").thenWaitFor(new CountDownLatch(1)));
        try (TestGateway gateway = TestGateway.of(agent)) {
            TestGateway.Caller stranger = gateway.newCaller();
            String foreign = stranger.startRun("mine");
            try (SocketClient client = SocketClient.ready(gateway, gateway.newCaller())) {
                client.say("{\"type\":\"run.follow\",\"id\":\"f\",\"runId\":\"" + foreign + "\"}");
                assertThat(client.next().at("/problem/code").textValue()).isEqualTo("not_found");
                client.say("{\"type\":\"run.cancel\",\"runId\":\"nonsense\"}");
                assertThat(client.next().at("/problem/code").textValue()).isEqualTo("not_found");
                client.say(SEND);
                String run = client.next("run.started").get("runId").textValue();
                client.say(SEND);
                JsonNode busy = client.next("error");
                assertThat(busy.get("replyTo").textValue()).isEqualTo("1");
                assertThat(busy.at("/problem/code").textValue()).isEqualTo("run_in_progress");
                assertThat(busy.at("/problem/runId").textValue()).isEqualTo(run);
                assertThat(busy.at("/problem/traceId").textValue()).hasSize(32);
                client.say("{\"type\":\"run.follow\",\"runId\":\"" + run + "\"}");
                assertThat(client.next("error").at("/problem/errors/0/pointer").textValue())
                        .isEqualTo("#/runId");
                client.say("{\"type\":\"run.follow\",\"runId\":\"" + run + "\",\"after\":\"1\"}");
                assertThat(client.next("error").at("/problem/code").textValue()).isEqualTo("invalid_request");
                client.say("{\"type\":\"chat.send\",\"message\":\"\",\"colour\":1}");
                assertThat(client.next("error").at("/problem/errors")).hasSize(2);
                client.say("{\"type\":\"hello\"}");
                assertThat(client.next("error").at("/problem/code").textValue()).isEqualTo("invalid_request");
            }
        }
    }

    @Test
    void a_socket_without_a_session_or_without_a_hello_is_closed() throws Exception {
        try (TestGateway gateway = TestGateway.of(
                ScriptedAgent.saying("hello"),
                config -> config.withTimes(Fixtures.helloWithin(Duration.ofMillis(300))))) {
            try (SocketClient silent = SocketClient.connect(gateway)) {
                assertThat(silent.closeCode()).isEqualTo(4408);
            }
            try (SocketClient unknown = SocketClient.connect(gateway)) {
                unknown.say("{\"type\":\"hello\",\"token\":\"nonsense\"}");
                assertThat(unknown.next().at("/problem/code").textValue()).isEqualTo("session_required");
                assertThat(unknown.closeCode()).isEqualTo(4401);
            }
            try (SocketClient rude = SocketClient.connect(gateway)) {
                rude.say(SEND);
                assertThat(rude.next().at("/problem/code").textValue()).isEqualTo("session_required");
                assertThat(rude.closeCode()).isEqualTo(4401);
            }
        }
    }

    @Test
    void a_session_that_ends_takes_its_sockets_along() throws Exception {
        try (TestGateway gateway = TestGateway.of(ScriptedAgent.saying("hello"))) {
            TestGateway.Caller caller = gateway.newCaller();
            try (SocketClient client = SocketClient.ready(gateway, caller);
                    SocketClient other = SocketClient.ready(gateway, gateway.newCaller())) {
                caller.delete("/sessions/current");
                assertThat(client.closeCode()).isEqualTo(1008);
                other.say("{\"type\":\"ping\"}");
                assertThat(other.next().get("type").textValue()).isEqualTo("pong");
            }
        }
    }

    @Test
    void a_session_with_a_new_token_is_greeted_anew() throws Exception {
        try (TestGateway gateway = TestGateway.of(ScriptedAgent.saying("hello"))) {
            TestGateway.Caller caller = gateway.newCaller();
            try (SocketClient client = SocketClient.ready(gateway, caller)) {
                gateway.send(caller.post("/sessions/current/renew", ""));
                assertThat(client.closeCode()).isEqualTo(1008);
            }
        }
    }

    @Test
    void a_server_that_stops_says_so() throws Exception {
        try (TestGateway gateway = TestGateway.of(ScriptedAgent.saying("hello"));
                SocketClient client = SocketClient.ready(gateway, gateway.newCaller())) {
            gateway.server().close();
            assertThat(client.closeCode()).isEqualTo(1001);
        }
    }

    @Test
    void a_socket_that_answers_pings_lives_on() throws Exception {
        try (TestGateway gateway = TestGateway.of(
                        ScriptedAgent.saying("hello"),
                        config -> config.withTimes(
                                Fixtures.socketHeartbeat(Duration.ofMillis(50), Duration.ofMillis(500))));
                SocketClient client = SocketClient.ready(gateway, gateway.newCaller())) {
            await().during(Duration.ofMillis(700)).atMost(Duration.ofSeconds(3)).until(() -> !client.isClosed());
            client.say("{\"type\":\"ping\"}");
            assertThat(client.next().get("type").textValue()).isEqualTo("pong");
        }
    }

    @Test
    void two_hundred_viewers_at_once_are_each_given_every_word() throws Exception {
        int viewers = 200;
        int deltas = 200;
        String[] words = new String[deltas];
        StringBuilder whole = new StringBuilder();
        for (int i = 0; i < deltas; i++) {
            words[i] = "word" + i + ' ';
            whole.append(words[i]);
        }
        try (TestGateway gateway = TestGateway.of(ScriptedAgent.saying(words));
                ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < viewers; i++) {
                answers.add(all.submit(() -> {
                    try (SocketClient client = SocketClient.ready(gateway, gateway.newCaller())) {
                        client.say(SEND);
                        return client.textUntilFinished();
                    }
                }));
            }
            for (Future<String> answer : answers) {
                assertThat(answer.get()).isEqualTo(whole.toString());
            }
        }
    }
}
