package dev.daveloper.bootstrap.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rule notices what must not be shipped; {@link ShippedIT} holds it against what is. */
class LicenceRuleTest {
    private final LicenceRule rule =
            new LicenceRule(Map.of("Apache-2.0", "ours", "MIT", "permissive"), Map.of("org.odd:odd", "read by hand"));
    private final Library odd = new Library("org.odd:odd", "1", List.of("Odd License"));

    private List<String> violations(String licences) throws Exception {
        String component =
                "{\"group\":\"org.some\",\"name\":\"lib\",\"version\":\"1.0\",\"licenses\":" + licences + "}";
        return rule.violationsIn(List.of(Library.of(new ObjectMapper().readTree(component)), odd));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"GPL-3.0-only", "AGPL-3.0-or-later", "SSPL-1.0", "BUSL-1.1", "GPL-2.0-with-classpath-exception"})
    void a_licence_that_is_not_allowed_is_noticed(String licence) throws Exception {
        assertThat(violations("[{\"license\":{\"id\":\"" + licence + "\"}}]"))
                .containsExactly("org.some:lib 1.0 has " + licence + ", which licences.yaml does not allow");
    }

    @Test
    void a_name_that_is_no_identifier_is_noticed() throws Exception {
        assertThat(violations("[{\"license\":{\"name\":\"Do what thou wilt\"}}]"))
                .containsExactly("org.some:lib 1.0 has Do what thou wilt, which licences.yaml does not allow");
    }

    @Test
    void a_library_without_a_licence_is_noticed() throws Exception {
        assertThat(violations("[]"))
                .containsExactly("org.some:lib 1.0 has no licence, which licences.yaml does not allow");
    }

    @Test
    void one_allowed_licence_of_several_to_choose_from_suffices() throws Exception {
        assertThat(violations("[{\"license\":{\"id\":\"GPL-3.0-only\"}},{\"license\":{\"id\":\"MIT\"}}]"))
                .isEmpty();
        assertThat(violations("[{\"expression\":\"GPL-3.0-only OR MIT\"}]")).isEmpty();
    }

    @Test
    void what_must_be_kept_together_is_no_choice() throws Exception {
        assertThat(violations("[{\"expression\":\"MIT AND GPL-3.0-only\"}]")).hasSize(1);
        assertThat(violations("[{\"expression\":\"GPL-3.0-only AND (MIT OR Apache-2.0)\"}]"))
                .hasSize(1);
    }

    @Test
    void a_decision_about_nothing_is_noticed() {
        assertThat(rule.violationsIn(List.of()))
                .containsExactly("licences.yaml decides about org.odd:odd, which is not shipped");
    }
}
