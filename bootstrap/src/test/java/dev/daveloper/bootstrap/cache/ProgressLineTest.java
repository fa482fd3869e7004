package dev.daveloper.bootstrap.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private long nanos;

    @Test
    void a_bar_fills_in_place() {
        ProgressLine line = line(true);
        second();
        line.bytes("Restoring", 1 << 20, 4 << 20);
        second();
        line.bytes("Restoring", 4 << 20, 4 << 20);

        assertThat(shown())
                .isEqualTo("\rRestoring  [######------------------]  25 %  1.0 MiB of 4.0 MiB  1.0 MiB/s"
                        + "\rRestoring  [########################] 100 %  4.0 MiB of 4.0 MiB  2.0 MiB/s");
    }

    @Test
    void without_a_known_end_it_tells_how_much_and_how_fast() {
        ProgressLine line = line(true);
        second();
        line.bytes("Backing up", 2_500_000);

        assertThat(shown()).isEqualTo("\rBacking up  2.4 MiB  2.4 MiB/s");
    }

    @Test
    void things_are_counted() {
        line(true).things("Warming", 1, 3);

        assertThat(shown()).isEqualTo("\rWarming  [########----------------]  33 %  1 of 3");
    }

    @Test
    void it_is_drawn_as_often_as_an_eye_can_follow_and_always_at_the_end() {
        ProgressLine line = line(true);
        for (int i = 1; i <= 1_000; i++) {
            nanos += 1_000_000;
            line.things("Warming", i, 1_000);
        }

        assertThat(shown().chars().filter(c -> c == '\r').count()).isEqualTo(11);
        assertThat(shown()).endsWith("1000 of 1000");
    }

    @Test
    void a_shorter_line_leaves_nothing_of_a_longer_one() {
        ProgressLine line = line(true);
        line.things("Warming", 100, 1_000);
        second();
        line.things("Warm", 1, 2);
        line.clear();
        line.clear();

        String[] drawn = shown().split("\r");
        assertThat(drawn[2]).hasSameSizeAs(drawn[1]).contains("1 of 2  ");
        assertThat(drawn[3]).isBlank().hasSameSizeAs(drawn[1]);
        assertThat(shown()).endsWith("\r");
        assertThat(drawn).hasSize(4);
    }

    @Test
    void without_a_terminal_nothing_is_drawn() {
        ProgressLine line = line(false);
        line.things("Warming", 2, 2);
        line.bytes("Restoring", 1, 1);
        line.clear();

        assertThat(shown()).isEmpty();
    }

    @Test
    void sizes_have_the_unit_that_makes_them_short() {
        assertThat(ProgressLine.size(0)).isEqualTo("0 B");
        assertThat(ProgressLine.size(1023)).isEqualTo("1023 B");
        assertThat(ProgressLine.size(1024)).isEqualTo("1.0 KiB");
        assertThat(ProgressLine.size((1 << 20) - 1)).isEqualTo("1.0 MiB");
        assertThat(ProgressLine.size(3L << 40)).isEqualTo("3.0 TiB");
        assertThat(ProgressLine.size(3L << 50)).isEqualTo("3072.0 TiB");
    }

    private ProgressLine line(boolean terminal) {
        return new ProgressLine(new PrintStream(screen, true, StandardCharsets.UTF_8), terminal, () -> nanos);
    }

    private void second() {
        nanos += 1_000_000_000;
    }

    private String shown() {
        return screen.toString(StandardCharsets.UTF_8);
    }
}
