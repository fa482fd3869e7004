package dev.daveloper.grpc;

import static dev.daveloper.application.testkit.AgentAnswers.allOf;
import static dev.daveloper.application.testkit.AgentAnswers.asking;
import static dev.daveloper.application.testkit.AgentAnswers.nextOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.chat.out.AgentStream;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import dev.daveloper.domain.documents.JobId;
import dev.daveloper.domain.failures.AgentUnavailable;
import dev.daveloper.domain.failures.DocumentsUnavailable;
import dev.daveloper.grpc.chat.GrpcAgent;
import dev.daveloper.grpc.documents.GrpcDocuments;
import io.grpc.Status;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Of every call to a service it is told when it begins and how it ends. */
class HeardCallsTest {
    @RegisterExtension
    final Opened opened = new Opened();

    private final Notes notes = new Notes();
    private final CountDownLatch never = new CountDownLatch(1);

    /** What was told, in its order. */
    private static final class Notes implements CallListener {
        private final List<String> ended = new CopyOnWriteArrayList<>();
        private final List<String> services = new CopyOnWriteArrayList<>();
        private final AtomicInteger underWay = new AtomicInteger();
        private volatile BooleanSupplier ready = () -> false;

        @Override
        public void opened(String service, List<String> methods, BooleanSupplier connections) {
            services.add(service + " " + methods);
            ready = connections;
        }

        @Override
        public void began(String service) {
            underWay.incrementAndGet();
        }

        @Override
        public void ended(String service, String method, String code, long nanos) {
            assertThat(nanos).isPositive();
            underWay.decrementAndGet();
            ended.add(service + " " + method + " " + code);
        }
    }

    private GrpcAgent heard(int port) {
        GrpcAgent agent = opened.connect(port);
        agent.hear(notes);
        return agent;
    }

    @Test
    void a_stream_is_a_call_as_long_as_it_lasts_and_is_under_way_meanwhile() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        GrpcAgent agent = heard(opened.serve(
                        ScriptedAgent.following(request -> Script.say("wait").thenWaitFor(goOn)))
                .port());
        AgentStream stream = agent.answer(asking("?"));
        assertThat(nextOf(stream)).isNotNull();
        assertThat(notes.underWay).hasValue(1);
        assertThat(notes.ended).isEmpty();

        goOn.countDown();
        allOf(stream);
        await().untilAsserted(() -> assertThat(notes.ended).containsExactly("agent Chat OK"));
        assertThat(notes.underWay).hasValue(0);
    }

    @Test
    void what_is_cancelled_or_fails_or_cannot_be_reached_ends_by_its_status() throws Exception {
        GrpcAgent agent = heard(opened.serve(
                        ScriptedAgent.following(request -> Script.say("wait").thenWaitFor(never)))
                .port());
        AgentStream stream = agent.answer(asking("?"));
        assertThat(nextOf(stream)).isNotNull();
        stream.close();
        await().untilAsserted(() -> assertThat(notes.ended).containsExactly("agent Chat CANCELLED"));
        assertThat(agent.check().status()).isEqualTo(dev.daveloper.domain.health.Status.PASS);
        assertThat(notes.ended).last().isEqualTo("agent Check OK");

        ForeignAgent failing = opened.add(ForeignAgent.failing(Status.INTERNAL));
        AgentStream failed = heard(failing.port()).answer(asking("?"));
        assertThatThrownBy(() -> nextOf(failed)).isNotNull();
        assertThat(notes.ended).last().isEqualTo("agent Chat INTERNAL");
    }

    @Test
    void what_grpc_repeats_by_itself_is_one_call() {
        ForeignAgent away = opened.add(ForeignAgent.failing(Status.UNAVAILABLE));
        AgentStream refused = heard(away.port()).answer(asking("?"));
        assertThatThrownBy(() -> nextOf(refused)).isInstanceOf(AgentUnavailable.class);
        assertThat(away.asked).hasSize(3);
        assertThat(notes.ended).containsExactly("agent Chat UNAVAILABLE");
        assertThat(notes.underWay).hasValue(0);
    }

    @Test
    void whether_a_connection_stands_is_known_at_any_moment() throws Exception {
        AgentServer server = opened.serve(ScriptedAgent.saying("hello"));
        heard(server.port());
        assertThat(notes.services).containsExactly("agent [Chat, ListTools, TestTool, Check]");
        await().until(() -> notes.ready.getAsBoolean());
        server.close();
        await().until(() -> !notes.ready.getAsBoolean());
    }

    @Test
    void calls_for_documents_are_heard_on_all_their_connections() {
        GrpcDocuments documents = opened.documentsAt(1);
        documents.hear(notes);
        assertThatThrownBy(() -> documents.job(new JobId("job_" + "0".repeat(26))))
                .isInstanceOf(DocumentsUnavailable.class);
        assertThat(notes.ended).containsExactly("documents GetJob UNAVAILABLE");
        assertThat(notes.ready.getAsBoolean()).isFalse();
        assertThat(notes.services).singleElement().asString().contains("Ingest", "GetJob", "Check");
    }
}
