package dev.daveloper.grpc;

import static dev.daveloper.application.testkit.AgentAnswers.PATIENCE;
import static dev.daveloper.application.testkit.AgentAnswers.allOf;
import static dev.daveloper.application.testkit.AgentAnswers.asking;
import static dev.daveloper.application.testkit.AgentAnswers.nextOf;
import static dev.daveloper.application.testkit.AgentAnswers.textOf;
import static dev.daveloper.application.testkit.AgentAnswers.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.chat.out.AgentStream;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.AgentStep;
import dev.daveloper.domain.failures.AgentFailed;
import dev.daveloper.domain.failures.AgentTimeout;
import dev.daveloper.domain.failures.AgentUnavailable;
import dev.daveloper.domain.health.Status;
import dev.daveloper.grpc.chat.GrpcAgent;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Networks break, agents die, readers stall. */
class GrpcAgentFaultsTest {
    private static final Duration RECOVERY = Duration.ofSeconds(2);
    private static final int MANY = 200;

    @RegisterExtension
    final Opened opened = new Opened();

    private final CountDownLatch never = new CountDownLatch(1);

    @Test
    void an_agent_lost_in_mid_answer_fails_it_after_what_had_come() throws Exception {
        ScriptedAgent scripted = ScriptedAgent.following(
                request -> Script.say("as far ", "as it went").thenWaitFor(never));
        TcpProxy network = opened.add(TcpProxy.to(opened.serve(scripted).port()));
        AgentStream stream = opened.connect(network.port()).answer(asking("?"));
        assertThat(nextOf(stream)).isEqualTo(new AgentEvent.TextDelta("as far "));
        network.cut();
        assertThat(nextOf(stream)).isEqualTo(new AgentEvent.TextDelta("as it went"));
        assertThatThrownBy(() -> nextOf(stream)).isInstanceOf(AgentFailed.class);
        assertThat(stream.next(Duration.ZERO)).isEqualTo(AgentStep.Ended.ENDED);
        assertThat(scripted.requests()).as("never asked twice").hasSize(1);
        assertThat(scripted.streams().getFirst().awaitClosed(PATIENCE))
                .as("the agent learns that its caller is gone")
                .isTrue();
    }

    @Test
    void an_agent_that_comes_after_us_is_found_within_two_seconds() throws Exception {
        int port = freePort();
        GrpcAgent agent = opened.connect(port);
        assertThatThrownBy(() -> nextOf(agent.answer(asking("?"))))
                .isInstanceOfSatisfying(AgentUnavailable.class, refusal -> {
                    assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(1));
                    assertThat(refusal.detail()).doesNotContain("localhost", "127.0.0.1", Integer.toString(port));
                });
        await().until(() -> agent.unavailableFor().isPresent());
        assertThat(agent.check().status()).isEqualTo(Status.FAIL);
        // Gives gRPC's own pauses time to grow past what we promise.
        await().pollDelay(Duration.ofSeconds(4))
                .until(() -> agent.unavailableFor().isPresent());

        opened.serve(Opened.atOnce(port), ScriptedAgent.saying("here ", "I am"));
        await().atMost(RECOVERY).until(() -> agent.unavailableFor().isEmpty());
        assertThat(textOf(allOf(agent.answer(asking("?"))))).isEqualTo("here I am");
        assertThat(agent.check().status()).isEqualTo(Status.PASS);
    }

    @Test
    void an_agent_that_restarts_is_found_again_within_two_seconds() throws Exception {
        AgentServer first = opened.serve(ScriptedAgent.saying("first"));
        GrpcAgent agent = opened.connect(first.port());
        assertThat(textOf(allOf(agent.answer(asking("?"))))).isEqualTo("first");
        int port = first.port();
        first.close();
        await().until(() -> agent.unavailableFor().isPresent());
        opened.serve(Opened.atOnce(port), ScriptedAgent.saying("second"));
        await().atMost(RECOVERY).until(() -> agent.unavailableFor().isEmpty());
        assertThat(textOf(allOf(agent.answer(asking("?"))))).isEqualTo("second");
    }

    @Test
    void a_network_that_swallows_everything_ends_at_the_deadline() throws Exception {
        ScriptedAgent scripted =
                ScriptedAgent.following(request -> Script.say("well").thenWaitFor(never));
        TcpProxy network = opened.add(TcpProxy.to(opened.serve(scripted).port()));
        GrpcAgent agent = opened.connect(network.port());
        AgentStream begun = agent.answer(within(Duration.ofSeconds(2), asking("?")));
        assertThat(nextOf(begun)).isInstanceOf(AgentEvent.class);
        network.stall();
        assertThatThrownBy(() -> nextOf(begun)).isInstanceOf(AgentTimeout.class);
        AgentStream unheard = agent.answer(within(Duration.ofMillis(300), asking("?")));
        assertThatThrownBy(() -> nextOf(unheard)).isInstanceOf(AgentTimeout.class);
    }

    @Test
    void an_agent_whose_reader_stalls_is_held_back() throws Exception {
        EndlessAgent endless = new EndlessAgent();
        AgentStream stream = opened.reach(endless).answer(asking("?"));
        assertThat(nextOf(stream)).isInstanceOf(AgentEvent.class);
        long[] before = {-1};
        await().pollInterval(Duration.ofMillis(300)).until(() -> {
            boolean still = before[0] == endless.said();
            before[0] = endless.said();
            return still;
        });
        int window = GrpcAgentConfig.of("any").connection().windowBytes() / EndlessAgent.DELTA_CHARS;
        assertThat(endless.said()).isLessThan(window + 200);
        for (int i = 0; i < 2 * window; i++) {
            assertThat(nextOf(stream)).isInstanceOf(AgentEvent.class);
        }
        stream.close();
    }

    @Test
    void two_hundred_answers_at_once_are_whole_and_apart() throws Exception {
        GrpcAgent agent = opened.reach(ScriptedAgent.following(request -> {
            List<ScriptedAgent.Line> lines = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                lines.add(new ScriptedAgent.Line.Say(new AgentEvent.TextDelta(request.message() + "." + i + " ")));
            }
            return new Script(lines);
        }));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                String name = "q" + i;
                answers.add(threads.submit(() -> textOf(allOf(agent.answer(asking(name))))));
            }
            for (int i = 0; i < MANY; i++) {
                StringBuilder whole = new StringBuilder();
                for (int j = 0; j < MANY; j++) {
                    whole.append('q').append(i).append('.').append(j).append(' ');
                }
                assertThat(answers.get(i).get()).isEqualTo(whole.toString());
            }
        }
    }

    @Test
    void closing_the_connection_ends_its_answers_and_threads() throws Exception {
        GrpcAgent agent = opened.reach(
                ScriptedAgent.following(request -> Script.say("well").thenWaitFor(never)));
        AgentStream stream = agent.answer(asking("?"));
        assertThat(nextOf(stream)).isInstanceOf(AgentEvent.class);
        agent.close();
        agent.close();
        assertThatThrownBy(() -> nextOf(stream)).isInstanceOf(AgentFailed.class);
        AgentStream late = agent.answer(asking("?"));
        assertThatThrownBy(() -> nextOf(late)).isInstanceOf(AgentUnavailable.class);
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("grpc-agent-watch")));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
