package dev.daveloper.application.chat;

import java.time.Duration;

/** Every bound of the chat feature. */
public record ChatSettings(Times times, Bounds bounds, Batches batches, Remembering remembering) {
    public static final ChatSettings DEFAULT =
            new ChatSettings(Times.DEFAULT, Bounds.DEFAULT, Batches.DEFAULT, Remembering.DEFAULT);

    public ChatSettings with(Times other) {
        return new ChatSettings(other, bounds, batches, remembering);
    }

    public ChatSettings with(Bounds other) {
        return new ChatSettings(times, other, batches, remembering);
    }

    public ChatSettings with(Batches other) {
        return new ChatSettings(times, bounds, other, remembering);
    }

    public ChatSettings with(Remembering other) {
        return new ChatSettings(times, bounds, batches, other);
    }

    /**
     * How long things may take or are kept.
     *
     * @param detachGrace how long a run goes on that nobody watches, unless it was started in the background
     * @param runTimeout how long an answer may take in all
     * @param agentSilence how long the agent may say nothing
     * @param lease for how long a node owns a run without renewing; the run of a node that died is closed after this
     * @param logRetention how long a log is kept after its run ended
     * @param keyRetention how long an idempotency key is remembered
     */
    public record Times(
            Duration detachGrace,
            Duration runTimeout,
            Duration agentSilence,
            Duration lease,
            Duration logRetention,
            Duration keyRetention) {
        public static final Times DEFAULT = new Times(
                Duration.ofMinutes(2),
                Duration.ofMinutes(10),
                Duration.ofSeconds(60),
                Duration.ofSeconds(10),
                Duration.ofMinutes(15),
                Duration.ofHours(24));
    }

    /**
     * How much there may be.
     *
     * @param activeRuns how many answers a node makes at once
     * @param viewersPerRun how many followers a run may have on a node
     * @param historyMessages how many earlier messages an agent is given, at most
     * @param historyChars how many characters these may have together
     * @param answerChars what all events of a run may weigh together; beyond it the run ends as limited
     */
    public record Bounds(int activeRuns, int viewersPerRun, int historyMessages, int historyChars, int answerChars) {
        public static final Bounds DEFAULT = new Bounds(5_000, 200, 40, 64_000, 2_000_000);
    }

    /**
     * When a batch of deltas is written to the log, with the run's beginning in front of them; any other event is
     * written at once.
     *
     * @param window how long a delta may wait for others
     * @param windowUnfollowed the same while nobody reads the log, which then is only what a crash leaves
     * @param events how many events wait no longer
     * @param chars how many characters of deltas wait no longer
     * @param firstAtOnce whether the first delta waits for no other: on other nodes it is what viewers see first, and
     *     with it the owner learns of them
     */
    public record Batches(Duration window, Duration windowUnfollowed, int events, int chars, boolean firstAtOnce) {
        /** For a store in the same process, where a write costs little, and nobody else reads it. */
        public static final Batches DEFAULT =
                new Batches(Duration.ofMillis(30), Duration.ofMillis(30), 32, 8_192, false);

        /** For a store across the network, where each write is a round trip for somebody. */
        public static final Batches ACROSS_THE_NETWORK =
                new Batches(Duration.ofMillis(30), Duration.ofMillis(250), 32, 8_192, true);

        Duration windowWhen(boolean followed) {
            return followed ? window : windowUnfollowed;
        }
    }

    /**
     * Which answers are kept, to be given again when the same is asked to the letter.
     *
     * @param reach to whom
     * @param ttl how long an answer is good for, at most a day; at nothing none is kept
     * @param agentVersion what stands for all that the gateway cannot see of the agent, such as its model
     */
    public record Remembering(Reach reach, Duration ttl, String agentVersion) {
        public static final Remembering DEFAULT = new Remembering(Reach.NOBODY, Duration.ofHours(1), "");

        /** Who may be given an answer that was made before. */
        public enum Reach {
            NOBODY,
            /** The session that it was made for. */
            SESSION,
            /** Everybody, unless the session has documents of its own. */
            EVERYBODY
        }

        public boolean isOff() {
            return reach == Reach.NOBODY || ttl.isZero();
        }
    }
}
