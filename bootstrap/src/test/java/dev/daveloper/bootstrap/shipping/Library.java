package dev.daveloper.bootstrap.shipping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;

/**
 * Somebody else's library that is shipped.
 *
 * @param name its group and its artifact, joined by a colon
 * @param licences those that its users may choose from, by SPDX identifier or, without one, by the name in its pom
 */
record Library(String name, String version, List<String> licences) {
    /** A component of a CycloneDX document. */
    static Library of(JsonNode component) {
        String name =
                component.path("group").asText() + ":" + component.path("name").asText();
        List<String> licences = component
                .path("licenses")
                .valueStream()
                .flatMap(Library::licencesOf)
                .toList();
        return new Library(name, component.path("version").asText(), licences);
    }

    boolean isOurs() {
        return name.startsWith("dev.daveloper:");
    }

    String jar() {
        return name.substring(name.indexOf(':') + 1) + "-" + version + ".jar";
    }

    /** Of an expression only a plain choice is understood; any other is a name that somebody has to decide about. */
    private static Stream<String> licencesOf(JsonNode licence) {
        if (licence.has("expression")) {
            String expression = licence.get("expression").asText();
            return expression.contains("(") ? Stream.of(expression) : Stream.of(expression.split(" OR "));
        }
        JsonNode named = licence.path("license");
        return Stream.of(named.path(named.has("id") ? "id" : "name").asText());
    }
}
