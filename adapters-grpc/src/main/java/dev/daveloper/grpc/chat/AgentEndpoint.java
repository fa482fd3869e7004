package dev.daveloper.grpc.chat;

import dev.daveloper.application.chat.out.Agent;
import dev.daveloper.application.tracing.out.Tracer;
import dev.daveloper.domain.Ids;
import dev.daveloper.domain.chat.Json;
import dev.daveloper.domain.chat.Tool;
import dev.daveloper.domain.chat.ToolResult;
import dev.daveloper.domain.failures.AgentUnavailable;
import dev.daveloper.domain.failures.AtCapacity;
import dev.daveloper.domain.failures.GatewayException;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.grpc.CallDesk;
import dev.daveloper.proto.agent.v1.AgentServiceGrpc;
import dev.daveloper.proto.agent.v1.ChatRequest;
import dev.daveloper.proto.agent.v1.ChatResponse;
import dev.daveloper.proto.agent.v1.ListToolsRequest;
import dev.daveloper.proto.agent.v1.ListToolsResponse;
import dev.daveloper.proto.agent.v1.TestToolRequest;
import dev.daveloper.proto.agent.v1.TestToolResponse;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves an agent to callers over gRPC. Each answer is pulled by a virtual thread of its own, no faster than its caller
 * reads; a caller that leaves closes the agent's stream. The server's executor must bear calls that block.
 */
public final class AgentEndpoint extends AgentServiceGrpc.AgentServiceImplBase {
    private static final Logger LOG = LoggerFactory.getLogger(AgentEndpoint.class);

    private final Agent agent;
    private final Duration maxAnswerTime;
    private final CallDesk desk;
    private final RequestReader requests = new RequestReader(new Ids(InstantSource.system(), new SecureRandom()));

    /**
     * @param maxCalls answers and tool trials at once; more are refused
     * @param maxAnswerTime for callers that set no deadline, and for those that set a later one
     * @param tracer for whose current span the threads of a call work
     */
    public AgentEndpoint(Agent agent, int maxCalls, Duration maxAnswerTime, Tracer tracer) {
        this.agent = agent;
        this.maxAnswerTime = maxAnswerTime;
        this.desk = new CallDesk(maxCalls, AtCapacity.runs(), AgentEndpoint::status, tracer);
    }

    @Override
    public void chat(ChatRequest request, StreamObserver<ChatResponse> responses) {
        desk.stream(responses, () -> {
            agent.unavailableFor().ifPresent(retryAfter -> {
                throw new AgentUnavailable(retryAfter);
            });
            return new AnswerSource(agent.answer(requests.read(request, budget())));
        });
    }

    @Override
    public void listTools(ListToolsRequest request, StreamObserver<ListToolsResponse> responses) {
        desk.answer(responses, () -> {
            ListToolsResponse.Builder response = ListToolsResponse.newBuilder();
            for (Tool tool : agent.tools()) {
                response.addTools(dev.daveloper.proto.agent.v1.Tool.newBuilder()
                        .setName(tool.name())
                        .setDescription(tool.description())
                        .setParametersJson(tool.parameters().text()));
            }
            return response.build();
        });
    }

    @Override
    public void testTool(TestToolRequest request, StreamObserver<TestToolResponse> responses) {
        desk.answer(responses, () -> {
            Json arguments = JsonText.object(request.getArgumentsJson())
                    .orElseThrow(() -> new InvalidRequest("#/arguments", "The arguments must be a JSON object."));
            ToolResult result = agent.testTool(request.getName(), arguments);
            return TestToolResponse.newBuilder()
                    .setOk(result.ok())
                    .setOutput(result.output())
                    .build();
        });
    }

    /** Where its calls are taken. */
    public CallDesk desk() {
        return desk;
    }

    private Duration budget() {
        Deadline deadline = Context.current().getDeadline();
        if (deadline == null) {
            return maxAnswerTime;
        }
        Duration left = Duration.ofNanos(Math.max(0, deadline.timeRemaining(TimeUnit.NANOSECONDS)));
        return left.compareTo(maxAnswerTime) < 0 ? left : maxAnswerTime;
    }

    /** What to tell the caller; what the caller should not read stands in the log. */
    private static StatusRuntimeException status(RuntimeException e) {
        if (e instanceof GatewayException failure) {
            return Statuses.of(failure);
        }
        LOG.error("the agent broke down", e);
        return Status.INTERNAL.withDescription("The agent broke down.").asRuntimeException();
    }
}
