package dev.daveloper.grpc;

import static dev.daveloper.application.testkit.AgentAnswers.PATIENCE;
import static dev.daveloper.application.testkit.AgentAnswers.allOf;
import static dev.daveloper.application.testkit.AgentAnswers.asking;
import static dev.daveloper.application.testkit.AgentAnswers.nextOf;
import static dev.daveloper.application.testkit.AgentAnswers.run;
import static dev.daveloper.application.testkit.AgentAnswers.textOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.chat.out.AgentRequest;
import dev.daveloper.application.chat.out.AgentStream;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.Citation;
import dev.daveloper.domain.chat.Json;
import dev.daveloper.domain.chat.Message;
import dev.daveloper.domain.chat.RunOutcome;
import dev.daveloper.domain.chat.ToolCall;
import dev.daveloper.domain.chat.ToolResult;
import dev.daveloper.domain.chat.UserMessage;
import dev.daveloper.domain.failures.AgentFailed;
import dev.daveloper.domain.failures.AgentUnavailable;
import dev.daveloper.grpc.chat.GrpcAgent;
import dev.daveloper.proto.agent.v1.AgentServiceGrpc;
import dev.daveloper.proto.agent.v1.ChatRequest;
import dev.daveloper.proto.agent.v1.ChatResponse;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Being an agent: what callers of any kind get, and how it ends. */
class AgentServerTest {
    @RegisterExtension
    final Opened opened = new Opened();

    private final CountDownLatch gate = new CountDownLatch(1);

    @Test
    void history_arrives_as_it_was() throws InterruptedException {
        List<Message> history = new ArrayList<>();
        history.add(
                new UserMessage(run().userMessageId(), run().id(), Instant.parse("2026-01-02T03:04:05.678Z"), "hi"));
        for (RunOutcome outcome : RunOutcome.values()) {
            history.add(new AssistantMessage(
                    run().messageId(),
                    run().id(),
                    Instant.EPOCH,
                    "see [1]",
                    outcome,
                    List.of(new Citation(1, new Citation.UrlSource("/docs/a"), "A", "a", Optional.empty())),
                    List.of(
                            new ToolCall("c1", "dice", new Json("{\"n\":1}"), Optional.empty()),
                            new ToolCall("c2", "dice", Json.EMPTY_OBJECT, Optional.of(new ToolResult(true, "6")))),
                    Optional.empty(),
                    Optional.empty()));
        }
        ScriptedAgent scripted = ScriptedAgent.saying("ok");
        AgentRequest plain = asking("?");
        allOf(opened.reach(scripted)
                .answer(new AgentRequest(plain.run(), "?", history, true, OptionalInt.empty(), plain.budget())));
        assertThat(scripted.requests().getFirst().history()).isEqualTo(history);
    }

    @Test
    void somebody_who_tries_it_by_hand_needs_a_message_only() {
        ScriptedAgent scripted = ScriptedAgent.saying("hello");
        Iterator<ChatResponse> answer = AgentServiceGrpc.newBlockingStub(channel(opened.serve(scripted)))
                .chat(ChatRequest.newBuilder().setMessage("hi").build());
        assertThat(answer.next().getTextDelta().getText()).isEqualTo("hello");
        assertThat(answer.hasNext()).isFalse();
        assertThat(scripted.requests().getFirst().budget()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void requests_that_break_rules_are_refused() {
        ManagedChannel channel = channel(opened.serve(ScriptedAgent.saying("hello")));
        ChatRequest good = ChatRequest.newBuilder().setMessage("hi").build();
        List<ChatRequest> bad = List.of(
                ChatRequest.getDefaultInstance(),
                good.toBuilder().setMessage("a\0b").build(),
                good.toBuilder().setMessage("x".repeat(40_000)).build(),
                good.toBuilder().setMaxTokens(-1).build(),
                good.toBuilder().setRunId("run_1").build());
        for (ChatRequest request : bad) {
            assertThatThrownBy(() -> AgentServiceGrpc.newBlockingStub(channel)
                            .chat(request)
                            .hasNext())
                    .isInstanceOfSatisfying(
                            StatusRuntimeException.class,
                            refusal ->
                                    assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT));
        }
    }

    @Test
    void no_more_calls_are_taken_than_configured() throws InterruptedException {
        ScriptedAgent scripted =
                ScriptedAgent.following(request -> Script.say("well").thenWaitFor(gate));
        AgentServer server = opened.serve(Opened.atOnce(0).serving(serving -> serving.withMaxCalls(1)), scripted);
        GrpcAgent agent = opened.connect(server.port());
        AgentStream first = agent.answer(asking("?"));
        assertThat(nextOf(first)).isInstanceOf(AgentEvent.class);
        AgentStream second = agent.answer(asking("?"));
        assertThatThrownBy(() -> nextOf(second))
                .isInstanceOfSatisfying(
                        AgentUnavailable.class,
                        refusal -> assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(2)));
        assertThatThrownBy(agent::tools).isInstanceOf(AgentUnavailable.class);
        gate.countDown();
        allOf(first);
        await().untilAsserted(() -> assertThat(agent.tools()).hasSize(1));
    }

    @Test
    void an_agent_that_is_away_is_not_asked() {
        ScriptedAgent scripted = ScriptedAgent.saying("hello");
        scripted.goAway(Duration.ofSeconds(7));
        AgentStream stream = opened.reach(scripted).answer(asking("?"));
        assertThatThrownBy(() -> nextOf(stream))
                .isInstanceOfSatisfying(
                        AgentUnavailable.class,
                        refusal -> assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(7)));
        assertThat(scripted.requests()).isEmpty();
    }

    @Test
    void an_agent_with_a_mistake_in_it_fails_the_answer() {
        AgentStream stream = opened.reach(ScriptedAgent.following(request -> {
                    throw new IllegalStateException("a mistake");
                }))
                .answer(asking("?"));
        assertThatThrownBy(() -> nextOf(stream)).isInstanceOf(AgentFailed.class);
    }

    @Test
    void a_server_that_closes_lets_answers_finish() throws Exception {
        ScriptedAgent scripted = ScriptedAgent.following(
                request -> Script.say("well, ").thenWaitFor(gate).thenSay("goodbye"));
        AgentServer server =
                opened.serve(AgentServerConfig.of(0).serving(serving -> serving.withDrain(PATIENCE)), scripted);
        GrpcAgent agent = opened.connect(server.port());
        AgentStream stream = agent.answer(asking("?"));
        assertThat(nextOf(stream)).isInstanceOf(AgentEvent.class);
        CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
        await().until(() -> agent.unavailableFor().isPresent());
        gate.countDown();
        assertThat(textOf(allOf(stream))).isEqualTo("goodbye");
        closing.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        server.awaitClose();
    }

    @Test
    void a_server_that_must_close_ends_what_is_left() throws Exception {
        ScriptedAgent scripted =
                ScriptedAgent.following(request -> Script.say("well").thenWaitFor(gate));
        AgentServer server = opened.serve(scripted);
        AgentStream stream = opened.connect(server.port()).answer(asking("?"));
        assertThat(nextOf(stream)).isInstanceOf(AgentEvent.class);
        server.close();
        assertThatThrownBy(() -> nextOf(stream)).isInstanceOf(AgentFailed.class);
        assertThat(scripted.streams().getFirst().awaitClosed(PATIENCE)).isTrue();
    }

    @Test
    void reflection_is_there_when_asked_for() throws Exception {
        ScriptedAgent scripted = ScriptedAgent.saying("hello");
        assertThat(services(opened.serve(AgentServerConfig.of(0).serving(ServingConfig::withReflection), scripted)))
                .contains(AgentServiceGrpc.SERVICE_NAME);
        AgentServer closedMouth = opened.serve(scripted);
        assertThatThrownBy(() -> services(closedMouth)).hasMessageContaining("UNIMPLEMENTED");
    }

    @Test
    void an_address_in_use_stops_the_start() {
        int taken = opened.serve(ScriptedAgent.saying("hello")).port();
        assertThatThrownBy(() -> AgentServer.start(AgentServerConfig.of(taken), ScriptedAgent.saying("hello")))
                .isInstanceOf(IOException.class);
    }

    private String services(AgentServer server) throws Exception {
        CompletableFuture<String> services = new CompletableFuture<>();
        StreamObserver<ServerReflectionRequest> question = ServerReflectionGrpc.newStub(channel(server))
                .serverReflectionInfo(new StreamObserver<>() {
                    @Override
                    public void onNext(ServerReflectionResponse response) {
                        services.complete(response.getListServicesResponse().toString());
                    }

                    @Override
                    public void onError(Throwable failure) {
                        services.completeExceptionally(failure);
                    }

                    @Override
                    public void onCompleted() {}
                });
        question.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
        String answer = services.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        question.onCompleted();
        return answer;
    }

    private ManagedChannel channel(AgentServer server) {
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                .usePlaintext()
                .build();
        opened.add(channel::shutdownNow);
        return channel;
    }
}
