package dev.daveloper.http.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.testkit.RecordingTracer;
import dev.daveloper.application.testkit.RecordingTracer.Recorded;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.http.TestGateway;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TracedMessagesTest {
    @Test
    void what_is_said_on_a_socket_belongs_to_the_trace_that_it_was_opened_in() throws Exception {
        RecordingTracer tracer = new RecordingTracer();
        try (TestGateway gateway = TestGateway.tracedBy(tracer, ScriptedAgent.saying("hello"));
                SocketClient client = SocketClient.ready(gateway, gateway.newCaller())) {
            client.say("{\"type\":\"chat.send\",\"id\":\"1\",\"message\":\"hi\"}");
            Recorded run = ended(tracer, "invoke_agent");
            Recorded message = ended(tracer, "chat.send");
            Recorded opening = ended(tracer, "GET /ws/chat");
            assertThat(message.parent()).contains(opening.context().spanId());
            assertThat(run.parent()).contains(message.context().spanId());
            assertThat(run.context().traceId()).isEqualTo(opening.context().traceId());
        }
    }

    private static Recorded ended(RecordingTracer tracer, String name) {
        return await().until(() -> tracer.ended(name), Optional::isPresent).orElseThrow();
    }
}
