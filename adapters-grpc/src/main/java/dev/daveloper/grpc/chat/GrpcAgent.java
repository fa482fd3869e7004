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
import dev.daveloper.domain.health.Status;
import dev.daveloper.proto.agent.v1.AgentServiceGrpc;
import dev.daveloper.proto.agent.v1.ListToolsRequest;
import dev.daveloper.proto.agent.v1.ListToolsResponse;
import dev.daveloper.proto.agent.v1.TestToolRequest;
import dev.daveloper.proto.agent.v1.TestToolResponse;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** An agent reached over gRPC. Closing it cancels every answer. Safe for use by many threads. */
public final class GrpcAgent implements Agent, HealthProbe, AutoCloseable {
    /** Tools that an agent may have; also written in the contract. */
    private static final int MAX_TOOLS = 256;

    private static final Duration HEALTH_TIMEOUT = Duration.ofSeconds(2);
    private static final Metadata.Key<String> REQUEST_ID = ascii("x-request-id");

    private final ManagedChannel channel;
    private final CallSettings settings;
    private final Runnable disconnect;

    /** @param disconnect closes the channel and what keeps it connected */
    public GrpcAgent(ManagedChannel channel, CallSettings settings, Runnable disconnect) {
        this.channel = channel;
        this.settings = settings;
        this.disconnect = disconnect;
    }

    @Override
    public AgentStream answer(AgentRequest request) {
        Metadata metadata = metadata();
        if (!metadata.containsKey(REQUEST_ID)) {
            metadata.put(REQUEST_ID, request.run().id().value());
        }
        CallOptions options =
                CallOptions.DEFAULT.withDeadlineAfter(Times.nanos(request.budget()), TimeUnit.NANOSECONDS);
        return GrpcAnswer.ask(
                channel.newCall(AgentServiceGrpc.getChatMethod(), options), RequestWriter.write(request), metadata);
    }

    @Override
    public Optional<Duration> unavailableFor() {
        return channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE
                ? Optional.of(Statuses.USUAL_RETRY)
                : Optional.empty();
    }

    @Override
    public List<Tool> tools() {
        try {
            return read(call(
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
            TestToolResponse response = call(AgentServiceGrpc.getTestToolMethod(), settings.toolTimeout(), request);
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
        try {
            HealthCheckResponse response =
                    call(HealthGrpc.getCheckMethod(), HEALTH_TIMEOUT, HealthCheckRequest.getDefaultInstance());
            return response.getStatus() == ServingStatus.SERVING
                    ? Finding.PASS
                    : new Finding(Status.FAIL, "The agent says that it is not serving.");
        } catch (StatusRuntimeException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while asking the agent");
            }
            return switch (e.getStatus().getCode()) {
                case UNIMPLEMENTED, NOT_FOUND -> Finding.PASS;
                case DEADLINE_EXCEEDED -> new Finding(Status.FAIL, "The agent does not answer.");
                case UNAVAILABLE -> new Finding(Status.FAIL, "The agent cannot be reached, or is not serving.");
                default -> new Finding(Status.FAIL, "The agent's health service fails.");
            };
        }
    }

    @Override
    public void close() {
        disconnect.run();
    }

    private <Q, A> A call(MethodDescriptor<Q, A> method, Duration timeout, Q request) {
        return ClientCalls.blockingUnaryCall(
                ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(metadata())),
                method,
                CallOptions.DEFAULT.withDeadlineAfter(Times.nanos(timeout), TimeUnit.NANOSECONDS),
                request);
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

    private Metadata metadata() {
        Metadata metadata = new Metadata();
        for (Map.Entry<String, String> entry : settings.metadata().get().entrySet()) {
            metadata.put(ascii(entry.getKey()), entry.getValue());
        }
        return metadata;
    }

    private static Metadata.Key<String> ascii(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }
}
