package dev.daveloper.domain.chat;

/** What one pull of a follower gives: an event, the end, or nothing yet. */
public sealed interface FollowStep permits LoggedEvent, FollowStep.Quiet, FollowStep.Ended {
    /** Nothing came within the caller's patience; more will come. */
    enum Quiet implements FollowStep {
        QUIET
    }

    /** {@link RunEvent.Finished} lies behind this follower: there is nothing more to follow. */
    enum Ended implements FollowStep {
        ENDED
    }
}
