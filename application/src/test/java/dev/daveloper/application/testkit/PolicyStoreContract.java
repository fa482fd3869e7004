package dev.daveloper.application.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.ratelimits.out.PolicyStore;
import dev.daveloper.domain.ratelimits.PolicyText;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link PolicyStore} does. */
public abstract class PolicyStoreContract {
    private PolicyStore store;

    /** One with nothing in it. */
    protected abstract PolicyStore open(InstantSource time) throws Exception;

    @BeforeEach
    void open() throws Exception {
        store = open(InstantSource.system());
    }

    @Test
    void a_change_is_kept_in_the_place_of_an_earlier_one() {
        assertThat(store.changes()).isEmpty();
        assertThat(store.put("chat", "chat: 1 per 1s by session on chat")).isTrue();
        assertThat(store.put("chat", PolicyText.OFF)).isTrue();
        assertThat(store.put("all", "all: 2 per 1s by address on all")).isTrue();
        assertThat(store.changes()).isEqualTo(Map.of("chat", PolicyText.OFF, "all", "all: 2 per 1s by address on all"));
    }

    @Test
    void a_change_that_is_removed_is_gone_and_may_be_removed_again() {
        store.put("chat", PolicyText.OFF);
        store.remove("chat");
        store.remove("chat");
        assertThat(store.changes()).isEmpty();
    }

    @Test
    void as_many_are_kept_as_may_be_and_those_may_still_change() {
        for (int i = 0; i < PolicyStore.MAX_CHANGES; i++) {
            assertThat(store.put("p" + i, PolicyText.OFF)).isTrue();
        }
        assertThat(store.put("one-more", PolicyText.OFF)).isFalse();
        assertThat(store.put("p7", "p7: 1 per 1s by session on chat")).isTrue();
        assertThat(store.changes())
                .hasSize(PolicyStore.MAX_CHANGES)
                .containsEntry("p7", "p7: 1 per 1s by session on chat");
    }

    @Test
    void of_many_changes_at_once_as_many_are_kept_as_may_be() throws Exception {
        for (int i = 1; i < PolicyStore.MAX_CHANGES; i++) {
            store.put("p" + i, PolicyText.OFF);
        }
        assertThat(Racing.race(16, racer -> store.put("q" + racer, PolicyText.OFF)))
                .containsOnlyOnce(true);
        assertThat(store.changes()).hasSize(PolicyStore.MAX_CHANGES);
    }
}
