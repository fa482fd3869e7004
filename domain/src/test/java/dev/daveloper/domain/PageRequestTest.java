package dev.daveloper.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.daveloper.domain.failures.InvalidRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PageRequestTest {
    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, 0, PageRequest.MAX_LIMIT + 1})
    void a_limit_out_of_bounds_is_refused_by_its_name(int limit) {
        assertThatExceptionOfType(InvalidRequest.class)
                .isThrownBy(() -> new PageRequest(limit, Optional.empty()))
                .satisfies(refusal ->
                        assertThat(refusal.violations().getFirst().pointer()).isEqualTo("#/limit"));
    }

    @Test
    void a_page_does_not_change_with_the_list_it_was_made_from() {
        List<String> items = new ArrayList<>(List.of("a"));
        Page<String> page = new Page<>(items, Optional.of("next"));
        items.add("b");

        assertThat(page.items()).containsExactly("a");
    }
}
