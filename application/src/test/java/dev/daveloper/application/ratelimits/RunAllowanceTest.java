package dev.daveloper.application.ratelimits;

import static dev.daveloper.application.ratelimits.LimitsFixture.chat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daveloper.application.ratelimits.in.Allowance;
import dev.daveloper.application.ratelimits.in.Call.Amount;
import dev.daveloper.application.ratelimits.in.RateLimits.Admission;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.chat.RunRef;
import dev.daveloper.domain.failures.QuotaExceeded;
import dev.daveloper.domain.ratelimits.Policy;
import dev.daveloper.domain.ratelimits.PolicyText;
import dev.daveloper.domain.ratelimits.Subject;
import dev.daveloper.domain.sessions.SessionId;
import org.junit.jupiter.api.Test;

class RunAllowanceTest {
    private static final String BUDGET = "tokens: 100 tokens per 1d by session on chat slice 20";
    private static final Policy POLICY = PolicyText.read(BUDGET);

    private final LimitsFixture nodes = new LimitsFixture(BUDGET);
    private final SessionId session = nodes.newSession();

    private Admission admitted(LimitsFixture where) {
        return where.one.ask(chat(session, Amount.ofTokens(10, 1_000))).await();
    }

    private RunRef newRun() {
        return new RunRef(session, RunId.next(nodes.ids()));
    }

    private long left() {
        return nodes.shared.remaining(POLICY, Subject.of(session));
    }

    @Test
    void an_answer_takes_a_slice_at_a_time_and_gives_back_what_it_did_not_use() {
        Allowance allowance = admitted(nodes).allowance();
        assertThat(left()).isEqualTo(70);
        allowance.begin(newRun());
        assertThat(allowance.covers(30)).isTrue();
        assertThat(left()).isEqualTo(70);
        assertThat(allowance.covers(31)).isTrue();
        assertThat(left()).isEqualTo(50);
        allowance.settle(35);
        allowance.settle(0);
        assertThat(left()).isEqualTo(65);
    }

    @Test
    void one_delta_may_need_several_slices() {
        Allowance allowance = admitted(nodes).allowance();
        allowance.begin(newRun());
        assertThat(allowance.covers(80)).isTrue();
        assertThat(left()).isEqualTo(1);
        assertThat(allowance.covers(101)).isFalse();
        allowance.settle(101);
        assertThat(left()).isZero();
    }

    @Test
    void an_answer_whose_maximum_is_small_takes_no_more_than_that() {
        nodes.one.ask(chat(session, Amount.ofTokens(10, 5))).await();
        assertThat(left()).isEqualTo(85);
    }

    @Test
    void what_was_taken_is_given_back_when_nothing_was_begun() {
        admitted(nodes).allowance().settle(0);
        assertThat(left()).isEqualTo(100);
        admitted(nodes).close();
        assertThat(left()).isEqualTo(100);
    }

    @Test
    void another_node_settles_what_a_dead_one_took() {
        RunRef run = newRun();
        Allowance allowance = admitted(nodes).allowance();
        allowance.begin(run);
        allowance.covers(45);
        nodes.other.settle(run, 40);
        assertThat(left()).isEqualTo(60);
        nodes.other.settle(run, 40);
        allowance.settle(0);
        assertThat(left()).as("settled once").isEqualTo(60);
    }

    @Test
    void one_who_abandons_leaves_the_settling_to_others() {
        RunRef run = newRun();
        Allowance allowance = admitted(nodes).allowance();
        allowance.begin(run);
        allowance.abandon();
        allowance.settle(0);
        assertThat(left()).isEqualTo(70);
        nodes.other.settle(run, 12);
        assertThat(left()).isEqualTo(88);
    }

    @Test
    void an_answer_that_cannot_begin_is_refused() {
        nodes.one.ask(chat(session, Amount.ofTokens(70, 1_000))).await();
        assertThatThrownBy(() -> admitted(nodes)).isInstanceOf(QuotaExceeded.class);
        assertThat(left()).isEqualTo(10);
    }

    @Test
    void a_budget_in_shadow_ends_no_answer() {
        LimitsFixture shadow = new LimitsFixture(BUDGET + " shadow");
        Allowance allowance = admitted(shadow).allowance();
        allowance.begin(newRun());
        assertThat(allowance.covers(5_000)).isTrue();
        int questions = shadow.shared.questions();
        for (int tokens = 5_001; tokens < 9_000; tokens++) {
            assertThat(allowance.covers(tokens)).isTrue();
        }
        assertThat(shadow.shared.questions())
                .as("one that is spent is not asked again")
                .isEqualTo(questions);
        allowance.settle(9_000);
        assertThat(shadow.shared.remaining(POLICY, Subject.of(session))).isZero();
    }

    @Test
    void an_outage_cuts_no_answer_off_unless_the_policy_wants_it() {
        Allowance allowance = admitted(nodes).allowance();
        allowance.begin(newRun());
        nodes.shared.away(true);
        assertThat(allowance.covers(500)).isTrue();
        allowance.settle(500);

        LimitsFixture strict = new LimitsFixture(BUDGET + " failing refuse");
        Allowance narrow = admitted(strict).allowance();
        strict.shared.away(true);
        assertThat(narrow.covers(500)).isFalse();

        LimitsFixture counting = new LimitsFixture(BUDGET + " shadow failing refuse");
        Allowance counted = admitted(counting).allowance();
        counting.shared.away(true);
        assertThat(counted.covers(500)).isTrue();
    }

    @Test
    void what_was_handed_over_is_not_handed_over_again() {
        Admission admission = admitted(nodes);
        admission.allowance();
        admission.close();
        assertThat(left()).isEqualTo(70);
        assertThatThrownBy(admission::allowance).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void without_budgets_there_is_nothing_to_keep() {
        LimitsFixture plain = new LimitsFixture("chat: 5 per 1h by session on chat");
        assertThat(admitted(plain).allowance()).isSameAs(Allowance.UNLIMITED);
    }
}
