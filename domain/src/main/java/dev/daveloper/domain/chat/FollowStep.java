package dev.daveloper.domain.chat;

/** What one pull of a follower gives: an event, something told beside the log, the end, or nothing yet. */
public sealed interface FollowStep permits LoggedEvent, FollowStep.Notice, FollowStep.Quiet, FollowStep.Ended {
    /**
     * What a viewer is told beside the log while an answer is made. It is not logged and has no cursor, so that a place
     * to resume from does not move with it, and it is not given again to who resumes. The same may come any number of
     * times; a viewer who joins is told anew what still holds. None comes in place of {@link Ended} or behind it.
     */
    enum Notice implements FollowStep {
        /** What is answered reaches its viewers from memory alone, for the store is away. */
        STORE_UNAVAILABLE(
                "store_unavailable",
                "This answer goes on, but it is not being stored at the moment: "
                        + "if you leave now, what you have seen may not be kept."),
        /** The store has come back, and gets what it lacked of the answer. */
        STORE_AVAILABLE("store_available", "What is answered is being stored again.");

        private final String wireName;
        private final String text;

        Notice(String wireName, String text) {
            this.wireName = wireName;
            this.text = text;
        }

        /** The code that clients know it by; never renamed. */
        public String wireName() {
            return wireName;
        }

        /** The same in one or two sentences, for people. */
        public String text() {
            return text;
        }
    }

    /** Nothing came within the caller's patience; more will come. */
    enum Quiet implements FollowStep {
        QUIET
    }

    /** {@link RunEvent.Finished} lies behind this follower: there is nothing more to follow. */
    enum Ended implements FollowStep {
        ENDED
    }
}
