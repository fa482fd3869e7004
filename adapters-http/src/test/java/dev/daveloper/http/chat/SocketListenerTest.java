package dev.daveloper.http.chat;

import static dev.daveloper.http.SocketListener.Result.FAILED;
import static dev.daveloper.http.SocketListener.Result.OK;
import static dev.daveloper.http.SocketListener.Result.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.domain.failures.StoreUnavailable;
import dev.daveloper.http.GraphListener;
import dev.daveloper.http.HttpConfig;
import dev.daveloper.http.HttpObservers;
import dev.daveloper.http.HttpPorts;
import dev.daveloper.http.HttpServer;
import dev.daveloper.http.RequestListener;
import dev.daveloper.http.SocketListener;
import dev.daveloper.http.TestGateway;
import dev.daveloper.http.health.Figures;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever hears of WebSockets hears of each once, of each message once, and of nothing that a client chose. */
class SocketListenerTest {
    private final Heard heard = new Heard();
    private final AtomicReference<HttpPorts> ports = new AtomicReference<>();
    private TestGateway gateway;
    private HttpServer server;

    private record Message(String type, SocketListener.Result result) {}

    private static final class Heard implements SocketListener {
        private final AtomicInteger open = new AtomicInteger();
        private final List<Message> messages = new CopyOnWriteArrayList<>();

        @Override
        public void opened() {
            open.incrementAndGet();
        }

        @Override
        public void closed() {
            open.decrementAndGet();
        }

        @Override
        public void handled(String type, Result result, long nanos) {
            assertThat(nanos).isPositive();
            messages.add(new Message(type, result));
        }
    }

    @BeforeEach
    void start() {
        gateway = TestGateway.withPorts(ScriptedAgent.saying("hello"), real -> {
            ports.set(real);
            return real;
        });
        server = HttpServer.start(
                HttpConfig.on("127.0.0.1", 0).withTimes(TestGateway.QUICK),
                FailingChat.at(ports.get(), "cancel", new StoreUnavailable(new IllegalStateException("away"))),
                new HttpObservers(RequestListener.NONE, heard, GraphListener.NONE, Figures.NONE));
    }

    @AfterEach
    void stop() {
        server.close();
        gateway.close();
    }

    private void awaitMessages(Message... expected) {
        await().untilAsserted(() -> assertThat(heard.messages).containsExactly(expected));
    }

    private static String hello(String token) {
        return "{\"type\":\"hello\",\"token\":\"" + token + "\"}";
    }

    @Test
    void a_message_is_told_with_its_type_and_what_became_of_it() throws Exception {
        try (SocketClient client = SocketClient.connect(gateway, server.port())) {
            client.say(hello(gateway.newCaller().token()));
            client.next("ready");
            client.say("{\"type\":\"chat.send\",\"message\":\"hi\"}");
            client.next("run.finished");
            client.say("{\"type\":\"chat.send\"}");
            client.next("error");
            client.say("{\"type\":\"ping\"}");
            client.next("pong");
            client.say("{\"type\":\"my-own-type\"}");
            client.next("error");
            client.say("no json");
            client.next("error");
            client.say("{\"type\":\"run.cancel\",\"runId\":\"run_00000000000000000000000000\"}");
            client.next("error");

            awaitMessages(
                    new Message("hello", OK),
                    new Message("chat.send", OK),
                    new Message("chat.send", REFUSED),
                    new Message("ping", OK),
                    new Message(SocketListener.OTHER, REFUSED),
                    new Message(SocketListener.OTHER, REFUSED),
                    new Message("run.cancel", FAILED));
            assertThat(heard.open).hasValue(1);
        }
        await().untilAsserted(() -> assertThat(heard.open).hasValue(0));
    }

    @Test
    void strangers_are_refused() {
        try (SocketClient first = SocketClient.connect(gateway, server.port());
                SocketClient second = SocketClient.connect(gateway, server.port())) {
            await().untilAsserted(() -> assertThat(heard.open).hasValue(2));
            first.say("{\"type\":\"ping\"}");
            awaitMessages(new Message("ping", REFUSED));
            second.say(hello("ssn_wrong"));
            awaitMessages(new Message("ping", REFUSED), new Message("hello", REFUSED));
        }
        await().untilAsserted(() -> assertThat(heard.open).hasValue(0));
    }
}
