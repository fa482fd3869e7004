package dev.daveloper.http.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LineBudgetTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    // Near the end of the number range, where the clock of a machine may well be.
    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 1);
    private final LineBudget budget = new LineBudget(2, MINUTE, nanoTime::get);

    @Test
    void as_many_lines_as_the_budget_has_are_written_and_no_more() {
        assertThat(budget.take()).hasValue(0);
        assertThat(budget.take()).hasValue(0);
        assertThat(budget.take()).isEmpty();
        nanoTime.addAndGet(MINUTE.toNanos() - 1);
        assertThat(budget.take()).isEmpty();
    }

    @Test
    void the_next_stretch_has_lines_again_and_the_first_tells_what_is_missing() {
        for (int i = 0; i < 5; i++) {
            budget.take();
        }
        nanoTime.addAndGet(MINUTE.toNanos());
        assertThat(budget.take()).hasValue(3);
        assertThat(budget.take()).hasValue(0);
        assertThat(budget.take()).isEmpty();
    }
}
