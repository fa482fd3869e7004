package dev.daveloper.grpc;

import dev.daveloper.application.tracing.out.Tracer;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Takes the calls of a service: no more at once than it may, and what fails is told as a status. The server's executor
 * must bear calls that block. Safe for use by many threads.
 */
public final class CallDesk {
    private final int maxCalls;
    private final RuntimeException refusal;
    private final Function<RuntimeException, StatusRuntimeException> statuses;
    private final Tracer tracer;
    private final Semaphore slots;

    /**
     * @param maxCalls at once; more are refused
     * @param refusal what a call fails by that is one too many
     * @param statuses what to tell a caller of a failure
     * @param tracer for whose current span the threads of a call work
     */
    public CallDesk(
            int maxCalls,
            RuntimeException refusal,
            Function<RuntimeException, StatusRuntimeException> statuses,
            Tracer tracer) {
        this.maxCalls = maxCalls;
        this.refusal = refusal;
        this.statuses = statuses;
        this.tracer = tracer;
        this.slots = new Semaphore(maxCalls);
    }

    /** Answers a call on the calling thread, with one message or a status. */
    public <A> void answer(StreamObserver<A> responses, Supplier<A> call) {
        take(responses, () -> {}).ifPresent(slot -> {
            try {
                responses.onNext(call.get());
                responses.onCompleted();
            } catch (RuntimeException e) {
                responses.onError(statuses.apply(e));
            } finally {
                slot.done();
            }
        });
    }

    /** Answers a call with many messages, on a thread of its own, no faster than the caller reads. */
    public <A> void stream(StreamObserver<A> responses, Supplier<StreamSource<A>> call) {
        StreamPump<A> pump = new StreamPump<>((ServerCallStreamObserver<A>) responses, statuses, tracer);
        take(responses, pump::leave).ifPresent(slot -> {
            try {
                pump.start(call.get(), slot);
            } catch (RuntimeException e) {
                responses.onError(statuses.apply(e));
                slot.done();
            }
        });
    }

    /**
     * Takes a place for a call. Must be asked before the call's handler returns.
     *
     * @param whenLeft when the caller leaves before the end
     * @return empty when there is none; the caller was told
     */
    public Optional<CallSlot> take(StreamObserver<?> responses, Runnable whenLeft) {
        if (!slots.tryAcquire()) {
            responses.onError(statuses.apply(refusal));
            return Optional.empty();
        }
        return Optional.of(CallSlot.of((ServerCallStreamObserver<?>) responses, slots, whenLeft));
    }

    /** Waits, no longer than this, until no call is at hand and what they were told is sent. */
    void awaitIdle(Duration patience) throws InterruptedException {
        if (slots.tryAcquire(maxCalls, Times.nanos(patience), TimeUnit.NANOSECONDS)) {
            slots.release(maxCalls);
        }
    }
}
