package dev.daveloper.grpc.chat;

import dev.daveloper.application.chat.out.Agent;
import dev.daveloper.application.chat.out.AgentRequest;
import dev.daveloper.application.chat.out.AgentStream;
import dev.daveloper.application.health.out.HealthProbe;
import dev.daveloper.domain.chat.Json;
import dev.daveloper.domain.chat.Tool;
import dev.daveloper.domain.chat.ToolResult;
import dev.daveloper.domain.failures.GatewayException;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.domain.failures.NotFound;
import dev.daveloper.grpc.CallListener;
import dev.daveloper.grpc.ServiceCalls;
import dev.daveloper.proto.agent.v1.AgentServiceGrpc;
import dev.daveloper.proto.agent.v1.ListToolsRequest;
import dev.daveloper.proto.agent.v1.ListToolsResponse;
import dev.daveloper.proto.agent.v1.TestToolRequest;
import dev.daveloper.proto.agent.v1.TestToolResponse;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** An agent reached over gRPC. Closing it cancels every answer. Safe for use by many threads. */
public final class GrpcAgent implements Agent, HealthProbe, AutoCloseable {
    /** Tools that an agent may have; also written in the contract. */
    private static final int MAX_TOOLS = 256;

    private final ServiceCalls calls;
    private final CallSettings settings;
    private final Consumer<CallListener> hearing;

    /** @param hearing lets somebody hear of the calls */
    public GrpcAgent(ServiceCalls calls, CallSettings settings, Consumer<CallListener> hearing) {
        this.calls = calls;
        this.settings = settings;
        this.hearing = hearing;
    }

    /** Tells this one, and no other, of the calls that begin from now on. */
    public void hear(CallListener listener) {
        hearing.accept(listener);
    }

    @Override
    public AgentStream answer(AgentRequest request) {
        return GrpcAnswer.ask(
                calls.open(AgentServiceGrpc.getChatMethod(), request.budget()),
                RequestWriter.write(request),
                calls.metadata(request.run().id().value()));
    }

    @Override
    public Optional<Duration> unavailableFor() {
        return calls.isAway() ? Optional.of(Statuses.USUAL_RETRY) : Optional.empty();
    }

    @Override
    public List<Tool> tools() {
        try {
            return read(calls.unary(
                    AgentServiceGrpc.getListToolsMethod(),
                    settings.callTimeout(),
                    ListToolsRequest.getDefaultInstance()));
        } catch (StatusRuntimeException e) {
            return switch (e.getStatus().getCode()) {
                case UNIMPLEMENTED -> List.of();
                default -> throw failure(e);
            };
        }
    }

    @Override
    public ToolResult testTool(String name, Json arguments) {
        try {
            TestToolRequest request = TestToolRequest.newBuilder()
                    .setName(name)
                    .setArgumentsJson(arguments.text())
                    .build();
            TestToolResponse response =
                    calls.unary(AgentServiceGrpc.getTestToolMethod(), settings.toolTimeout(), request);
            return new ToolResult(response.getOk(), response.getOutput());
        } catch (StatusRuntimeException e) {
            throw switch (e.getStatus().getCode()) {
                case NOT_FOUND, UNIMPLEMENTED -> new NotFound("tool");
                case INVALID_ARGUMENT ->
                    new InvalidRequest("#/arguments", "The arguments do not fit the tool's parameters.");
                default -> failure(e);
            };
        }
    }

    @Override
    public String component() {
        return "agent";
    }

    /** Sessions, history and running answers are served without it. */
    @Override
    public boolean vital() {
        return false;
    }

    /** Asks the agent's health service; one that has none is well as long as it answers at all. */
    @Override
    public Finding check() throws InterruptedException {
        return calls.health(component());
    }

    @Override
    public void close() {
        calls.close();
    }

    private static GatewayException failure(StatusRuntimeException e) {
        return Statuses.failure(e.getStatus(), e.getTrailers(), false);
    }

    private static List<Tool> read(ListToolsResponse response) {
        List<Tool> tools = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (dev.daveloper.proto.agent.v1.Tool tool : response.getToolsList()) {
            Optional<Json> parameters = JsonText.object(tool.getParametersJson());
            boolean usable = parameters.isPresent() && !tool.getName().isEmpty();
            if (tools.size() < MAX_TOOLS && usable && names.add(tool.getName())) {
                tools.add(new Tool(tool.getName(), tool.getDescription(), parameters.get()));
            }
        }
        return List.copyOf(tools);
    }
}
