package dev.daveloper.domain.chat;

import dev.daveloper.domain.sessions.SessionId;
import java.time.Instant;

/**
 * One answer being made, or made.
 *
 * @param userMessageId the message it answers
 * @param messageId the answer it makes
 * @param background whether it goes on though nobody watches
 */
public record Run(
        RunId id,
        SessionId sessionId,
        MessageId userMessageId,
        MessageId messageId,
        Instant startedAt,
        boolean background) {
    /** What it is found by. */
    public RunRef ref() {
        return new RunRef(sessionId, id);
    }
}
