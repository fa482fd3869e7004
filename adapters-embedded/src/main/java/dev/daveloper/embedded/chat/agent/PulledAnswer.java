package dev.daveloper.embedded.chat.agent;

import dev.daveloper.application.chat.out.AgentStream;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.AgentStep;
import dev.daveloper.domain.failures.AgentFailed;
import dev.daveloper.domain.failures.AgentTimeout;
import dev.daveloper.domain.failures.GatewayException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is made on a virtual thread of its own while it is pulled. The thread starts with the first pull, is
 * at most {@value #LEAD_EVENTS} events ahead, and is interrupted when the stream is closed or its budget is used up.
 */
final class PulledAnswer implements AgentStream {
    static final int LEAD_EVENTS = 16;
    private static final Duration LONGEST = Duration.ofDays(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<AgentEvent> ready = new ArrayDeque<>(LEAD_EVENTS);
    private final Maker maker;
    private final Consumer<AgentStream> onEnd;
    private final long deadlineNanos;

    private @Nullable Thread thread;
    private @Nullable GatewayException failure;
    private boolean over;
    private boolean left;

    /** Makes an answer, event by event; returns when it is complete. */
    @FunctionalInterface
    interface Maker {
        void make(Sink sink) throws InterruptedException;
    }

    /**
     * @param budget counted from now on
     * @param onEnd called once, when the answer is over in whatever way
     */
    PulledAnswer(Maker maker, Duration budget, Consumer<AgentStream> onEnd) {
        this.maker = maker;
        this.onEnd = onEnd;
        this.deadlineNanos = System.nanoTime() + nanosOf(budget);
    }

    @Override
    public AgentStep next(Duration patience) throws InterruptedException {
        long patienceEnds = System.nanoTime() + nanosOf(patience);
        lock.lockInterruptibly();
        try {
            start();
            endWhenLate();
            while (ready.isEmpty() && !over) {
                long patient = patienceEnds - System.nanoTime();
                if (patient <= 0) {
                    return AgentStep.Quiet.QUIET;
                }
                changed.awaitNanos(Math.min(patient, leftNanos()));
                endWhenLate();
            }
            return taken();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            ready.clear();
            failure = null;
            end(null);
        } finally {
            lock.unlock();
        }
    }

    private AgentStep taken() {
        AgentEvent event = ready.poll();
        if (event != null) {
            changed.signalAll();
            return event;
        }
        GatewayException thrown = failure;
        failure = null;
        if (thrown != null) {
            throw thrown;
        }
        return AgentStep.Ended.ENDED;
    }

    private long leftNanos() {
        return deadlineNanos - System.nanoTime();
    }

    private void endWhenLate() {
        if (!over && leftNanos() <= 0) {
            end(new AgentTimeout());
        }
    }

    private static long nanosOf(Duration duration) {
        return duration.compareTo(LONGEST) > 0 ? LONGEST.toNanos() : duration.toNanos();
    }

    private void start() {
        if (thread == null && !over) {
            thread = Thread.ofVirtual().name("built-in-answer").start(this::run);
        }
    }

    private void run() {
        GatewayException broken = null;
        try {
            maker.make(new Bounded());
        } catch (GatewayException e) {
            broken = e;
        } catch (InterruptedException e) {
            // Nobody waits for the rest: the stream was ended by whoever interrupted.
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            broken = new AgentFailed(e);
        }
        lock.lock();
        try {
            end(broken);
        } finally {
            lock.unlock();
        }
    }

    private void end(@Nullable GatewayException how) {
        if (!over) {
            over = true;
            failure = how;
            if (thread != null) {
                thread.interrupt();
            }
            changed.signalAll();
        }
        if (!left) {
            left = true;
            onEnd.accept(this);
        }
    }

    private final class Bounded implements Sink {
        @Override
        public void emit(AgentEvent event) throws InterruptedException {
            lock.lockInterruptibly();
            try {
                while (!over && ready.size() >= LEAD_EVENTS) {
                    changed.awaitNanos(leftNanos());
                    endWhenLate();
                }
                requireOpen();
                ready.add(event);
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void pause(Duration time) throws InterruptedException {
            long until = System.nanoTime() + time.toNanos();
            lock.lockInterruptibly();
            try {
                while (!over && until - System.nanoTime() > 0) {
                    changed.awaitNanos(until - System.nanoTime());
                }
                requireOpen();
            } finally {
                lock.unlock();
            }
        }

        private void requireOpen() throws InterruptedException {
            if (over) {
                throw new InterruptedException("the answer is no longer wanted");
            }
        }
    }
}
