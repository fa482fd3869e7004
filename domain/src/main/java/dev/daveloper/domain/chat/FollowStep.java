package dev.daveloper.domain.chat;

/** What one pull of a follower gives: an event, the end, a word beside the run, or nothing yet. */
public sealed interface FollowStep permits LoggedEvent, FollowStep.Quiet, FollowStep.Ended, FollowStep.Notice {
    /** Nothing came within the caller's patience; more will come. */
    enum Quiet implements FollowStep {
        QUIET
    }

    /** A word to the viewer beside the run: not logged, without a cursor, and possibly said again. */
    enum Notice implements FollowStep {
        STORE_UNAVAILABLE,
        STORE_AVAILABLE
    }

    /** {@link RunEvent.Finished} lies behind this follower: there is nothing more to follow. */
    enum Ended implements FollowStep {
        ENDED
    }
}
