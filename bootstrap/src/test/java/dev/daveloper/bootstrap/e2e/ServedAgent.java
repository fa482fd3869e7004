package dev.daveloper.bootstrap.e2e;

import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import dev.daveloper.grpc.AgentServer;
import dev.daveloper.grpc.AgentServerConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An agent of the test, served over gRPC: it counts, and then waits when it was asked to. */
final class ServedAgent implements AutoCloseable {
    /** It would tell of each gateway that was killed in mid-answer with a stack trace. Held, or its level is lost. */
    private static final Logger NETTY = Logger.getLogger("io.grpc.netty");

    static {
        NETTY.setLevel(Level.SEVERE);
    }

    private final AgentServer server;

    private ServedAgent(AgentServer server) {
        this.server = server;
    }

    /** Counts and is done. */
    static ServedAgent counting(int deltas) throws IOException {
        return of(ScriptedAgent.following(request -> counted(deltas)), 0);
    }

    /** Counts, waits for the gate, and says goodbye. */
    static ServedAgent counting(int deltas, CountDownLatch gate) throws IOException {
        return of(
                ScriptedAgent.following(
                        request -> counted(deltas).thenWaitFor(gate).thenSay("goodbye")),
                0);
    }

    static ServedAgent of(ScriptedAgent agent, int port) throws IOException {
        AgentServerConfig config = AgentServerConfig.of(port)
                .serving(serving -> serving.withDrain(Duration.ZERO).withMaxCalls(2_000));
        return new ServedAgent(AgentServer.start(config, agent));
    }

    /** What a counting agent says. */
    static String count(int deltas) {
        return IntStream.range(0, deltas).mapToObj(number -> number + " ").collect(Collectors.joining());
    }

    /** The option that lets a gateway call it. */
    String target() {
        return target(server.port());
    }

    static String target(int port) {
        return "--agent.target=dns:///127.0.0.1:" + port;
    }

    @Override
    public void close() {
        server.close();
    }

    private static Script counted(int deltas) {
        return Script.say(
                IntStream.range(0, deltas).mapToObj(number -> number + " ").toArray(String[]::new));
    }
}
