package dev.daveloper.bootstrap.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.bootstrap.cache.BackupCheck.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BackupCheckTest {
    private static final byte[] WHOLE = Backups.of(3, "what was kept, of which nothing is known here");

    @Test
    void a_whole_backup_is_one_in_pieces_of_any_size() {
        for (int piece = 1; piece <= WHOLE.length; piece++) {
            assertThat(verdict(WHOLE, piece)).as("in pieces of %d", piece).isEqualTo(new Verdict.Whole(3));
        }
        assertThat(verdict(Backups.of(0, ""), 7)).isEqualTo(new Verdict.Whole(0));
    }

    @Test
    void no_byte_may_be_another() {
        for (int i = 0; i < WHOLE.length; i++) {
            byte[] altered = WHOLE.clone();
            altered[i] ^= 1;
            assertThat(verdict(altered, 16)).as("byte %d", i).isNotInstanceOf(Verdict.Whole.class);
        }
    }

    @Test
    void it_may_end_nowhere_before_its_end_nor_after_it() {
        for (int length = 0; length < WHOLE.length; length++) {
            assertThat(verdict(Arrays.copyOf(WHOLE, length), 16))
                    .as("of %d bytes", length)
                    .isNotInstanceOf(Verdict.Whole.class);
        }
        assertThat(verdict(Arrays.copyOf(WHOLE, WHOLE.length + 1), 16)).isEqualTo(new Verdict.Broken());
    }

    @Test
    void what_is_something_else_is_told_apart() {
        assertThat(verdict("{\"hello\":\"world\"}".repeat(9).getBytes(StandardCharsets.UTF_8), 16))
                .isEqualTo(new Verdict.NoBackup());
        byte[] later = WHOLE.clone();
        later[7] = 2;
        assertThat(verdict(later, 5)).isEqualTo(new Verdict.OtherVersion(2));
    }

    private static Verdict verdict(byte[] bytes, int piece) {
        BackupCheck check = new BackupCheck();
        for (int from = 0; from < bytes.length; from += piece) {
            byte[] buffer = Arrays.copyOfRange(bytes, from, from + piece);
            check.add(buffer, Math.min(piece, bytes.length - from));
        }
        return check.verdict();
    }
}
