package dev.daveloper.bootstrap.release;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangelogTest {
    private static final String GOOD = """
            # Changelog

            ## [Unreleased]

            ### Added

            - Something new, which
              takes two lines.

            ### Removed

            - **Breaking**: `GET /old` is gone, and
              `Chat` has no `stop`.

            ## [1.2.0] - 2026-03-01

            ### Fixed

            - A fault.

            ## [1.1.0] - 2026-02-01

            ### Added

            - All.
            """;

    @Test
    void ours_keeps_its_form_and_fits_the_version() {
        assertThat(Changelog.ofTheHouse().troubles(Changelog.versionOfTheHouse()))
                .isEmpty();
    }

    @Test
    void a_good_one_has_no_troubles() {
        assertThat(new Changelog(GOOD).troubles("1.3.0-SNAPSHOT")).isEmpty();
        assertThat(new Changelog(released()).troubles("1.3.0")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '>', textBlock = """
            no title                  > # Changelog             > # Changes
            nothing unreleased        > ## [Unreleased]         > ## [2.0.0] - 2026-04-01
            an unknown heading        > ### Fixed               > ### Mended
            a heading twice           > ### Removed             > ### Added
            a heading without entries > - A fault.              > ''
            a text without a heading  > ### Fixed               > ''
            a line that is no entry   > - A fault.              > A fault.
            a date that is none       > 2026-02-01              > 2026-02-30
            no date                   > [1.1.0] - 2026-02-01    > [1.1.0]
            a version that is none    > [1.1.0]                 > [1.1]
            versions out of order     > [1.1.0]                 > [1.4.0]
            a version twice           > [1.1.0]                 > [1.2.0]
            dates out of order        > 2026-02-01              > 2026-05-01
            """)
    void a_form_that_is_not_kept_is_found(String what, String before, String after) {
        assertThat(GOOD).contains(before);
        assertThat(new Changelog(GOOD.replace(before, after)).troubles("9.0.0-SNAPSHOT"))
                .as(what)
                .isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1.2.0-SNAPSHOT", "1.0.0-SNAPSHOT", "1.3.0", "1.2.0", "1.1.0"})
    void a_version_that_does_not_fit_is_found(String building) {
        assertThat(new Changelog(GOOD).troubles(building)).isNotEmpty();
    }

    @Test
    void a_release_without_an_entry_is_found() {
        assertThat(new Changelog(released()).troubles("1.4.0"))
                .containsExactly("the release 1.4.0 has no entry on top of the others");
    }

    @Test
    void a_breakage_is_told_by_its_name_in_an_entry_that_has_not_been_released() {
        Changelog changelog = new Changelog(GOOD);
        assertThat(changelog.tellsBreakageOf("GET /old")).isTrue();
        assertThat(changelog.tellsBreakageOf("Chat")).isTrue();
        assertThat(changelog.tellsBreakageOf("GET /ol")).isFalse();
        assertThat(new Changelog(released()).tellsBreakageOf("Chat")).isFalse();
        assertThat(new Changelog(GOOD.replace("**Breaking**: ", "")).tellsBreakageOf("Chat"))
                .isFalse();
    }

    /** As it is when 1.3.0 is released. */
    private static String released() {
        return GOOD.replace("## [Unreleased]\n", "## [Unreleased]\n\n## [1.3.0] - 2026-04-01\n");
    }
}
