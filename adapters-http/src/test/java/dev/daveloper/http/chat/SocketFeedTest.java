package dev.daveloper.http.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.application.documents.in.Documents;
import dev.daveloper.application.documents.in.JobFollower;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.domain.documents.JobStep;
import dev.daveloper.domain.failures.DocumentsUnavailable;
import dev.daveloper.http.HttpPorts;
import dev.daveloper.http.OtherPorts;
import dev.daveloper.http.TestGateway;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A WebSocket tells of its session's documents without being asked. */
class SocketFeedTest {
    private static String ingest(TestGateway gateway, TestGateway.Caller caller, String text) throws Exception {
        String body = "--b\r\nContent-Disposition: form-data; name=file; filename=a.txt\r\n\r\n" + text + "\r\n--b--";
        return TestGateway.json(gateway.send(caller.request("/documents/ingest")
                        .header("Content-Type", "multipart/form-data; boundary=b")
                        .POST(BodyPublishers.ofString(body))))
                .get("jobId")
                .textValue();
    }

    private static JsonNode nextState(SocketClient socket, String state) throws Exception {
        JsonNode message = socket.next("document.progress");
        while (!state.equals(message.get("state").textValue())) {
            message = socket.next("document.progress");
        }
        return message;
    }

    @Test
    void it_tells_of_jobs_under_way_and_of_those_to_come_beside_answers() throws Exception {
        try (TestGateway gateway = TestGateway.of(ScriptedAgent.saying("hello"))) {
            TestGateway.Caller caller = gateway.newCaller();
            gateway.documents().hold();
            String early = ingest(gateway, caller, "one");
            try (SocketClient socket = SocketClient.ready(gateway, caller);
                    SocketClient stranger = SocketClient.ready(gateway, gateway.newCaller())) {
                assertThat(socket.next("document.progress").get("jobId").textValue())
                        .isEqualTo(early);
                socket.say("{\"type\":\"chat.send\",\"message\":\"hi\"}");
                assertThat(socket.textUntilFinished()).isEqualTo("hello");
                gateway.documents().release();
                JsonNode over = nextState(socket, "completed");
                assertThat(over.get("jobId").textValue()).isEqualTo(early);
                assertThat(over.at("/document/name").textValue()).isEqualTo("a.txt");
                String later = ingest(gateway, caller, "two");
                assertThat(nextState(socket, "completed").get("jobId").textValue())
                        .isEqualTo(later);
                stranger.say("{\"type\":\"ping\",\"id\":\"p\"}");
                assertThat(stranger.next().get("type").textValue()).isEqualTo("pong");
            }
        }
    }

    @Test
    void a_document_service_that_is_away_is_asked_again_and_the_socket_stays() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        AtomicInteger open = new AtomicInteger();
        try (TestGateway gateway =
                TestGateway.withPorts(ScriptedAgent.saying("hello"), ports -> flaky(ports, asked, open))) {
            TestGateway.Caller caller = gateway.newCaller();
            gateway.documents().hold();
            String job = ingest(gateway, caller, "one");
            try (SocketClient socket = SocketClient.ready(gateway, caller)) {
                JsonNode progress = socket.next("document.progress");
                assertThat(progress.get("jobId").textValue()).isEqualTo(job);
                assertThat(asked).hasValue(3);
                assertThat(socket.isClosed()).isFalse();
                assertThat(open).hasValue(1);
            }
            await().atMost(Duration.ofSeconds(10)).until(() -> open.get() == 0);
        }
    }

    /** Refuses the first following, loses the second at once, and lets the third be. */
    private static HttpPorts flaky(HttpPorts ports, AtomicInteger asked, AtomicInteger open) {
        Documents documents = (Documents) Proxy.newProxyInstance(
                Documents.class.getClassLoader(), new Class<?>[] {Documents.class}, (proxy, method, arguments) -> {
                    boolean follows = method.getName().equals("followAll");
                    int attempt = follows ? asked.incrementAndGet() : 0;
                    if (attempt == 1) {
                        throw new DocumentsUnavailable();
                    }
                    try {
                        Object result = method.invoke(ports.documents(), arguments);
                        return follows ? new Watched((JobFollower) result, attempt == 2, open) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return OtherPorts.with(ports, documents);
    }

    private record Watched(JobFollower real, boolean lost, AtomicInteger open) implements JobFollower {
        Watched {
            open.incrementAndGet();
        }

        @Override
        public JobStep next(Duration patience) throws InterruptedException {
            if (lost) {
                throw new DocumentsUnavailable();
            }
            return real.next(patience);
        }

        @Override
        public void onNews(Runnable news) {
            real.onNews(news);
        }

        @Override
        public void close() {
            real.close();
            open.decrementAndGet();
        }
    }
}
