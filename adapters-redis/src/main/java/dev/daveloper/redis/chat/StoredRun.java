package dev.daveloper.redis.chat;

import dev.daveloper.domain.chat.MessageId;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.stored.EpochNanos;

/** A run as one line: question, answer, start in nanoseconds since 1970, whether in the background. */
final class StoredRun {
    private static final int PARTS = 4;

    private StoredRun() {}

    static String write(Run run) {
        return run.userMessageId() + " " + run.messageId() + " " + EpochNanos.of(run.startedAt()) + " "
                + (run.background() ? 1 : 0);
    }

    static Run read(SessionId session, RunId id, String line) {
        String[] parts = line.split(" ", PARTS + 1);
        if (parts.length < PARTS) {
            throw new IllegalStateException("what is stored of " + id + " is no run");
        }
        return new Run(
                id,
                session,
                new MessageId(parts[0]),
                new MessageId(parts[1]),
                EpochNanos.at(Long.parseLong(parts[2])),
                parts[3].equals("1"));
    }
}
