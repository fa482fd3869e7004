package dev.daveloper.grpc.chat;

import dev.daveloper.application.chat.out.AgentStream;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.AgentStep;
import dev.daveloper.proto.agent.v1.ChatResponse;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Carries one answer from an agent to a caller, on a virtual thread of its own. It pulls only while the transport can take
 * more, so a caller that does not read holds the agent back and nothing piles up between.
 */
final class AnswerPump implements Runnable {
    private static final Duration PULL_PATIENCE = Duration.ofSeconds(5);
    /** Readiness and cancellation wake the pump; this is for the case that neither does. */
    private static final long RECHECK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final AgentStream answer;
    private final ServerCallStreamObserver<ChatResponse> caller;
    private final Runnable whenDone;

    private AnswerPump(AgentStream answer, ServerCallStreamObserver<ChatResponse> caller, Runnable whenDone) {
        this.answer = answer;
        this.caller = caller;
        this.whenDone = whenDone;
    }

    /** Must be called before the call's handler returns. */
    static void start(AgentStream answer, ServerCallStreamObserver<ChatResponse> caller, Runnable whenDone) {
        Thread thread = Thread.ofVirtual().name("grpc-agent-pump").unstarted(new AnswerPump(answer, caller, whenDone));
        caller.setOnReadyHandler(() -> LockSupport.unpark(thread));
        caller.setOnCancelHandler(() -> {
            answer.close();
            LockSupport.unpark(thread);
        });
        thread.start();
    }

    @Override
    public void run() {
        try {
            pump();
        } catch (InterruptedException e) {
            caller.onError(Status.UNAVAILABLE.asRuntimeException());
        } catch (RuntimeException e) {
            if (!caller.isCancelled()) {
                caller.onError(AgentEndpoint.status(e));
            }
        } finally {
            answer.close();
            whenDone.run();
        }
    }

    private void pump() throws InterruptedException {
        while (awaitReady()) {
            AgentStep step = answer.next(PULL_PATIENCE);
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
