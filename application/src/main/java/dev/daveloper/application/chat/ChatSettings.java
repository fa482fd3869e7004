package dev.daveloper.application.chat;

import java.time.Duration;

/**
 * Every bound of the chat feature.
 *
 * @param detachGrace how long a run goes on that nobody watches, unless it was started in the background
 * @param runTimeout how long an answer may take in all
 * @param agentSilence how long the agent may say nothing
 * @param lease for how long a node owns a run without renewing; a run whose node died is closed after this
 * @param maxActiveRuns how many answers a node makes at once
 * @param maxViewersPerRun how many followers a run may have on a node
 * @param historyMessages how many earlier messages an agent is given, at most
 * @param historyChars how many characters these may have together
 * @param maxAnswerChars what all events of a run may weigh together; beyond it the run ends as limited
 * @param batchWindow how long a delta may wait to be written to the log together with others
 * @param batchEvents how many events make a batch that waits no longer
 * @param batchChars how many characters of deltas make a batch that waits no longer
 * @param logRetention how long a log is kept after its run ended
 * @param keyRetention how long an idempotency key is remembered
 */
public record ChatSettings(
        Duration detachGrace,
        Duration runTimeout,
        Duration agentSilence,
        Duration lease,
        int maxActiveRuns,
        int maxViewersPerRun,
        int historyMessages,
        int historyChars,
        int maxAnswerChars,
        Duration batchWindow,
        int batchEvents,
        int batchChars,
        Duration logRetention,
        Duration keyRetention) {
    public static final ChatSettings DEFAULT = new ChatSettings(
            Duration.ofMinutes(2),
            Duration.ofMinutes(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            5_000,
            200,
            40,
            64_000,
            2_000_000,
            Duration.ofMillis(30),
            32,
            8_192,
            Duration.ofMinutes(15),
            Duration.ofHours(24));

    public ChatSettings withDetachGrace(Duration value) {
        return new ChatSettings(
                value,
                runTimeout,
                agentSilence,
                lease,
                maxActiveRuns,
                maxViewersPerRun,
                historyMessages,
                historyChars,
                maxAnswerChars,
                batchWindow,
                batchEvents,
                batchChars,
                logRetention,
                keyRetention);
    }

    /** @param silence how long the agent may say nothing, @param total how long the whole answer may take */
    public ChatSettings withAgentTimes(Duration silence, Duration total) {
        return new ChatSettings(
                detachGrace,
                total,
                silence,
                lease,
                maxActiveRuns,
                maxViewersPerRun,
                historyMessages,
                historyChars,
                maxAnswerChars,
                batchWindow,
                batchEvents,
                batchChars,
                logRetention,
                keyRetention);
    }

    public ChatSettings withBounds(int activeRuns, int viewersPerRun, int answerChars) {
        return new ChatSettings(
                detachGrace,
                runTimeout,
                agentSilence,
                lease,
                activeRuns,
                viewersPerRun,
                historyMessages,
                historyChars,
                answerChars,
                batchWindow,
                batchEvents,
                batchChars,
                logRetention,
                keyRetention);
    }
}
