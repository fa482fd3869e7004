package dev.daveloper.bootstrap.jfr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class SlowerThanTest {
    private final SlowerThan setting = new SlowerThan();

    @Test
    void five_milliseconds_are_long_if_nobody_says_otherwise() {
        assertThat(setting.getValue()).isEqualTo("5 ms");
        assertThat(setting.isMetBy(5_000_000)).isTrue();
        assertThat(setting.isMetBy(4_999_999)).isFalse();
    }

    @Test
    void times_are_written_as_the_recorder_writes_them() {
        for (String written : Set.of("2000000 ns", "2000us", "2 ms", " 2ms ")) {
            setting.setValue(written);
            assertThat(setting.isMetBy(2_000_000)).as(written).isTrue();
            assertThat(setting.isMetBy(1_999_999)).as(written).isFalse();
        }
        setting.setValue("1 s");
        assertThat(setting.isMetBy(999_999_999)).isFalse();
    }

    @Test
    void what_is_no_time_changes_nothing() {
        setting.setValue("1 s");
        setting.setValue("soon");
        setting.setValue("-1 ms");
        setting.setValue("99999999999999999999 s");
        assertThat(setting.getValue()).isEqualTo("1 s");
    }

    @Test
    void of_several_recordings_the_one_that_wants_to_see_most_decides() {
        assertThat(setting.combine(Set.of("1 s", "20 ms", "never"))).isEqualTo("20 ms");
        assertThat(setting.combine(Set.of("never"))).isEqualTo("5 ms");
    }
}
