package dev.daveloper.load;

import dev.daveloper.application.chat.out.Agent;
import dev.daveloper.application.chat.out.AgentRequest;
import dev.daveloper.application.chat.out.AgentStream;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.AgentStep;
import dev.daveloper.domain.chat.Json;
import dev.daveloper.domain.chat.Tool;
import dev.daveloper.domain.chat.ToolResult;
import dev.daveloper.domain.failures.NotFound;
import dev.daveloper.grpc.AgentServer;
import dev.daveloper.grpc.AgentServerConfig;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * An agent over gRPC in a process of its own that is asked {@code "200 20 0"} and says 200 words, one each 20 ms, the
 * first after 0 ms, or after 200 when it is not told. A word is the microsecond in which it was said, so that a viewer
 * on the same machine knows how old it is.
 */
public final class PacedAgent implements Agent {
    private static final String FIRST_AFTER_MILLIS = "200";
    private static final int MAX_CALLS = 12_000;

    private PacedAgent() {}

    /** Serves on a port that it prints, until the process ends. */
    public static void main(String[] args) throws Exception {
        AgentServerConfig config = AgentServerConfig.of(0).serving(serving -> serving.withMaxCalls(MAX_CALLS));
        try (AgentServer server = AgentServer.start(config, new PacedAgent())) {
            System.out.println("agent on " + server.port());
            server.awaitClose();
        }
    }

    @Override
    public AgentStream answer(AgentRequest request) {
        String[] asked = (request.message() + " " + FIRST_AFTER_MILLIS).split(" ");
        return new PacedWords(
                Integer.parseInt(asked[0]),
                Duration.ofMillis(Long.parseLong(asked[1])),
                Duration.ofMillis(Long.parseLong(asked[2])));
    }

    @Override
    public List<Tool> tools() {
        return List.of();
    }

    @Override
    public ToolResult testTool(String name, Json arguments) {
        throw new NotFound("tool");
    }

    /** Says each word at its moment, whatever the ones before took. */
    private static final class PacedWords implements AgentStream {
        private final CountDownLatch closed = new CountDownLatch(1);
        private final long firstAtNanos;
        private final int words;
        private final long paceNanos;
        private int said;

        PacedWords(int words, Duration pace, Duration firstAfter) {
            this.firstAtNanos = System.nanoTime() + firstAfter.toNanos();
            this.words = words;
            this.paceNanos = pace.toNanos();
        }

        @Override
        public AgentStep next(Duration patience) throws InterruptedException {
            if (said == words) {
                return AgentStep.Ended.ENDED;
            }
            long left = firstAtNanos + said * paceNanos - System.nanoTime();
            if (closed.await(Math.min(left, patience.toNanos()), TimeUnit.NANOSECONDS)) {
                return AgentStep.Ended.ENDED;
            }
            if (left > patience.toNanos()) {
                return AgentStep.Quiet.QUIET;
            }
            said++;
            return new AgentEvent.TextDelta(Words.nowMicros() + " ");
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }
}
