package dev.daveloper.grpc.chat;

import dev.daveloper.application.chat.out.AgentStream;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.AgentStep;
import dev.daveloper.proto.agent.v1.ChatResponse;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Carries one answer from an agent to a caller, on a virtual thread of its own. It pulls only while the transport can
 * take more, so a caller that does not read holds the agent back and nothing piles up between.
 */
final class AnswerPump implements Runnable {
    private static final Duration PULL_PATIENCE = Duration.ofSeconds(5);
    /** Readiness and cancellation wake the pump; this is for the case that neither does. */
    private static final long RECHECK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ServerCallStreamObserver<ChatResponse> caller;
    private final CallSlot slot;
    private final Thread thread = Thread.ofVirtual().name("grpc-agent-pump").unstarted(this);
    private volatile @Nullable AgentStream answer;

    /**
     * A pump for this call. Must be made, and started or refused, before the call's handler returns.
     *
     * @param slots where a permit was taken for this call, to be given back
     */
    AnswerPump(ServerCallStreamObserver<ChatResponse> caller, Semaphore slots) {
        this.caller = caller;
        this.slot = CallSlot.of(caller, slots, this::leave);
        caller.setOnReadyHandler(() -> LockSupport.unpark(thread));
    }

    void start(AgentStream stream) {
        answer = stream;
        thread.start();
    }

    /** Ends the call without an answer. */
    void refuse(RuntimeException failure) {
        caller.onError(AgentEndpoint.status(failure));
        slot.done();
    }

    private void leave() {
        AgentStream stream = answer;
        if (stream != null) {
            stream.close();
        }
        LockSupport.unpark(thread);
    }

    @Override
    public void run() {
        try (AgentStream stream = Objects.requireNonNull(answer)) {
            pump(stream);
        } catch (InterruptedException e) {
            caller.onError(Status.UNAVAILABLE.asRuntimeException());
        } catch (RuntimeException e) {
            if (!caller.isCancelled()) {
                caller.onError(AgentEndpoint.status(e));
            }
        } finally {
            slot.done();
        }
    }

    private void pump(AgentStream stream) throws InterruptedException {
        while (awaitReady()) {
            AgentStep step = stream.next(PULL_PATIENCE);
            switch (step) {
                case AgentEvent event -> caller.onNext(EventWriter.write(event));
                case AgentStep.Quiet quiet -> {}
                case AgentStep.Ended ended -> {
                    caller.onCompleted();
                    return;
                }
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
