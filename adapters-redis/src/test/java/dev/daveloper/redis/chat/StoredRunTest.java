package dev.daveloper.redis.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.daveloper.application.testkit.Conversations;
import dev.daveloper.domain.chat.MessageId;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.sessions.SessionId;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class StoredRunTest {
    private static final Run RUN = new Run(
            new RunId("run_01jz0000000000000000000001"),
            new SessionId("ses_01jz0000000000000000000000"),
            new MessageId("msg_01jz0000000000000000000003"),
            new MessageId("msg_01jz0000000000000000000002"),
            Instant.parse("2026-03-01T10:15:30.123456789Z"),
            true);

    @Test
    void a_run_is_this_line() {
        assertThat(StoredRun.write(RUN))
                .isEqualTo("msg_01jz0000000000000000000003 msg_01jz0000000000000000000002 1772360130123456789 1");
    }

    @Test
    void a_run_comes_back_as_it_was() {
        assertThat(StoredRun.read(RUN.sessionId(), RUN.id(), StoredRun.write(RUN)))
                .isEqualTo(RUN);
        Conversations conversations = new Conversations(InstantSource.system());
        Run other = conversations.question("q").in(conversations.someSession()).run();
        assertThat(StoredRun.read(other.sessionId(), other.id(), StoredRun.write(other)))
                .isEqualTo(other);
    }

    @Test
    void what_a_later_version_adds_is_passed_over_and_what_is_cut_short_is_refused() {
        assertThat(StoredRun.read(RUN.sessionId(), RUN.id(), StoredRun.write(RUN) + " more to come"))
                .isEqualTo(RUN);
        assertThatIllegalStateException()
                .isThrownBy(() -> StoredRun.read(RUN.sessionId(), RUN.id(), "spoilt"))
                .withMessageContaining(RUN.id().value());
    }
}
