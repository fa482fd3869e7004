package dev.daveloper.application.chat;

import dev.daveloper.application.chat.out.RunStore;
import dev.daveloper.domain.Ids;
import dev.daveloper.domain.chat.MessageId;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.chat.UserMessage;
import dev.daveloper.domain.sessions.SessionId;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Runs that no node makes. */
final class TestRuns {
    private TestRuns() {}

    static Run run(SessionId session, InstantSource clock) {
        Ids ids = new Ids(clock, new SecureRandom());
        return new Run(RunId.next(ids), session, MessageId.next(ids), MessageId.next(ids), clock.instant(), false);
    }

    static RunStore.NewRun begin(Run run, Duration lease) {
        return new RunStore.NewRun(
                run, new UserMessage(run.userMessageId(), run.id(), run.startedAt(), "q"), Optional.empty(), lease);
    }
}
