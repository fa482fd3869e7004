package dev.daveloper.domain.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.domain.Ids;
import dev.daveloper.domain.chat.FollowStep.Notice;
import dev.daveloper.domain.sessions.SessionId;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

final class NoticeTest {
    @Test
    void clients_know_each_notice_by_a_name_that_stays() {
        assertThat(Notice.values())
                .extracting(Notice::wireName)
                .containsExactly("store_unavailable", "store_available");
        assertThat(Notice.values())
                .allSatisfy(notice -> assertThat(notice.text()).endsWith("."));
    }

    @Test
    void a_run_is_found_by_its_session_and_its_name() {
        Ids ids = new Ids(InstantSource.system(), new SecureRandom());
        SessionId session = SessionId.next(ids);
        RunId id = RunId.next(ids);
        Run run = new Run(
                id,
                session,
                MessageId.next(ids),
                MessageId.next(ids),
                InstantSource.system().instant(),
                false);

        assertThat(run.ref()).isEqualTo(new RunRef(session, id));
    }
}
