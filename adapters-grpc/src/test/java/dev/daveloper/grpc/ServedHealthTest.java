package dev.daveloper.grpc;

import static dev.daveloper.application.testkit.AgentAnswers.asking;
import static dev.daveloper.application.testkit.AgentAnswers.nextOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.chat.out.AgentStream;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.health.ErrorClass;
import dev.daveloper.grpc.chat.GrpcAgent;
import dev.daveloper.proto.agent.v1.AgentServiceGrpc;
import dev.daveloper.proto.documents.v1.DocumentServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The health of what is served here, as any client of {@code grpc.health.v1} sees it. */
@Timeout(60)
class ServedHealthTest {
    @RegisterExtension
    final Opened opened = new Opened();

    private final CountDownLatch gate = new CountDownLatch(1);
    private final List<ManagedChannel> channels = new CopyOnWriteArrayList<>();

    @AfterEach
    void hangUp() {
        gate.countDown();
        channels.forEach(ManagedChannel::shutdownNow);
    }

    private ManagedChannel channel(int port) {
        ManagedChannel channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        channels.add(channel);
        return channel;
    }

    private static HealthCheckRequest about(String service) {
        return HealthCheckRequest.newBuilder().setService(service).build();
    }

    private static ServingStatus check(ManagedChannel channel, String service) {
        return HealthGrpc.newBlockingStub(channel).check(about(service)).getStatus();
    }

    /** What is told from now on. */
    private static List<ServingStatus> watch(ManagedChannel channel, String service) {
        List<ServingStatus> told = new CopyOnWriteArrayList<>();
        HealthGrpc.newStub(channel).watch(about(service), new StreamObserver<>() {
            @Override
            public void onNext(HealthCheckResponse response) {
                told.add(response.getStatus());
            }

            @Override
            public void onError(Throwable end) {}

            @Override
            public void onCompleted() {}
        });
        await().until(() -> !told.isEmpty());
        return told;
    }

    @Test
    void each_server_tells_of_itself_and_of_its_service_and_knows_no_other() {
        ManagedChannel agent =
                channel(opened.serve(ScriptedAgent.saying("hello")).port());
        ManagedChannel documents = channel(opened.serve(new WatchedDocuments()).port());
        assertThat(check(agent, "")).isEqualTo(ServingStatus.SERVING);
        assertThat(check(agent, AgentServiceGrpc.SERVICE_NAME)).isEqualTo(ServingStatus.SERVING);
        assertThat(check(documents, "")).isEqualTo(ServingStatus.SERVING);
        assertThat(check(documents, DocumentServiceGrpc.SERVICE_NAME)).isEqualTo(ServingStatus.SERVING);

        assertThatThrownBy(() -> check(agent, DocumentServiceGrpc.SERVICE_NAME))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        refusal -> assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND));
        assertThat(watch(documents, AgentServiceGrpc.SERVICE_NAME)).containsExactly(ServingStatus.SERVICE_UNKNOWN);
    }

    @Test
    void who_watches_is_told_of_a_drain_while_answers_go_on() throws Exception {
        ScriptedAgent scripted =
                ScriptedAgent.following(request -> Script.say("well").thenWaitFor(gate));
        AgentServer server = opened.serve(
                AgentServerConfig.of(0).serving(serving -> serving.withDrain(Duration.ofSeconds(30))), scripted);
        GrpcAgent agent = opened.connect(server.port());
        AgentStream answer = agent.answer(asking("?"));
        assertThat(nextOf(answer)).isInstanceOf(AgentEvent.class);
        ManagedChannel channel = channel(server.port());
        List<ServingStatus> ofAll = watch(channel, "");
        List<ServingStatus> ofService = watch(channel, AgentServiceGrpc.SERVICE_NAME);

        Thread closing = Thread.ofVirtual().start(server::close);
        await().untilAsserted(
                        () -> assertThat(ofAll).containsExactly(ServingStatus.SERVING, ServingStatus.NOT_SERVING));
        await().untilAsserted(
                        () -> assertThat(ofService).containsExactly(ServingStatus.SERVING, ServingStatus.NOT_SERVING));
        assertThat(gate.getCount()).as("an answer is being made").isEqualTo(1);
        gate.countDown();
        closing.join();
    }

    @Test
    void a_server_that_is_gone_refuses_and_the_probe_says_so() throws Exception {
        AgentServer server = opened.serve(ScriptedAgent.saying("hello"));
        GrpcAgent agent = opened.connect(server.port());
        assertThat(agent.check().error()).isEmpty();
        server.close();
        await().untilAsserted(() -> assertThat(agent.check().error()).contains(ErrorClass.REFUSED));
    }
}
