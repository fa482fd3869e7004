package dev.daveloper.grpc;

import static dev.daveloper.application.testkit.AgentAnswers.PATIENCE;
import static dev.daveloper.application.testkit.AgentAnswers.asking;

import com.sun.management.OperatingSystemMXBean;
import dev.daveloper.application.chat.out.AgentStream;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.ScriptedAgent.Line;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.AgentStep;
import dev.daveloper.grpc.chat.GrpcAgent;
import dev.daveloper.proto.agent.v1.AgentServiceGrpc;
import dev.daveloper.proto.agent.v1.ChatRequest;
import dev.daveloper.proto.agent.v1.ChatResponse;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.io.BufferedReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What a streamed delta costs the client's process in CPU: {@link GrpcAgent} against grpc-java's own asynchronous
 * stub, in turn, with the server in another process. Started by hand; prints microseconds per delta and their ratio.
 */
final class StreamCost {
    private static final int DELTAS_PER_ANSWER = 2_000;
    private static final int ANSWERS_AT_ONCE = 8;
    private static final int ANSWERS_PER_ROUND = 80;
    private static final int WARM_UP_ROUNDS = 6;
    private static final int ROUNDS = 10;

    private StreamCost() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0) {
            serve();
            return;
        }
        Process server = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StreamCost.class.getName(),
                        "serve")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            BufferedReader output = server.inputReader(StandardCharsets.UTF_8);
            measure(Integer.parseInt(output.readLine()));
        } finally {
            server.destroy();
        }
    }

    private static void serve() throws Exception {
        List<Line> lines = Collections.nCopies(DELTAS_PER_ANSWER, new Line.Say(new AgentEvent.TextDelta("streamed ")));
        Script script = new Script(lines);
        try (AgentServer server =
                AgentServer.start(AgentServerConfig.of(0), ScriptedAgent.following(request -> script))) {
            System.out.println(server.port());
            server.awaitClose();
        }
    }

    private static void measure(int port) throws Exception {
        ManagedChannel channel =
                NettyChannelBuilder.forAddress("localhost", port).usePlaintext().build();
        try (GrpcAgent agent = GrpcAgents.connect(GrpcAgentConfig.of("dns:///localhost:" + port))) {
            List<Double> ours = new ArrayList<>();
            List<Double> plain = new ArrayList<>();
            for (int round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
                double stub = microsPerDelta(() -> plainAnswer(channel));
                double pulled = microsPerDelta(() -> pulledAnswer(agent));
                if (round >= WARM_UP_ROUNDS) {
                    plain.add(stub);
                    ours.add(pulled);
                }
            }
            Collections.sort(ours);
            Collections.sort(plain);
            System.out.printf(
                    "us CPU per delta, best/median of %d: stub %.2f/%.2f, GrpcAgent %.2f/%.2f, ratio %.2f/%.2f%n",
                    ROUNDS,
                    plain.getFirst(),
                    plain.get(ROUNDS / 2),
                    ours.getFirst(),
                    ours.get(ROUNDS / 2),
                    ours.getFirst() / plain.getFirst(),
                    ours.get(ROUNDS / 2) / plain.get(ROUNDS / 2));
        } finally {
            channel.shutdownNow();
        }
    }

    private static double microsPerDelta(Callable<Integer> answer) throws Exception {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long before = system.getProcessCpuTime();
        long deltas = 0;
        try (ExecutorService threads =
                Executors.newFixedThreadPool(ANSWERS_AT_ONCE, Thread.ofVirtual().factory())) {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < ANSWERS_PER_ROUND; i++) {
                answers.add(threads.submit(answer));
            }
            for (Future<Integer> each : answers) {
                deltas += each.get();
            }
        }
        if (deltas != (long) ANSWERS_PER_ROUND * DELTAS_PER_ANSWER) {
            throw new IllegalStateException("deltas were lost: " + deltas);
        }
        return (system.getProcessCpuTime() - before) / 1e3 / deltas;
    }

    private static int pulledAnswer(GrpcAgent agent) throws InterruptedException {
        int deltas = 0;
        try (AgentStream stream = agent.answer(asking("?"))) {
            for (AgentStep step = stream.next(PATIENCE); step != AgentStep.Ended.ENDED; step = stream.next(PATIENCE)) {
                deltas += step instanceof AgentEvent.TextDelta ? 1 : 0;
            }
        }
        return deltas;
    }

    private static int plainAnswer(ManagedChannel channel) throws Exception {
        CompletableFuture<Integer> end = new CompletableFuture<>();
        AgentServiceGrpc.newStub(channel)
                .chat(ChatRequest.newBuilder().setMessage("?").build(), new StreamObserver<>() {
                    private int deltas;

                    @Override
                    public void onNext(ChatResponse response) {
                        deltas += response.getTextDelta().getText().isEmpty() ? 0 : 1;
                    }

                    @Override
                    public void onError(Throwable failure) {
                        end.completeExceptionally(failure);
                    }

                    @Override
                    public void onCompleted() {
                        end.complete(deltas);
                    }
                });
        return end.get();
    }
}
