package dev.daveloper.grpc;

import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.health.v1.HealthGrpc;
import java.util.List;
import java.util.stream.Stream;

/** Lets somebody hear of the calls to a service, however many connections they go on. */
final class Hearing {
    private Hearing() {}

    /** Tells what can be called there, and from then on of every call. */
    static void begin(
            CallListener listener, HeardCalls calls, ServiceDescriptor service, List<ServiceConnection> connections) {
        listener.opened(
                calls.service(),
                Stream.concat(service.getMethods().stream(), Stream.of(HealthGrpc.getCheckMethod()))
                        .map(MethodDescriptor::getBareMethodName)
                        .map(String::valueOf)
                        .toList(),
                () -> connections.stream().allMatch(ServiceConnection::isReady));
        calls.tell(listener);
    }
}
