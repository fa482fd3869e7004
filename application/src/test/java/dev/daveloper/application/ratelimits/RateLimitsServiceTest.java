package dev.daveloper.application.ratelimits;

import static dev.daveloper.application.ratelimits.LimitsFixture.chat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.ratelimits.in.Call;
import dev.daveloper.application.ratelimits.in.Call.Amount;
import dev.daveloper.application.ratelimits.in.LimitStats;
import dev.daveloper.application.ratelimits.in.RateLimits.Admission;
import dev.daveloper.application.ratelimits.out.PolicyStore;
import dev.daveloper.application.ratelimits.out.RateLimiter;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.domain.failures.NotFound;
import dev.daveloper.domain.failures.QuotaExceeded;
import dev.daveloper.domain.failures.StoreUnavailable;
import dev.daveloper.domain.ratelimits.PolicyText;
import dev.daveloper.domain.ratelimits.Subject;
import dev.daveloper.domain.sessions.ClientAddress;
import dev.daveloper.domain.sessions.SessionId;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RateLimitsServiceTest {
    private static final String FIVE = "chat: 5 per 1h by session on chat";

    @Test
    void nodes_count_together() {
        LimitsFixture nodes = new LimitsFixture("chat: 2 per 1h by session on chat");
        SessionId session = nodes.newSession();
        nodes.one.ask(chat(session)).await().close();
        nodes.other.ask(chat(session)).await().close();
        assertThatThrownBy(() -> nodes.one.ask(chat(session)).await())
                .isInstanceOfSatisfying(QuotaExceeded.class, refused -> {
                    assertThat(refused.violated()).containsExactly("chat");
                    assertThat(refused.retryAfter()).contains(Duration.ofMinutes(30));
                });
    }

    @Test
    void a_call_without_a_session_meets_the_policies_of_addresses_alone() {
        LimitsFixture nodes =
                new LimitsFixture(FIVE, "all: 9 per 1h by address on all", "world: 7 per 1h by global on all");
        assertThat(nodes.one
                        .ask(new Call(
                                LimitsFixture.CHAT,
                                Optional.empty(),
                                Optional.of(new ClientAddress("0a000001")),
                                Amount.ONE))
                        .await()
                        .standings())
                .extracting(standing -> standing.policy().name())
                .containsExactly("all", "world");
    }

    @Test
    void a_changed_policy_holds_on_all_nodes_at_once() {
        LimitsFixture nodes = new LimitsFixture(FIVE);
        SessionId session = nodes.newSession();
        nodes.one.ask(chat(session)).await().close();
        nodes.one.change(PolicyText.read("chat: 1 per 1h by session on chat"));
        assertThatThrownBy(() -> nodes.other.ask(chat(session)).await()).isInstanceOf(QuotaExceeded.class);
        nodes.other.switchOff("chat");
        assertThat(nodes.one.ask(chat(session)).await().standings()).isEmpty();
        nodes.one.reset("chat");
        assertThat(nodes.other.ask(chat(session)).await().standings()).hasSize(1);
    }

    @Test
    void a_node_that_missed_the_word_finds_the_change_by_itself() {
        LimitsFixture nodes = new LimitsFixture(FIVE);
        nodes.signalsAreLost();
        nodes.one.switchOff("chat");
        assertThat(nodes.other.ask(chat(nodes.newSession())).await().standings())
                .hasSize(1);
        nodes.other.refresh();
        assertThat(nodes.other.ask(chat(nodes.newSession())).await().standings())
                .isEmpty();
    }

    @Test
    void a_change_that_this_version_does_not_understand_leaves_what_is_configured() {
        LimitsFixture nodes = new LimitsFixture(FIVE);
        nodes.changes.put("chat", "chat: by the moon");
        nodes.one.refresh();
        assertThat(nodes.one.policies())
                .singleElement()
                .satisfies(policy -> assertThat(policy.policy()).isEqualTo(policy.configured()));
    }

    @Test
    void a_policy_that_is_not_there_can_be_neither_switched_off_nor_reset() {
        LimitsFixture nodes = new LimitsFixture(FIVE);
        assertThatThrownBy(() -> nodes.one.switchOff("nothing")).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> nodes.one.reset("nothing")).isInstanceOf(NotFound.class);
    }

    @Test
    void as_many_policies_are_changed_as_may_be() {
        LimitsFixture nodes = new LimitsFixture(FIVE);
        for (int i = 0; i < PolicyStore.MAX_CHANGES; i++) {
            nodes.one.change(PolicyText.read("p" + i + ": 1 per 1h by session on chat"));
        }
        assertThatThrownBy(() -> nodes.one.switchOff("chat")).isInstanceOf(InvalidRequest.class);
    }

    @Test
    void while_the_shared_limiter_is_away_a_node_counts_for_itself_and_says_so_once() {
        LimitsFixture nodes = new LimitsFixture("chat: 1 per 1h by session on chat");
        SessionId session = nodes.newSession();
        nodes.shared.away(true);
        nodes.one.ask(chat(session)).await().close();
        assertThatThrownBy(() -> nodes.one.ask(chat(session)).await()).isInstanceOf(QuotaExceeded.class);
        LimitStats stats = nodes.one.stats();
        assertThat(stats.away()).isTrue();
        assertThat(stats.failures()).isEqualTo(2);
        assertThat(nodes.told).hasSize(1);
    }

    @Test
    void a_policy_may_refuse_while_it_cannot_be_asked() {
        LimitsFixture nodes = new LimitsFixture(FIVE + " failing refuse");
        nodes.shared.away(true);
        assertThatThrownBy(() -> nodes.one.ask(chat(nodes.newSession())).await())
                .isInstanceOf(StoreUnavailable.class);
    }

    @Test
    void a_node_asks_the_shared_limiter_again_after_a_pause() throws Exception {
        LimitsFixture nodes = new LimitsFixture(FIVE);
        nodes.shared.away(true);
        nodes.one.ask(chat(nodes.newSession())).await().close();
        nodes.shared.away(false);
        await().until(() -> {
            nodes.one.ask(chat(nodes.newSession())).await().close();
            return !nodes.one.stats().away();
        });
    }

    @Test
    void what_became_of_each_question_is_counted() {
        LimitsFixture nodes =
                new LimitsFixture("chat: 5 per 1h by session on chat", "dark: 1 per 1h by session on chat shadow");
        SessionId session = nodes.newSession();
        for (int i = 0; i < 5; i++) {
            nodes.one.ask(chat(session)).await().close();
        }
        assertThatThrownBy(() -> nodes.one.ask(chat(session)).await()).isInstanceOf(QuotaExceeded.class);
        LimitStats stats = nodes.one.stats();
        assertThat(stats.policies())
                .containsExactly(
                        new LimitStats.OfPolicy("chat", 5, 1, 0, 2), new LimitStats.OfPolicy("dark", 1, 0, 5, 1));
        assertThat(stats.heaviest()).hasSize(2).allMatch(heavy -> heavy.asked() == 6);
        assertThat(stats.longestWait()).isGreaterThanOrEqualTo(stats.meanWait());
    }

    @Test
    void slots_are_renewed_while_they_are_held_and_freed_once() throws Exception {
        LimitsFixture nodes = new LimitsFixture("open: 2 at once by session on chat");
        SessionId session = nodes.newSession();
        Admission first = nodes.one.ask(chat(session)).await();
        Admission second = nodes.one.ask(chat(session)).await();
        assertThatThrownBy(() -> nodes.other.ask(chat(session)).await()).isInstanceOf(QuotaExceeded.class);
        first.close();
        first.close();
        assertThat(nodes.shared.slotsHeld()).isEqualTo(1);
        nodes.clock.advance(RateLimiter.SLOT_LEASE.minusSeconds(1));
        nodes.one.renewSlots();
        nodes.clock.advance(Duration.ofSeconds(2));
        assertThat(nodes.other.ask(chat(session)).await().standings().getFirst().remaining())
                .isZero();
        second.close();
    }

    @Test
    void bytes_are_corrected_to_those_that_came() {
        LimitsFixture nodes = new LimitsFixture("bytes: 1000 bytes per 1h by session on chat");
        SessionId session = nodes.newSession();
        Admission less = nodes.one.ask(chat(session, Amount.ofBytes(600))).await();
        less.cameBytes(100);
        Admission more = nodes.one.ask(chat(session, Amount.ofBytes(0))).await();
        more.cameBytes(850);
        assertThat(nodes.shared.remaining(
                        PolicyText.read("bytes: 1000 bytes per 1h by session on chat"), Subject.of(session)))
                .isEqualTo(50);
    }

    @Test
    void where_there_is_no_policy_nothing_is_asked() {
        LimitsFixture nodes = new LimitsFixture();
        nodes.shared.away(true);
        try (Admission free = nodes.one.ask(chat(nodes.newSession())).await()) {
            assertThat(free.standings()).isEmpty();
            free.cameBytes(1);
            free.allowance().settle(1);
        }
        assertThat(nodes.one.stats().asked()).isZero();
    }
}
