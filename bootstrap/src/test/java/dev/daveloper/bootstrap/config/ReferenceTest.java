package dev.daveloper.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReferenceTest {
    /** Writes the page anew: {@code mvn test -pl bootstrap -am -Dtest=ReferenceTest -Ddaveloper.update-docs}. */
    private static final String UPDATE = "daveloper.update-docs";

    private static final Path PAGE = Path.of("..", "docs", "reference", "configuration.md");

    @Test
    void the_documentation_is_what_the_program_does() throws IOException {
        if (System.getProperty(UPDATE) != null) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, Reference.markdown());
        }

        assertThat(PAGE).as("written by -D" + UPDATE).hasContent(Reference.markdown());
    }

    @Test
    void help_shows_every_option_in_lines_that_fit() {
        assertThat(Reference.help().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(96));
        assertThat(Catalogue.settings())
                .allSatisfy(setting -> assertThat(Reference.help())
                        .contains("  --" + setting.key() + "=" + setting.defaultText() + "\n"));
    }

    @Test
    void help_needs_no_special_characters() {
        assertThat(Reference.help().chars()).allMatch(c -> c == '\n' || (c >= ' ' && c <= '~'));
    }
}
