package dev.daveloper.application.chat.out;

import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.chat.RunRef;

/**
 * Hears of the steps of answers, on the threads that make them and hand them out, many at once. It must neither block
 * nor throw. All durations are in nanoseconds of {@link System#nanoTime} and of this node alone.
 */
public interface RunListener {
    /** Nobody hears. */
    RunListener NONE = new RunListener() {};

    /**
     * The agent is asked.
     *
     * @param nanos since the run was given its place: what the gateway did before anybody else could begin
     */
    default void asked(RunId run, long nanos) {}

    /**
     * The first words are there.
     *
     * @param nanos since the run was given its place
     */
    default void firstDelta(RunId run, long nanos) {}

    /** The agent has called a tool and has its result. */
    default void toolEnded(RunId run, boolean failed) {}

    /**
     * Words were written towards a viewer who was waiting for them; of one who reads old words nothing is heard.
     *
     * @param nanos since the first of them were heard from the agent. The write is part of it, so a viewer who reads
     *     slowly is one long measure; what came while it wrote is none, until it waits again
     */
    default void sent(RunId run, long nanos) {}

    /**
     * A batch was written to the log, on the thread that does only that, or on the run's own with its end.
     *
     * @param nanos that the store took
     */
    default void appended(RunId run, int events, long nanos) {}

    /**
     * The run has ended and its viewers are told.
     *
     * @param finishNanos since the agent was done with it
     * @param nanos since it was given its place
     */
    default void finished(RunId run, AssistantMessage answer, long finishNanos, long nanos) {}

    /** Somebody follows a run from behind its beginning. */
    default void resumed(RunRef run) {}

    /** Lets both hear, this one first; nobody is asked who does not listen. */
    default RunListener and(RunListener other) {
        if (this == NONE) {
            return other;
        }
        return other == NONE ? this : new BothListeners(this, other);
    }
}
