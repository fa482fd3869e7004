package dev.daveloper.grpc;

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
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.Json;
import dev.daveloper.domain.chat.Message;
import dev.daveloper.domain.chat.Tool;
import dev.daveloper.domain.chat.UserMessage;
import dev.daveloper.domain.failures.AgentFailed;
import dev.daveloper.domain.failures.AgentTimeout;
import dev.daveloper.domain.failures.AgentUnavailable;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.domain.failures.NotFound;
import dev.daveloper.grpc.chat.GrpcAgent;
import dev.daveloper.proto.agent.v1.ChatResponse;
import dev.daveloper.proto.agent.v1.HistoryMessage;
import dev.daveloper.proto.agent.v1.ListToolsResponse;
import dev.daveloper.proto.agent.v1.TextDelta;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An agent that was not written here: the contract's table of statuses, and what becomes of odd answers. */
class ForeignAgentTest {
    private static final ChatResponse HELLO = text("hello");

    @RegisterExtension
    final Opened opened = new Opened();

    @ParameterizedTest
    @EnumSource(
            value = Code.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"OK", "UNAVAILABLE", "RESOURCE_EXHAUSTED", "DEADLINE_EXCEEDED"})
    void most_statuses_are_a_failure_of_the_agent_which_keeps_its_words(Code code) {
        AgentStream stream = ask(ForeignAgent.failing(code.toStatus().withDescription("db-7.internal exploded")));
        assertThatThrownBy(() -> nextOf(stream))
                .isInstanceOfSatisfying(
                        AgentFailed.class,
                        failure -> assertThat(failure.detail()).doesNotContain("db-7", "exploded"));
    }

    @Test
    void an_agent_that_is_away_is_asked_three_times_in_all() {
        ForeignAgent foreign = ForeignAgent.failing(Status.UNAVAILABLE);
        AgentStream stream = ask(foreign);
        assertThatThrownBy(() -> nextOf(stream)).isInstanceOf(AgentUnavailable.class);
        assertThat(foreign.asked).hasSize(3);
    }

    @Test
    void an_agent_that_comes_to_itself_answers_the_second_time() throws Exception {
        AtomicInteger times = new AtomicInteger();
        ForeignAgent foreign = ForeignAgent.with((request, caller) -> {
            if (times.getAndIncrement() == 0) {
                caller.onError(Status.UNAVAILABLE.asRuntimeException());
            } else {
                caller.onNext(HELLO);
                caller.onCompleted();
            }
        });
        assertThat(textOf(allOf(ask(foreign)))).isEqualTo("hello");
        assertThat(foreign.asked).hasSize(2);
        assertThat(foreign.asked.getFirst()).isEqualTo(foreign.asked.getLast());
    }

    @Test
    void an_agent_that_said_something_is_never_asked_again() throws Exception {
        ForeignAgent foreign = ForeignAgent.failing(Status.UNAVAILABLE, HELLO);
        AgentStream stream = ask(foreign);
        assertThat(nextOf(stream)).isEqualTo(new AgentEvent.TextDelta("hello"));
        assertThatThrownBy(() -> nextOf(stream)).isInstanceOf(AgentFailed.class);
        assertThat(foreign.asked).hasSize(1);
    }

    @Test
    void a_busy_agent_is_not_pressed() throws Exception {
        ForeignAgent busy = ForeignAgent.failing(Status.RESOURCE_EXHAUSTED);
        AgentStream refused = ask(busy);
        assertThatThrownBy(() -> nextOf(refused)).isInstanceOf(AgentUnavailable.class);
        assertThat(busy.asked).hasSize(1);

        AgentStream dropped = ask(ForeignAgent.failing(Status.RESOURCE_EXHAUSTED, HELLO));
        assertThat(nextOf(dropped)).isInstanceOf(AgentEvent.class);
        assertThatThrownBy(() -> nextOf(dropped)).isInstanceOf(AgentFailed.class);
    }

    @Test
    void an_agent_that_gives_up_on_time_timed_out() {
        AgentStream stream = ask(ForeignAgent.failing(Status.DEADLINE_EXCEEDED));
        assertThatThrownBy(() -> nextOf(stream)).isInstanceOf(AgentTimeout.class);
    }

    @Test
    void an_agent_that_says_nothing_has_completed() throws Exception {
        assertThat(allOf(ask(ForeignAgent.saying()))).isEmpty();
    }

    @Test
    void an_event_beyond_the_bound_fails_the_answer() {
        int tooLarge = GrpcAgentConfig.of("any").connection().maxMessageBytes() + 1;
        AgentStream stream = ask(ForeignAgent.saying(text("x".repeat(tooLarge))));
        assertThatThrownBy(() -> nextOf(stream)).isInstanceOf(AgentFailed.class);
    }

    @Test
    void unknown_and_empty_events_are_left_out() throws Exception {
        assertThat(allOf(ask(ForeignAgent.saying(ChatResponse.getDefaultInstance(), text(""), HELLO))))
                .containsExactly(new AgentEvent.TextDelta("hello"));
    }

    @Test
    void the_oldest_history_gives_way_to_what_a_server_takes() throws Exception {
        List<Message> history = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            String text = i + "ü".repeat(100_000);
            history.add(new UserMessage(run().userMessageId(), run().id(), Instant.EPOCH, text));
        }
        ForeignAgent foreign = ForeignAgent.saying(HELLO);
        AgentRequest plain = asking("?");
        AgentRequest request =
                new AgentRequest(plain.run(), plain.message(), history, true, OptionalInt.empty(), plain.budget());
        assertThat(textOf(allOf(connect(foreign).answer(request)))).isEqualTo("hello");
        List<HistoryMessage> heard = foreign.asked.getFirst().getHistoryList();
        assertThat(heard).hasSizeBetween(10, 49);
        assertThat(heard.getLast().getText()).isEqualTo(history.getLast().text());
        assertThat(foreign.asked.getFirst().getSerializedSize()).isLessThanOrEqualTo(4 << 20);
    }

    @Test
    void metadata_tells_whose_request_it_is() throws Exception {
        ForeignAgent foreign = opened.add(ForeignAgent.saying(HELLO));
        AgentRequest request = asking("?");
        allOf(opened.connect(foreign.port()).answer(request));
        assertThat(header(foreign, "x-request-id")).isEqualTo(request.run().id().value());

        GrpcAgent traced = opened.add(GrpcAgents.connect(
                GrpcAgentConfig.of("dns:///localhost:" + foreign.port()),
                () -> Map.of("x-request-id", "req-1", "traceparent", "00-1-2-01")));
        allOf(traced.answer(asking("?")));
        assertThat(header(foreign, "x-request-id")).isEqualTo("req-1");
        assertThat(header(foreign, "traceparent")).isEqualTo("00-1-2-01");
    }

    @Test
    void an_agent_may_do_without_tools() {
        GrpcAgent agent = connect(ForeignAgent.saying());
        assertThat(agent.tools()).isEmpty();
        assertThatThrownBy(() -> agent.testTool("any", Json.EMPTY_OBJECT)).isInstanceOf(NotFound.class);
    }

    @Test
    void a_failing_tool_call_is_told_by_its_status() {
        ForeignAgent foreign = ForeignAgent.saying();
        GrpcAgent agent = connect(foreign);
        foreign.toolStatus = Status.INVALID_ARGUMENT.withDescription("secret");
        assertThatThrownBy(() -> agent.testTool("any", Json.EMPTY_OBJECT))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageNotContaining("secret");
        foreign.toolStatus = Status.UNKNOWN;
        assertThatThrownBy(() -> agent.testTool("any", Json.EMPTY_OBJECT)).isInstanceOf(AgentFailed.class);
        assertThatThrownBy(agent::tools).isInstanceOf(AgentFailed.class);
        foreign.toolStatus = Status.UNAVAILABLE;
        assertThatThrownBy(agent::tools).isInstanceOf(AgentUnavailable.class);
        foreign.toolStatus = Status.DEADLINE_EXCEEDED;
        assertThatThrownBy(agent::tools).isInstanceOf(AgentTimeout.class);
    }

    @Test
    void tools_that_nobody_could_use_are_left_out() {
        ForeignAgent foreign = ForeignAgent.saying();
        foreign.toolStatus = Status.OK;
        foreign.tools = ListToolsResponse.newBuilder()
                .addTools(tool("dice", "{\"type\":\"object\"}"))
                .addTools(tool("", "{}"))
                .addTools(tool("broken", "{"))
                .addTools(tool("dice", "{}"))
                .addTools(tool("plain", ""))
                .build();
        assertThat(connect(foreign).tools())
                .containsExactly(
                        new Tool("dice", "what dice does", new Json("{\"type\":\"object\"}")),
                        new Tool("plain", "what plain does", Json.EMPTY_OBJECT));
    }

    @Test
    void an_agent_without_health_is_well_while_it_answers() throws Exception {
        GrpcAgent agent = connect(ForeignAgent.saying(HELLO));
        assertThat(agent.check().status()).isEqualTo(dev.daveloper.domain.health.Status.PASS);
        assertThat(agent.component()).isEqualTo("agent");
        assertThat(agent.vital()).isFalse();
    }

    @Test
    void an_agent_that_is_not_serving_gets_no_new_answers() throws Exception {
        HealthStatusManager health = new HealthStatusManager();
        ForeignAgent foreign = ForeignAgent.with(
                (request, caller) -> {
                    caller.onNext(HELLO);
                    caller.onCompleted();
                },
                health.getHealthService());
        GrpcAgent agent = connect(foreign);
        assertThat(textOf(allOf(agent.answer(asking("?"))))).isEqualTo("hello");
        health.setStatus("", ServingStatus.NOT_SERVING);
        await().until(() -> agent.unavailableFor().isPresent());
        assertThat(agent.check().status()).isEqualTo(dev.daveloper.domain.health.Status.FAIL);
        health.setStatus("", ServingStatus.SERVING);
        await().until(() -> agent.unavailableFor().isEmpty());
        assertThat(agent.check().status()).isEqualTo(dev.daveloper.domain.health.Status.PASS);
    }

    @Test
    void an_interrupted_health_check_says_so() {
        GrpcAgent agent = connect(ForeignAgent.saying(HELLO));
        Thread.currentThread().interrupt();
        assertThatThrownBy(agent::check).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    private AgentStream ask(ForeignAgent foreign) {
        return connect(foreign).answer(asking("?"));
    }

    private GrpcAgent connect(ForeignAgent foreign) {
        return opened.connect(opened.add(foreign).port());
    }

    private static String header(ForeignAgent foreign, String name) {
        return foreign.metadata.getLast().get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
    }

    private static dev.daveloper.proto.agent.v1.Tool tool(String name, String parameters) {
        return dev.daveloper.proto.agent.v1.Tool.newBuilder()
                .setName(name)
                .setDescription("what " + name + " does")
                .setParametersJson(parameters)
                .build();
    }

    private static ChatResponse text(String text) {
        return ChatResponse.newBuilder()
                .setTextDelta(TextDelta.newBuilder().setText(text))
                .build();
    }
}
