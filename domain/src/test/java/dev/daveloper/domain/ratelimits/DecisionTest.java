package dev.daveloper.domain.ratelimits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daveloper.domain.Ids;
import dev.daveloper.domain.failures.QuotaExceeded;
import dev.daveloper.domain.sessions.ClientAddress;
import dev.daveloper.domain.sessions.SessionId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DecisionTest {
    private static final Policy CHAT = PolicyText.read("chat: 2 per 1m by session on chat");
    private static final Policy DARK = PolicyText.read("dark: 2 per 1m by session on chat shadow");
    private static final Policy OPEN = PolicyText.read("open: 2 at once by session on chat");

    private static Standing refusing(Policy policy, int seconds) {
        return new Standing(policy, 0, Duration.ofSeconds(seconds), true);
    }

    @Test
    void one_that_refuses_refuses_for_all_and_one_in_shadow_for_nobody() {
        Standing fine = new Standing(OPEN, 1, Duration.ZERO, false);
        assertThat(Decision.of(List.of(fine, refusing(DARK, 9)))).isInstanceOf(Decision.Admitted.class);
        assertThat(Decision.of(List.of(fine, refusing(CHAT, 9)))).isInstanceOf(Decision.Refused.class);
    }

    @Test
    void a_refusal_names_what_refuses_and_when_none_of_it_will() {
        QuotaExceeded refused = new QuotaExceeded(new Decision.Refused(
                List.of(refusing(CHAT, 9), refusing(DARK, 99), new Standing(OPEN, 0, Duration.ZERO, true))));
        assertThat(refused.violated()).containsExactly("chat", "open");
        assertThat(refused.retryAfter()).contains(Duration.ofSeconds(9));
        assertThat(refused.detail()).isEqualTo("The limits chat and open are reached.");
        assertThat(refused.standings()).hasSize(3);
        assertThat(new QuotaExceeded(new Decision.Refused(List.of(new Standing(OPEN, 0, Duration.ZERO, true))))
                        .retryAfter())
                .contains(Duration.ofSeconds(1));
    }

    @Test
    void waiting_does_not_help_where_a_whole_burst_is_not_enough() {
        QuotaExceeded refused =
                new QuotaExceeded(new Decision.Refused(List.of(new Standing(CHAT, 2, Duration.ofMinutes(9), true))));
        assertThat(refused.retryAfter()).isEmpty();
        assertThat(refused.detail()).isEqualTo("This call takes more at once than chat ever allows.");
        assertThat(new QuotaExceeded(new Decision.Refused(List.of(refusing(CHAT, 3)))).detail())
                .isEqualTo("The limit chat is reached.");
    }

    @Test
    void a_set_knows_which_policies_a_call_meets() {
        PolicySet set = new PolicySet(List.of(CHAT, DARK, PolicyText.read("all: 9 per 1s by address on all")));
        Set<Target> chat = Set.of(Target.of(Activity.ALL), Target.of(Activity.CHAT));
        assertThat(set.applyingTo(chat)).hasSize(3).isSameAs(set.applyingTo(chat));
        assertThat(set.applyingTo(Set.of(Target.of(Activity.ALL))))
                .extracting(Policy::name)
                .containsExactly("all");
        assertThat(set.find("dark")).contains(DARK);
        assertThat(set.find("nothing")).isEmpty();
        assertThatThrownBy(() -> new PolicySet(List.of(CHAT, CHAT))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whose_quota_it_is_is_never_printed() {
        assertThat(Subject.of(new ClientAddress("0a000001"))).hasToString("***");
    }

    @Test
    void each_subject_is_of_its_kind_and_one_is_everybody() {
        SessionId session = SessionId.next(new Ids(InstantSource.system(), new Random(1)));
        assertThat(Subject.of(session)).isEqualTo(new Subject(KeyedBy.SESSION, session.value()));
        assertThat(Subject.of(new ClientAddress("0a000001")).kind()).isEqualTo(KeyedBy.ADDRESS);
        assertThat(Subject.EVERYBODY).isEqualTo(new Subject(KeyedBy.GLOBAL, ""));
    }

    @Test
    void a_set_goes_on_working_when_it_remembers_as_much_as_it_may() {
        PolicySet set = new PolicySet(List.of(CHAT));
        for (int i = 0; i < 1_100; i++) {
            Set<Target> call = Set.of(Target.of(Activity.CHAT), Target.of("GET", "/" + i));
            assertThat(set.applyingTo(call)).containsExactly(CHAT);
        }
        assertThat(set.all()).containsExactly(CHAT);
    }
}
