package dev.daveloper.grpc;

import static dev.daveloper.application.testkit.AgentAnswers.allOf;
import static dev.daveloper.application.testkit.AgentAnswers.asking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.testkit.InMemoryDocuments;
import dev.daveloper.application.testkit.RecordingTracer;
import dev.daveloper.application.testkit.RecordingTracer.Recorded;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.tracing.out.Span;
import dev.daveloper.application.tracing.out.Tracer;
import dev.daveloper.domain.documents.JobId;
import dev.daveloper.domain.tracing.TraceContext;
import dev.daveloper.grpc.chat.GrpcAgent;
import dev.daveloper.grpc.documents.GrpcDocuments;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TracedCallsTest {
    private static final String CHAT = "daveloper.agent.v1.AgentService/Chat";
    private static final TraceContext OUTSIDE =
            new TraceContext("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true, "rojo=1");

    @RegisterExtension
    private final Opened opened = new Opened();

    private final RecordingTracer tracer = new RecordingTracer();

    @Test
    void a_call_is_a_part_of_what_its_thread_works_for_and_the_service_is_told() throws Exception {
        ForeignAgent foreign = opened.add(ForeignAgent.saying());
        GrpcAgent agent = connect(foreign.port(), tracer);
        Span run = tracer.begin(Tracer.Kind.INTERNAL, "run", Optional.of(OUTSIDE));
        within(tracer, run, () -> allOf(agent.answer(asking("?"))));
        Recorded call = ended(CHAT);
        assertThat(call.kind()).isEqualTo(Tracer.Kind.CLIENT);
        assertThat(call.parent()).contains(run.context().spanId());
        assertThat(call.failure()).isEmpty();
        assertThat(call.attributes())
                .containsOnly(
                        Map.entry("rpc.system", "grpc"),
                        Map.entry("rpc.service", "daveloper.agent.v1.AgentService"),
                        Map.entry("rpc.method", "Chat"),
                        Map.entry("rpc.grpc.status_code", 0L),
                        Map.entry("server.address", "localhost:" + foreign.port()));
        assertThat(header(foreign, "traceparent")).isEqualTo(call.context().traceparent());
        assertThat(header(foreign, "tracestate")).isEqualTo("rojo=1");
    }

    @Test
    void a_call_that_fails_tells_by_which_status() {
        ForeignAgent foreign = opened.add(ForeignAgent.failing(Status.INTERNAL));
        GrpcAgent agent = connect(foreign.port(), tracer);
        Span run = tracer.begin(Tracer.Kind.INTERNAL, "run", Optional.empty());
        assertThat(catchThrowable(() -> within(tracer, run, () -> allOf(agent.answer(asking("?"))))))
                .isNotNull();
        assertThat(ended(CHAT).failure()).contains("INTERNAL");
        assertThat(ended(CHAT).attributes()).containsEntry("rpc.grpc.status_code", 13L);
    }

    @Test
    void a_call_on_nobodys_behalf_is_not_traced() throws Exception {
        ForeignAgent foreign = opened.add(ForeignAgent.saying());
        GrpcAgent agent = connect(foreign.port(), tracer);
        allOf(agent.answer(asking("?")));
        Span run = tracer.begin(Tracer.Kind.INTERNAL, "run", Optional.empty());
        within(tracer, run, agent::check);
        assertThat(tracer.ended()).isEmpty();
        assertThat(header(foreign, "traceparent")).isNull();
    }

    @Test
    void what_came_in_is_passed_on_where_nothing_is_recorded_and_nothing_is_made_up() throws Exception {
        ForeignAgent foreign = opened.add(ForeignAgent.saying());
        GrpcAgent agent = connect(foreign.port(), Tracer.PASSING);
        Span came = Tracer.PASSING.begin(Tracer.Kind.SERVER, "POST", Optional.of(OUTSIDE));
        within(Tracer.PASSING, came, () -> allOf(agent.answer(asking("?"))));
        assertThat(header(foreign, "traceparent")).isEqualTo(OUTSIDE.traceparent());
        assertThat(header(foreign, "tracestate")).isEqualTo("rojo=1");

        Span own = Tracer.PASSING.begin(Tracer.Kind.SERVER, "POST", Optional.empty());
        within(Tracer.PASSING, own, () -> allOf(agent.answer(asking("?"))));
        assertThat(header(foreign, "traceparent")).isNull();
    }

    @Test
    void a_served_agent_goes_on_with_its_callers_trace() throws Exception {
        RecordingTracer served = new RecordingTracer();
        ScriptedAgent scripted = ScriptedAgent.following(request -> {
            served.below(Tracer.Kind.INTERNAL, "thinking").end();
            return ScriptedAgent.Script.say("hello");
        });
        AgentServer server = opened.add(AgentServer.start(Opened.atOnce(0), scripted, served));
        GrpcAgent agent = connect(server.port(), tracer);
        Span run = tracer.begin(Tracer.Kind.INTERNAL, "run", Optional.of(OUTSIDE));
        within(tracer, run, () -> allOf(agent.answer(asking("?"))));
        Recorded call = ended(CHAT);
        Recorded heard =
                await().until(() -> served.ended(CHAT), Optional::isPresent).orElseThrow();
        assertThat(heard.kind()).isEqualTo(Tracer.Kind.SERVER);
        assertThat(heard.context().traceId()).isEqualTo(OUTSIDE.traceId());
        assertThat(heard.parent()).contains(call.context().spanId());
        assertThat(heard.attributes()).containsEntry("rpc.grpc.status_code", 0L);
        assertThat(served.ended("thinking").orElseThrow().parent())
                .contains(heard.context().spanId());
    }

    @Test
    void a_caller_that_leaves_ends_the_call_of_a_served_agent() throws Exception {
        RecordingTracer served = new RecordingTracer();
        AgentServer server = opened.add(AgentServer.start(Opened.atOnce(0), new EndlessAgent(), served));
        GrpcAgent agent = connect(server.port(), tracer);
        var stream = agent.answer(asking("?"));
        await().until(() -> served.open() == 1);
        stream.close();
        Recorded heard =
                await().until(() -> served.ended(CHAT), Optional::isPresent).orElseThrow();
        assertThat(heard.attributes()).containsEntry("rpc.grpc.status_code", 1L);
        assertThat(heard.failure()).isEmpty();
    }

    @Test
    void documents_are_asked_within_the_trace_too() throws Exception {
        InMemoryDocuments kept = new InMemoryDocuments(InstantSource.system());
        DocumentsServer server = opened.add(DocumentsServer.start(Opened.documentsAtOnce(0), kept, kept, tracer));
        GrpcDocuments documents = opened.add(GrpcDocumentServices.connect(
                GrpcDocumentsConfig.of("dns:///localhost:" + server.port()), Map::of, tracer));
        Span request = tracer.begin(Tracer.Kind.SERVER, "GET", Optional.of(OUTSIDE));
        within(tracer, request, () -> documents.job(new JobId("job_" + "0".repeat(26))));
        List<Recorded> both = await().until(tracer::ended, spans -> spans.size() == 2);
        assertThat(both)
                .allSatisfy(span -> assertThat(span.context().traceId()).isEqualTo(OUTSIDE.traceId()))
                .extracting(Recorded::kind)
                .containsExactlyInAnyOrder(Tracer.Kind.CLIENT, Tracer.Kind.SERVER);
    }

    private GrpcAgent connect(int port, Tracer by) {
        return opened.add(GrpcAgents.connect(GrpcAgentConfig.of("dns:///localhost:" + port), Map::of, by));
    }

    private Recorded ended(String name) {
        return await().until(() -> tracer.ended(name), Optional::isPresent).orElseThrow();
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void within(Tracer tracer, Span span, Work work) throws Exception {
        Tracer.Scope scope = tracer.enter(span);
        try {
            work.run();
        } finally {
            scope.close();
        }
    }

    private static @Nullable String header(ForeignAgent foreign, String name) {
        return foreign.metadata.getLast().get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
    }
}
