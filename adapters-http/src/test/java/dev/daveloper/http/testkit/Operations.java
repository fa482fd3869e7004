package dev.daveloper.http.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The operations of the OpenAPI document, to be found by a request's method and path. */
public final class Operations {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete", "head", "options");
    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");

    private final List<Operation> all = new ArrayList<>();

    /**
     * One operation below one of its servers.
     *
     * @param pointer where it is described
     * @param path as it is described, with the server in front
     */
    public record Operation(String method, String path, String pointer, Pattern form) {
        /** As the routes are written, without the names of parameters. */
        public String shape() {
            return method + " " + PARAMETER.matcher(path).replaceAll("{}");
        }

        /** What a path has in place of a parameter; null when the path has none of this name. */
        String valueOf(String parameter, String asked) {
            Matcher matcher = form.matcher(asked);
            return matcher.matches() && path.contains("{" + parameter + "}") ? matcher.group(parameter) : null;
        }
    }

    public Operations(ApiDocument document) {
        JsonNode paths = document.at("/paths");
        JsonNode everywhere = document.at("/servers");
        paths.properties().forEach(path -> {
            JsonNode servers = path.getValue().has("servers") ? path.getValue().get("servers") : everywhere;
            for (JsonNode server : servers) {
                String prefix = server.get("url").textValue();
                path.getValue().properties().forEach(operation -> {
                    if (METHODS.contains(operation.getKey())) {
                        String pointer =
                                "/paths" + ApiDocument.step(path.getKey()) + ApiDocument.step(operation.getKey());
                        add(operation.getKey(), (prefix.equals("/") ? "" : prefix) + path.getKey(), pointer);
                    }
                });
            }
        });
        all.sort(Comparator.comparingInt(operation -> PARAMETER.split(operation.path(), -1).length));
    }

    public List<Operation> all() {
        return all;
    }

    /** The operation that is asked for; the one that has fewer parameters when there are several. */
    Optional<Operation> find(String method, String path) {
        return all.stream()
                .filter(operation -> operation.method().equals(method)
                        && operation.form().matcher(path).matches())
                .findFirst();
    }

    private void add(String method, String path, String pointer) {
        // The library's documents have slashes in their names.
        String name = path.startsWith("/library/") ? "(?<$1>.+)" : "(?<$1>[^/]+)";
        Pattern form =
                Pattern.compile(PARAMETER.matcher(path.replace(".", "\\.")).replaceAll(name));
        all.add(new Operation(method.toUpperCase(java.util.Locale.ROOT), path, pointer, form));
    }
}
