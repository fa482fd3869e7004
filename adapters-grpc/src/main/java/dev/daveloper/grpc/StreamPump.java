package dev.daveloper.grpc;

import dev.daveloper.application.tracing.out.Tracer;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Carries one answer of many messages to a caller, on a virtual thread of its own. It pulls only while the transport
 * can take more, so a caller that does not read holds the source back and nothing piles up between.
 */
final class StreamPump<A> implements Runnable {
    private static final Duration PULL_PATIENCE = Duration.ofSeconds(5);
    /** Readiness and cancellation wake the pump; this is for the case that neither does. */
    private static final long RECHECK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ServerCallStreamObserver<A> caller;
    private final Function<RuntimeException, StatusRuntimeException> statuses;
    private final Thread thread;
    private volatile @Nullable StreamSource<A> source;
    private volatile @Nullable CallSlot slot;

    /** A pump for this call. Must be made, and started or dropped, before the call's handler returns. */
    StreamPump(
            ServerCallStreamObserver<A> caller,
            Function<RuntimeException, StatusRuntimeException> statuses,
            Tracer tracer) {
        this.caller = caller;
        this.statuses = statuses;
        Runnable pumping =
                tracer.current().map(span -> tracer.within(span, this)).orElse(this);
        this.thread = Thread.ofVirtual().name("grpc-pump").unstarted(pumping);
        caller.setOnReadyHandler(() -> LockSupport.unpark(thread));
    }

    void start(StreamSource<A> messages, CallSlot taken) {
        slot = taken;
        source = messages;
        thread.start();
    }

    /** The caller is gone. */
    void leave() {
        StreamSource<A> messages = source;
        if (messages != null) {
            messages.close();
        }
        LockSupport.unpark(thread);
    }

    @Override
    public void run() {
        try (StreamSource<A> messages = Objects.requireNonNull(source)) {
            pump(messages);
        } catch (InterruptedException e) {
            caller.onError(Status.UNAVAILABLE.asRuntimeException());
        } catch (RuntimeException e) {
            if (!caller.isCancelled()) {
                caller.onError(statuses.apply(e));
            }
        } finally {
            Objects.requireNonNull(slot).done();
        }
    }

    private void pump(StreamSource<A> messages) throws InterruptedException {
        while (awaitReady()) {
            if (!messages.next(PULL_PATIENCE, caller::onNext)) {
                caller.onCompleted();
                return;
            }
        }
    }

    /** Waits until the transport takes more; answers false when the caller is gone. */
    private boolean awaitReady() throws InterruptedException {
        while (!caller.isReady()) {
            if (caller.isCancelled()) {
                return false;
            }
            LockSupport.parkNanos(this, RECHECK_NANOS);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        return !caller.isCancelled();
    }
}
