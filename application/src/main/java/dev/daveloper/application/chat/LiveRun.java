package dev.daveloper.application.chat;

import dev.daveloper.application.chat.in.RunFollower;
import dev.daveloper.application.chat.out.AgentStream;
import dev.daveloper.application.chat.out.RunListener;
import dev.daveloper.application.chat.out.RunStore.NewRun;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.chat.RunEvent;
import dev.daveloper.domain.failures.AtCapacity;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A run that this node makes: its tail, who watches it, and whether somebody wants it to end. Safe for use by many
 * threads.
 */
final class LiveRun {
    private final Run run;
    private final RunTail tail;
    private final int maxViewers;
    private final InstantSource clock;
    private final RunListener listener;
    private final long openedNanos = System.nanoTime();
    private final AtomicInteger viewers = new AtomicInteger();
    private final AtomicReference<@Nullable Ending> wanted = new AtomicReference<>();
    private final AtomicReference<@Nullable AgentStream> stream = new AtomicReference<>();
    private volatile long unwatchedSinceMillis;
    private volatile @Nullable NewRun begun;
    // What follows belongs to the run's own thread.
    private boolean speaking;
    private long endingSinceNanos = openedNanos;

    LiveRun(RunTail tail, int maxViewers, InstantSource clock, RunListener listener) {
        this.run = tail.lease().run();
        this.tail = tail;
        this.maxViewers = maxViewers;
        this.clock = clock;
        this.listener = listener;
        this.unwatchedSinceMillis = clock.millis();
    }

    Run run() {
        return run;
    }

    RunTail tail() {
        return tail;
    }

    /** The store has the run: from now on its lease is this node's to prolong. */
    void begun(NewRun as) {
        begun = as;
    }

    boolean hasBegun() {
        return begun != null;
    }

    /** As what it was begun, should the store have lost it. Only once it has {@link #begun}. */
    NewRun begunAs() {
        return Objects.requireNonNull(begun);
    }

    /** Somebody watches it from another node, or nobody does. */
    void followedElsewhere(boolean followed) {
        if (followed) {
            unwatchedSinceMillis = clock.millis();
        }
        tail.unwritten().followedElsewhere(followed);
    }

    /** Asks the run to end like this, unless somebody asked before, and cancels what the agent is doing. */
    void end(Ending ending) {
        wanted.compareAndSet(null, ending);
        AgentStream open = stream.get();
        if (open != null) {
            open.close();
        }
    }

    /** The run has gone to another owner: stops making it, and sends its viewers to the store's log. */
    void lose() {
        tail.abandon();
        end(Ending.INTERRUPTED);
    }

    /** To be called where the agent is asked. */
    void asked() {
        listener.asked(run.id(), System.nanoTime() - openedNanos);
    }

    /** Takes what the agent said, for all to see. */
    void heard(AgentEvent event) {
        tail.append(event);
        if (event instanceof AgentEvent.TextDelta && !speaking) {
            speaking = true;
            listener.firstDelta(run.id(), System.nanoTime() - openedNanos);
        } else if (event instanceof AgentEvent.ToolFinished tool) {
            listener.toolEnded(run.id(), !tool.result().ok());
        }
    }

    /** To be called where the agent is done with it, or nobody waits for the agent any more. */
    void ending() {
        endingSinceNanos = System.nanoTime();
    }

    /** Tells the viewers that this was all, unless they were told. */
    void finish(AssistantMessage answer) {
        noteEnding(answer, tail.append(new RunEvent.Finished(answer)));
    }

    /** The same when the store's log has it all. */
    void conclude(AssistantMessage answer) {
        noteEnding(answer, tail.conclude(new RunEvent.Finished(answer)));
    }

    private void noteEnding(AssistantMessage answer, boolean isNews) {
        if (isNews) {
            long now = System.nanoTime();
            listener.finished(run.id(), answer, now - endingSinceNanos, now - openedNanos);
        }
    }

    void appended(int events, long nanos) {
        listener.appended(run.id(), events, nanos);
    }

    void sent(long nanos) {
        listener.sent(run.id(), nanos);
    }

    Optional<Ending> wanted() {
        return Optional.ofNullable(wanted.get());
    }

    /** Notes the agent's stream, so that {@link #end} reaches it, whichever of the two comes first. */
    void streaming(AgentStream opened) {
        stream.set(opened);
        if (wanted.get() != null) {
            opened.close();
        }
    }

    /** @throws AtCapacity when the run has as many viewers as it may have */
    void join() {
        if (viewers.incrementAndGet() > maxViewers) {
            leave();
            throw AtCapacity.viewers();
        }
    }

    void leave() {
        unwatchedSinceMillis = clock.millis();
        viewers.decrementAndGet();
    }

    /** Whether nobody has watched for this long. */
    boolean isUnwatchedFor(Duration grace) {
        return viewers.get() == 0 && clock.millis() - unwatchedSinceMillis >= grace.toMillis();
    }

    Optional<AssistantMessage> awaitAnswer(Duration patience) throws InterruptedException {
        join();
        try {
            return tail.awaitAnswer(patience);
        } finally {
            leave();
        }
    }

    /** For {@link RunFollower}s: the viewer's leave, exactly once however often it closes. */
    Runnable joined() {
        join();
        AtomicInteger left = new AtomicInteger();
        return () -> {
            if (left.getAndIncrement() == 0) {
                leave();
            }
        };
    }
}
