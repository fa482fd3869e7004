package dev.daveloper.http.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Compares what is shown with what is: the same members in the same order, and values of the same kind. */
final class Likeness {
    private static final Pattern ID = Pattern.compile("[a-z]+_[0-9a-z]{26}");

    private final Map<String, String> ids = new HashMap<>();

    /** The same text with the real identifiers, as far as they are known, in the place of those that are shown. */
    String real(String text) {
        return ID.matcher(text).replaceAll(shown -> ids.getOrDefault(shown.group(), shown.group()));
    }

    /** Fails where the two are not alike; from then on it knows what is behind the identifiers that are shown. */
    void check(String at, JsonNode shown, JsonNode real) {
        assertThat(real.getNodeType()).as("%s of %s", at, real).isEqualTo(shown.getNodeType());
        if (shown.isObject()) {
            assertThat(namesOf(real)).as(at).isEqualTo(namesOf(shown));
            namesOf(shown).forEach(name -> check(at + "/" + name, shown.get(name), real.get(name)));
        } else if (shown.isArray()) {
            assertThat(real).as(at).hasSameSizeAs(shown);
            for (int i = 0; i < shown.size(); i++) {
                check(at + "/" + i, shown.get(i), real.get(i));
            }
        } else if (shown.isTextual() && ID.matcher(shown.textValue()).matches()) {
            ids.put(shown.textValue(), real.textValue());
        }
    }

    private static List<String> namesOf(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
