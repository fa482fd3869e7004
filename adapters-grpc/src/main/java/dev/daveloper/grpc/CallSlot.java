package dev.daveloper.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A call's place among those at hand. Given back when its work is done and the transport has sent all of it or
 * learned that nobody wants it: a server that closes would otherwise cut off the last words of an answer.
 */
public final class CallSlot {
    private final Semaphore slots;
    private final AtomicInteger open = new AtomicInteger(2);

    private CallSlot(Semaphore slots) {
        this.slots = slots;
    }

    /**
     * The place of a call for which a permit was taken.
     *
     * @param whenLeft when the caller leaves before the end
     */
    static CallSlot of(ServerCallStreamObserver<?> caller, Semaphore slots, Runnable whenLeft) {
        CallSlot slot = new CallSlot(slots);
        caller.setOnCloseHandler(slot::half);
        caller.setOnCancelHandler(() -> {
            slot.half();
            whenLeft.run();
        });
        return slot;
    }

    /** The work for this call is done. */
    public void done() {
        half();
    }

    private void half() {
        if (open.decrementAndGet() == 0) {
            slots.release();
        }
    }
}
