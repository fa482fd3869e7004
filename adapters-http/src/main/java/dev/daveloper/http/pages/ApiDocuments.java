package dev.daveloper.http.pages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.daveloper.http.requests.Input;
import io.javalin.config.RoutesConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The API's descriptions, OpenAPI for HTTP and AsyncAPI for WebSocket: as YAML, in which they are written, and as JSON
 * with the same content, which is made when it is first asked for; and the schema of GraphQL, as it is written. Safe
 * for use by many threads.
 */
public final class ApiDocuments {
    private static final List<String> NAMES = List.of("openapi", "asyncapi");
    private static final String FOLDER = "/api/";
    /** RFC 9512. */
    private static final String YAML = "application/yaml";

    private static final String JSON = "application/json";
    private static final String SDL = "application/graphql; charset=utf-8";

    private final Map<String, Asset> assets = new ConcurrentHashMap<>();
    private final boolean graphs;

    /** @param graphs whether the schema of GraphQL is among them */
    public ApiDocuments(boolean graphs) {
        this.graphs = graphs;
    }

    public void register(RoutesConfig routes, String prefix) {
        for (String name : NAMES) {
            routes.get(prefix + "/" + name + ".yaml", ctx -> yaml(name).answer(ctx), Input.IGNORED);
            routes.get(prefix + "/" + name + ".json", ctx -> json(name).answer(ctx), Input.IGNORED);
        }
        if (graphs) {
            routes.get(prefix + "/graphql/schema", ctx -> schema().answer(ctx), Input.IGNORED);
        }
    }

    private Asset schema() {
        return assets.computeIfAbsent("schema.graphqls", file -> Asset.of(read(file), SDL));
    }

    private Asset yaml(String name) {
        return assets.computeIfAbsent(name + ".yaml", file -> Asset.of(read(file), YAML));
    }

    private Asset json(String name) {
        byte[] yaml = yaml(name).bytes();
        return assets.computeIfAbsent(name + ".json", file -> Asset.of(toJson(yaml), JSON));
    }

    static byte[] read(String file) {
        try (InputStream in = ApiDocuments.class.getResourceAsStream(FOLDER + file)) {
            return Objects.requireNonNull(in, file).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode parse(byte[] yaml) {
        try {
            return new YAMLMapper().readTree(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] toJson(byte[] yaml) {
        try {
            return new ObjectMapper().writeValueAsBytes(parse(yaml));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
