package dev.daveloper.grpc;

import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Hears of the calls to a service, on the threads that make them and on those of the connections, which it must not
 * block. Calls are told, not their messages.
 */
public interface CallListener {
    /**
     * Calls of this service are heard from now on.
     *
     * @param service as operators know it: {@code agent} or {@code documents}
     * @param methods all that can be called, by their bare names, the health service's among them
     * @param ready whether connections to it stand at the moment; cheap, from any thread
     */
    void opened(String service, List<String> methods, BooleanSupplier ready);

    /** A call was sent, or waits for a connection. */
    void began(String service);

    /**
     * A call is over; once for each that began. One with many messages is as long as its stream, and one that gRPC
     * repeats by itself is one.
     *
     * @param method one of those that were told
     * @param code the name of gRPC's status, such as {@code OK} or {@code UNAVAILABLE}
     */
    void ended(String service, String method, String code, long nanos);
}
