package dev.daveloper.bootstrap.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daveloper.bootstrap.release.Surface.Breakage;
import java.util.List;
import org.junit.jupiter.api.Test;

class SurfaceTest {
    private static final Surface BEFORE = Surface.read("""
            gives GET /a: is there
            gives Chat: stop(): void
            wants Ask.text: maxLength at most 10
            wants Ask.text: minLength at least 2
            """);

    @Test
    void it_is_read_as_it_was_written() {
        assertThat(Surface.read(BEFORE.text())).isEqualTo(BEFORE);
        assertThatThrownBy(() -> Surface.read("GET /a is there")).hasMessageContaining("GET /a is there");
    }

    @Test
    void what_is_gone_and_what_is_new_to_be_done_breaks() {
        Surface now = Surface.read("gives GET /a: is there\nwants GET /a: the query b\n");
        assertThat(BEFORE.breakagesIn(now))
                .containsExactly(
                        new Breakage("Chat", "given no more: Chat: stop(): void"),
                        new Breakage("GET /a", "wanted since: GET /a: the query b"));
    }

    @Test
    void what_was_not_there_before_may_want_anything() {
        assertThat(BEFORE.breakagesIn(Surface.read(BEFORE.text() + "wants POST /new: a body\n")))
                .isEmpty();
    }

    @Test
    void a_breakage_that_the_changelog_names_is_let_pass_and_no_other() {
        List<Breakage> breakages = BEFORE.breakagesIn(new Surface());
        assertThat(breakages).hasSize(2);
        Changelog changelog = new Changelog("## [Unreleased]\n\n### Removed\n\n- **Breaking**: `Chat` cannot stop.\n");
        assertThat(Released.untold(breakages, changelog))
                .containsExactly(new Breakage("GET /a", "given no more: GET /a: is there"));
    }
}
