package dev.daveloper.bootstrap.shipping;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Which licences may be shipped.
 *
 * @param allowed SPDX identifiers, and why each is
 * @param decided libraries, by group and artifact, and why each is taken whatever its pom says
 */
record LicenceRule(Map<String, String> allowed, Map<String, String> decided) {
    static LicenceRule read(Path file) throws IOException {
        return new YAMLMapper().readValue(file.toFile(), LicenceRule.class);
    }

    /** What is wrong with these libraries, and with the decisions: one that is about nothing is to go. */
    List<String> violationsIn(List<Library> libraries) {
        List<String> violations = new ArrayList<>();
        for (Library library : libraries) {
            if (!decided.containsKey(library.name())
                    && library.licences().stream().noneMatch(allowed::containsKey)) {
                violations.add(library.name() + " " + library.version() + " has "
                        + (library.licences().isEmpty() ? "no licence" : String.join(" or ", library.licences()))
                        + ", which licences.yaml does not allow");
            }
        }
        decided.keySet().stream()
                .filter(name ->
                        libraries.stream().noneMatch(library -> library.name().equals(name)))
                .forEach(name -> violations.add("licences.yaml decides about " + name + ", which is not shipped"));
        return violations;
    }
}
