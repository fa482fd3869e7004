package dev.daveloper.grpc;

import dev.daveloper.proto.agent.v1.AgentServiceGrpc;
import dev.daveloper.proto.agent.v1.ChatRequest;
import dev.daveloper.proto.agent.v1.ChatResponse;
import dev.daveloper.proto.agent.v1.ListToolsRequest;
import dev.daveloper.proto.agent.v1.ListToolsResponse;
import dev.daveloper.proto.agent.v1.TestToolRequest;
import dev.daveloper.proto.agent.v1.TestToolResponse;
import io.grpc.BindableService;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** Somebody else's agent, which speaks the protocol as it pleases. Keeps what it was asked. */
final class ForeignAgent extends AgentServiceGrpc.AgentServiceImplBase implements ServerInterceptor, AutoCloseable {
    private final BiConsumer<ChatRequest, StreamObserver<ChatResponse>> manner;
    private final Server server;
    final List<ChatRequest> asked = new CopyOnWriteArrayList<>();
    final List<Metadata> metadata = new CopyOnWriteArrayList<>();
    volatile Status toolStatus = Status.UNIMPLEMENTED;
    volatile ListToolsResponse tools = ListToolsResponse.getDefaultInstance();

    private ForeignAgent(BiConsumer<ChatRequest, StreamObserver<ChatResponse>> manner, BindableService... more)
            throws IOException {
        this.manner = manner;
        NettyServerBuilder builder = NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .intercept(this)
                .addService(this);
        for (BindableService service : more) {
            builder.addService(service);
        }
        this.server = builder.build().start();
    }

    static ForeignAgent with(BiConsumer<ChatRequest, StreamObserver<ChatResponse>> manner, BindableService... more) {
        try {
            return new ForeignAgent(manner, more);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Says this and ends as it should. */
    static ForeignAgent saying(ChatResponse... events) {
        return with((request, caller) -> {
            List.of(events).forEach(caller::onNext);
            caller.onCompleted();
        });
    }

    /** Says this and ends with a status. */
    static ForeignAgent failing(Status status, ChatResponse... events) {
        return with((request, caller) -> {
            List.of(events).forEach(caller::onNext);
            caller.onError(status.asRuntimeException());
        });
    }

    int port() {
        return server.getPort();
    }

    @Override
    public void chat(ChatRequest request, StreamObserver<ChatResponse> caller) {
        asked.add(request);
        manner.accept(request, caller);
    }

    @Override
    public void listTools(ListToolsRequest request, StreamObserver<ListToolsResponse> caller) {
        if (toolStatus.isOk()) {
            caller.onNext(tools);
            caller.onCompleted();
        } else {
            caller.onError(toolStatus.asRuntimeException());
        }
    }

    @Override
    public void testTool(TestToolRequest request, StreamObserver<TestToolResponse> caller) {
        caller.onError(toolStatus.asRuntimeException());
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        if (call.getMethodDescriptor().getServiceName().equals(AgentServiceGrpc.SERVICE_NAME)) {
            metadata.add(headers);
        }
        return next.startCall(call, headers);
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
