package dev.daveloper.domain.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daveloper.domain.failures.InvalidValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CursorTest {
    @ParameterizedTest
    @ValueSource(strings = {"0-0", "1-42", "7-0", "9223372036854775807-9223372036854775807"})
    void a_cursor_is_written_as_it_was_read(String text) {
        assertThat(Cursor.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "1",
                "1-",
                "-1",
                "1-2-3",
                "01-2",
                "1-02",
                "+1-2",
                "1--2",
                "1 - 2",
                "a-b",
                "1-9223372036854775808",
                "1-٣",
                "99999999999999999999999999999999999999-1",
                "$",
                "1-*"
            })
    void what_is_no_cursor_is_refused(String text) {
        assertThatThrownBy(() -> Cursor.parse(text)).isInstanceOf(InvalidValue.class);
    }

    @Test
    void a_later_epoch_is_after_everything_of_an_earlier_one() {
        assertThat(new Cursor(2, 1).isAfter(new Cursor(1, 99))).isTrue();
        assertThat(new Cursor(1, 2).isAfter(new Cursor(1, 2))).isFalse();
        assertThat(new Cursor(1, 2).next()).isEqualTo(new Cursor(1, 3));
        assertThat(new Cursor(1, 2).previous()).isEqualTo(new Cursor(1, 1));
        assertThat(Cursor.START.previous()).isEqualTo(Cursor.START);
        assertThat(Cursor.endOf(3).isEnd()).isTrue();
        assertThat(new Cursor(3, 1).isEnd()).isFalse();
        assertThatThrownBy(() -> new Cursor(-1, 0)).isInstanceOf(InvalidValue.class);
    }
}
