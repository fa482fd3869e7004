package dev.daveloper.application.chat;

import dev.daveloper.domain.chat.FollowStep;

/**
 * What a reader of a tail got.
 *
 * @param position where it stands now; a negative one sends it to the store's log
 * @param heardNanos when that was heard which the reader was waiting for, by {@link System#nanoTime}; {@link #OLD} when
 *     it was there before
 */
record Taken(FollowStep step, int position, long heardNanos) {
    static final long OLD = Long.MIN_VALUE;

    static final Taken ELSEWHERE = new Taken(FollowStep.Quiet.QUIET, -1, OLD);

    static Taken of(FollowStep step, int position) {
        return new Taken(step, position, OLD);
    }
}
