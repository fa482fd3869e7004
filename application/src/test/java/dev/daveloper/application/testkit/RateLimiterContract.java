package dev.daveloper.application.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.ratelimits.out.RateLimiter;
import dev.daveloper.application.ratelimits.out.RateLimiter.Slot;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.chat.RunRef;
import dev.daveloper.domain.ratelimits.Decision;
import dev.daveloper.domain.ratelimits.Policy;
import dev.daveloper.domain.ratelimits.PolicyText;
import dev.daveloper.domain.ratelimits.Standing;
import dev.daveloper.domain.ratelimits.Subject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link RateLimiter} does. Times are whole milliseconds. */
public abstract class RateLimiterContract extends RatesContract {
    private static final int RACERS = 32;
    private static final Policy SLOTS = PolicyText.read("slots: 2 at once by session on chat");
    private static final Policy BUDGET = PolicyText.read("budget: 1000 tokens per 1000s by session on chat");
    private static final Duration KEEP = Duration.ofHours(1);
    private static final Duration MOMENT = Duration.ofMillis(1);

    private Slot slot(String ticket) {
        return new Slot(SLOTS, owner, ticket);
    }

    @Test
    void one_ticket_is_one_slot_however_often_it_asks() {
        for (int i = 0; i < 3; i++) {
            assertThat(limiter.ask(List.of(ask(SLOTS, owner)), "a").await()).isInstanceOf(Decision.Admitted.class);
        }
        assertThat(limiter.ask(List.of(ask(SLOTS, owner)), "b").await()).isInstanceOf(Decision.Admitted.class);
        assertThat(limiter.ask(List.of(ask(SLOTS, owner)), "a").await()).isInstanceOf(Decision.Admitted.class);
        assertThat(limiter.ask(List.of(ask(SLOTS, owner)), "c").await()).isInstanceOf(Decision.Refused.class);
    }

    @Test
    void slots_are_held_until_they_are_released() {
        assertThat(limiter.ask(List.of(ask(SLOTS, owner)), "a").await()).isInstanceOf(Decision.Admitted.class);
        Standing second =
                limiter.ask(List.of(ask(SLOTS, owner)), "b").await().standings().getFirst();
        assertThat(second.remaining()).isZero();
        assertThat(second.untilMore()).isZero();
        assertThat(admits(ask(SLOTS, owner))).isFalse();
        limiter.release(List.of(new Slot(SLOTS, owner, "a")));
        limiter.release(List.of(new Slot(SLOTS, owner, "a")));
        assertThat(limiter.ask(List.of(ask(SLOTS, owner)), "c").await()).isInstanceOf(Decision.Admitted.class);
        assertThat(admits(ask(SLOTS, owner))).isFalse();
    }

    @Test
    void a_refused_question_holds_no_slot() {
        assertThat(admits(ask(TWO, address, 2))).isTrue();
        assertThat(admits(ask(SLOTS, owner), ask(TWO, address))).isFalse();
        assertThat(limiter.ask(List.of(ask(SLOTS, owner)), "a").await()).isInstanceOf(Decision.Admitted.class);
        assertThat(limiter.ask(List.of(ask(SLOTS, owner)), "b").await()).isInstanceOf(Decision.Admitted.class);
    }

    @Test
    void what_a_run_took_is_corrected_to_what_it_used_once() {
        RunRef run = new RunRef(session, RunId.next(ids));
        assertThat(admits(ask(BUDGET, owner, 500))).isTrue();
        limiter.hold(run, List.of(ask(BUDGET, owner, 500)), KEEP);
        limiter.settle(run, 120);
        assertThat(left(BUDGET, owner)).isEqualTo(880);
        limiter.settle(run, 120);
        limiter.settle(new RunRef(session, RunId.next(ids)), 0);
        assertThat(left(BUDGET, owner)).isEqualTo(880);
    }

    @Test
    void what_is_held_later_replaces_what_was_held_before_and_a_run_may_use_more() {
        RunRef run = new RunRef(session, RunId.next(ids));
        Policy world = PolicyText.read("world: 1000 tokens per 1000s by global on chat");
        assertThat(admits(ask(BUDGET, owner, 300), ask(world, Subject.EVERYBODY, 200)))
                .isTrue();
        limiter.hold(run, List.of(ask(BUDGET, owner, 100)), KEEP);
        limiter.hold(run, List.of(ask(BUDGET, owner, 300), ask(world, Subject.EVERYBODY, 200)), KEEP);
        limiter.settle(run, 250);
        assertThat(left(BUDGET, owner)).isEqualTo(750);
        assertThat(left(world, Subject.EVERYBODY)).isEqualTo(750);
    }

    @Test
    void a_slot_that_nobody_renews_is_free_after_its_lease_and_not_before() {
        assertThat(admits("a", ask(SLOTS, owner))).isTrue();
        assertThat(admits("b", ask(SLOTS, owner))).isTrue();
        clock.advance(RateLimiter.SLOT_LEASE.minus(MOMENT));
        assertThat(admits(ask(SLOTS, owner))).isFalse();
        clock.advance(MOMENT);
        assertThat(admits(ask(SLOTS, owner))).isTrue();
        assertThat(admits(ask(SLOTS, owner))).isTrue();
    }

    @Test
    void a_slot_that_is_renewed_is_held_for_another_lease() {
        assertThat(admits("a", ask(SLOTS, owner))).isTrue();
        assertThat(admits("b", ask(SLOTS, owner))).isTrue();
        clock.advance(RateLimiter.SLOT_LEASE.minus(MOMENT));
        limiter.renew(List.of(slot("a"), slot("b")));
        clock.advance(RateLimiter.SLOT_LEASE.minus(MOMENT));
        assertThat(admits(ask(SLOTS, owner))).isFalse();
        clock.advance(MOMENT);
        assertThat(admits(ask(SLOTS, owner))).isTrue();
    }

    @Test
    void a_slot_that_had_run_out_and_is_renewed_is_held_again_though_it_be_one_too_many() {
        assertThat(admits("a", ask(SLOTS, owner))).isTrue();
        clock.advance(RateLimiter.SLOT_LEASE);
        assertThat(admits("b", ask(SLOTS, owner))).isTrue();
        assertThat(admits("c", ask(SLOTS, owner))).isTrue();
        limiter.renew(List.of(slot("a")));
        limiter.release(List.of(slot("b")));
        Standing full = decide(ask(SLOTS, owner)).standings().getFirst();
        assertThat(full.refused()).isTrue();
        assertThat(full.remaining()).isZero();
        limiter.release(List.of(slot("a")));
        assertThat(admits(ask(SLOTS, owner))).isTrue();
    }

    @Test
    void slots_that_are_overfull_are_none_left_and_not_less() {
        for (String ticket : List.of("a", "b", "c", "d")) {
            limiter.renew(List.of(slot(ticket)));
        }
        assertThat(decide(ask(SLOTS, owner)).standings().getFirst().remaining()).isZero();
    }

    @Test
    void of_many_who_want_slots_at_once_as_many_get_one_as_there_are() throws Exception {
        assertThat(Racing.race(RACERS, racer -> admits("r" + racer, ask(SLOTS, owner))))
                .filteredOn(admitted -> admitted)
                .hasSize(2);
    }

    @Test
    void of_many_who_settle_a_run_at_once_one_does() throws Exception {
        RunRef run = new RunRef(session, RunId.next(ids));
        assertThat(admits(ask(BUDGET, owner, 500))).isTrue();
        limiter.hold(run, List.of(ask(BUDGET, owner, 500)), KEEP);
        Racing.race(RACERS, racer -> {
            limiter.settle(run, 490);
            return racer;
        });
        assertThat(left(BUDGET, owner)).isEqualTo(510);
    }
}
