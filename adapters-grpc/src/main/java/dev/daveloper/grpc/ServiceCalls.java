package dev.daveloper.grpc;

import dev.daveloper.application.health.out.HealthProbe.Finding;
import dev.daveloper.domain.health.ErrorClass;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
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
import io.grpc.stub.StreamObserver;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Calls to one service: each with a deadline and the metadata of whoever asks. Safe for use by many threads. */
public final class ServiceCalls implements AutoCloseable {
    private static final Duration HEALTH_TIMEOUT = Duration.ofSeconds(1);
    private static final Metadata.Key<String> REQUEST_ID = ascii("x-request-id");

    private final ManagedChannel channel;
    private final Supplier<Map<String, String>> metadata;
    private final Runnable disconnect;

    /**
     * @param metadata asked at every call, on the calling thread: names, in lower case, and values to send along
     * @param disconnect closes the channel and what keeps it connected
     */
    public ServiceCalls(ManagedChannel channel, Supplier<Map<String, String>> metadata, Runnable disconnect) {
        this.channel = channel;
        this.metadata = metadata;
        this.disconnect = disconnect;
    }

    /** Asks and waits. A caller that is interrupted gets CANCELLED and stays interrupted. */
    public <Q, A> A unary(MethodDescriptor<Q, A> method, Duration timeout, Q request) {
        return ClientCalls.blockingUnaryCall(
                ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(metadata())),
                method,
                options(timeout),
                request);
    }

    /** Asks; each {@code next} waits. Must be read to its end, or within a context that is cancelled. */
    public <Q, A> Iterator<A> streaming(MethodDescriptor<Q, A> method, Duration timeout, Q request) {
        return ClientCalls.blockingServerStreamingCall(
                ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(metadata())),
                method,
                options(timeout),
                request);
    }

    /** Asks as soon as the service can be reached, if that is within this time. Nobody learns what became of it. */
    public <Q, A> void tell(MethodDescriptor<Q, A> method, Duration timeout, Q request) {
        ClientCalls.asyncUnaryCall(
                channel.newCall(method, options(timeout).withWaitForReady()), request, new StreamObserver<>() {
                    @Override
                    public void onNext(A answer) {}

                    @Override
                    public void onError(Throwable failure) {}

                    @Override
                    public void onCompleted() {}
                });
    }

    /** A call that is not started yet. */
    public <Q, A> ClientCall<Q, A> open(MethodDescriptor<Q, A> method, Duration timeout) {
        return channel.newCall(method, options(timeout));
    }

    /** What to send along with a call. */
    public Metadata metadata() {
        Metadata sent = new Metadata();
        metadata.get().forEach((name, value) -> sent.put(ascii(name), value));
        return sent;
    }

    /** As {@link #metadata()}, with this as the request's id where there is no other. */
    public Metadata metadata(String requestId) {
        Metadata sent = metadata();
        if (!sent.containsKey(REQUEST_ID)) {
            sent.put(REQUEST_ID, requestId);
        }
        return sent;
    }

    /** Whether the last attempt to connect failed, and none has succeeded since. */
    public boolean isAway() {
        return channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE;
    }

    /**
     * Asks the service's health service; one that has none is well as long as it answers at all.
     *
     * @param who the service as operators know it, such as {@code agent}
     */
    public Finding health(String who) throws InterruptedException {
        try {
            HealthCheckResponse response =
                    unary(HealthGrpc.getCheckMethod(), HEALTH_TIMEOUT, HealthCheckRequest.getDefaultInstance());
            return response.getStatus() == ServingStatus.SERVING
                    ? Finding.PASS
                    : failing(ErrorClass.NOT_SERVING, who, "says that it is not serving");
        } catch (StatusRuntimeException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while asking the " + who);
            }
            return switch (e.getStatus().getCode()) {
                case UNIMPLEMENTED, NOT_FOUND -> Finding.PASS;
                case DEADLINE_EXCEEDED -> failing(ErrorClass.TIMEOUT, who, "does not answer");
                case UNAVAILABLE ->
                    failing(
                            isRefusal(e) ? ErrorClass.REFUSED : ErrorClass.UNAVAILABLE,
                            who,
                            "cannot be reached, or is not serving");
                case UNAUTHENTICATED, PERMISSION_DENIED ->
                    failing(ErrorClass.UNAUTHENTICATED, who, "does not let itself be asked by us");
                case RESOURCE_EXHAUSTED -> failing(ErrorClass.FULL, who, "has no room for more calls");
                default -> failing(ErrorClass.FAILED, who, "fails when asked for its health");
            };
        }
    }

    /** Cancels every call. */
    @Override
    public void close() {
        disconnect.run();
    }

    private static Finding failing(ErrorClass error, String who, String how) {
        return Finding.failing(error, "The " + who + " " + how + ".");
    }

    private static boolean isRefusal(Throwable failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException) {
                return true;
            }
        }
        return false;
    }

    private static CallOptions options(Duration timeout) {
        return CallOptions.DEFAULT.withDeadlineAfter(Times.nanos(timeout), TimeUnit.NANOSECONDS);
    }

    private static Metadata.Key<String> ascii(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }
}
