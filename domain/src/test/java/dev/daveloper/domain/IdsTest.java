package dev.daveloper.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daveloper.domain.chat.MessageId;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.failures.InvalidValue;
import dev.daveloper.domain.sessions.SessionId;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class IdsTest {
    private static final String BODY = "01hq3v9zk2m4n6p8r0t2v4x6z8";
    private final Ids ids = new Ids(() -> Instant.ofEpochMilli(1_700_000_000_000L), new SecureRandom());

    @Test
    void ids_are_well_formed_and_never_the_same() {
        Set<RunId> made = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            made.add(RunId.next(ids));
        }
        assertThat(made).hasSize(10_000);
        assertThat(SessionId.next(ids).value()).startsWith("ses_").hasSize(30);
        assertThat(MessageId.next(ids).toString()).startsWith("msg_").hasSize(30);
    }

    @Test
    void ids_sort_by_the_time_they_were_made() {
        Ids later = new Ids(() -> Instant.ofEpochMilli(1_700_000_000_001L), new SecureRandom());
        assertThat(RunId.next(ids).value()).isLessThan(RunId.next(later).value());
    }

    @Test
    void what_is_not_an_id_is_refused_and_told_what_was_expected() {
        assertThat(new RunId("run_" + BODY).toString()).isEqualTo("run_" + BODY);
        for (String bad : new String[] {
            "",
            "run_",
            "ses_" + BODY,
            "run_" + BODY + "0",
            "run_" + BODY.toUpperCase(java.util.Locale.ROOT),
            "run_" + BODY.replace('z', 'u'),
            "run_" + BODY.replace('0', '/'),
            " run_" + BODY.substring(1)
        }) {
            assertThatThrownBy(() -> new RunId(bad))
                    .isInstanceOf(InvalidValue.class)
                    .hasMessageContaining("run_ and 26 characters");
        }
    }
}
