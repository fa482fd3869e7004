package dev.daveloper.grpc;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * Tells of every call on a channel, from its start until its status. Stands above gRPC's repeating. Costs a few small
 * objects for each call, and nothing for its messages.
 */
final class HeardCalls implements ClientInterceptor {
    private final String service;
    private volatile @Nullable CallListener listener;

    /** @param service as operators know it */
    HeardCalls(String service) {
        this.service = service;
    }

    /** As operators know it. */
    String service() {
        return service;
    }

    /** Tells this one of the calls that begin from now on. */
    void tell(CallListener told) {
        listener = told;
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel channel) {
        ClientCall<Q, A> call = channel.newCall(method, options);
        CallListener told = listener;
        return told == null ? call : new Heard<>(call, method, service, told);
    }

    /** Tells the same listener of its end as of its beginning. */
    private static final class Heard<Q, A> extends SimpleForwardingClientCall<Q, A> {
        private final MethodDescriptor<Q, A> method;
        private final String service;
        private final CallListener told;

        Heard(ClientCall<Q, A> call, MethodDescriptor<Q, A> method, String service, CallListener told) {
            super(call);
            this.method = method;
            this.service = service;
            this.told = told;
        }

        @Override
        public void start(Listener<A> answers, Metadata headers) {
            told.began(service);
            long startedAt = System.nanoTime();
            try {
                super.start(
                        new SimpleForwardingClientCallListener<>(answers) {
                            @Override
                            public void onClose(Status status, Metadata trailers) {
                                ended(status.getCode(), startedAt);
                                super.onClose(status, trailers);
                            }
                        },
                        headers);
            } catch (RuntimeException e) {
                // Nobody says that it is over when it could not even begin.
                ended(Status.Code.UNKNOWN, startedAt);
                throw e;
            }
        }

        private void ended(Status.Code code, long startedAt) {
            @Nullable String name = method.getBareMethodName();
            told.ended(service, String.valueOf(name), code.name(), System.nanoTime() - startedAt);
        }
    }
}
