package dev.daveloper.redis.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.redis.Keys;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ShardsTest {
    private static final Duration NEVER = Duration.ofDays(1);

    @Test
    void all_are_asked_at_first_and_then_those_that_something_lies_in() {
        Shards shards = new Shards(NEVER);
        assertThat(shards.toAsk()).hasSize(Keys.SHARDS);
        assertThat(shards.toAsk()).isEmpty();
        shards.used(7);
        assertThat(shards.toAsk()).containsExactly(7);
        assertThat(shards.toAsk()).containsExactly(7);
    }

    @Test
    void what_is_put_down_while_it_is_asked_for_is_asked_for_again() {
        Shards shards = new Shards(NEVER);
        assertThat(shards.take()).hasSize(Keys.SHARDS);
        shards.used(7);
        assertThat(shards.take()).containsExactly(7);
        // Between the question and its answer, which may be that nothing is there.
        shards.used(7);
        assertThat(shards.take()).containsExactly(7);
        assertThat(shards.take()).isEmpty();
    }

    @Test
    void all_are_asked_each_time_when_that_is_wanted() {
        Shards shards = new Shards(Duration.ZERO);
        assertThat(shards.take()).hasSize(Keys.SHARDS);
        assertThat(shards.take()).hasSize(Keys.SHARDS);
    }
}
