package dev.daveloper.http.pages;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tells the callers of operations that will go since when (RFC 9745), until when (RFC 8594), and where that is
 * explained. The OpenAPI document says which: by {@code deprecated}, {@code x-deprecated-at} and {@code x-sunset-at}.
 * While it names none, no request is looked at. Safe for use by many threads.
 */
public final class Deprecations {
    private static final String MARK = "deprecated: true";
    private static final Pattern PARAMETER = Pattern.compile("[{<][^}>]*[}>]");
    /** As RFC 9110, section 5.6.7, wants dates, with two digits for the day. */
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Map<String, Notice> notices;

    private record Notice(String deprecation, Optional<String> sunset, String link) {}

    private Deprecations(Map<String, Notice> notices) {
        this.notices = Map.copyOf(notices);
    }

    /** Those of the document that is served. */
    public static Deprecations ofDocument() {
        return read(new String(ApiDocuments.read("openapi.yaml"), StandardCharsets.UTF_8));
    }

    /**
     * Those of this OpenAPI document, in YAML.
     *
     * @throws IllegalArgumentException when one is without {@code x-deprecated-at}, or goes before that
     */
    static Deprecations read(String yaml) {
        Map<String, Notice> notices = new HashMap<>();
        if (yaml.contains(MARK)) {
            JsonNode paths =
                    ApiDocuments.parse(yaml.getBytes(StandardCharsets.UTF_8)).path("paths");
            paths.properties()
                    .forEach(path -> path.getValue().properties().forEach(operation -> {
                        if (operation.getValue().path("deprecated").booleanValue()) {
                            String method = operation.getKey().toUpperCase(Locale.ROOT);
                            notices.put(shape(method, path.getKey()), noticeOf(operation.getValue()));
                        }
                    }));
        }
        return new Deprecations(notices);
    }

    /** @param prefixes below which the document's paths are served */
    public void register(RoutesConfig routes, List<String> prefixes) {
        if (!notices.isEmpty()) {
            routes.beforeMatched(ctx -> tell(ctx, prefixes));
        }
    }

    private void tell(Context ctx, List<String> prefixes) {
        Endpoint endpoint = ctx.endpoints().matchedHttpEndpoint();
        if (endpoint == null) {
            return;
        }
        prefixes.stream()
                .filter(endpoint.path::startsWith)
                .map(prefix -> shape(endpoint.method.name(), endpoint.path.substring(prefix.length())))
                .filter(notices::containsKey)
                .findFirst()
                .map(notices::get)
                .ifPresent(notice -> {
                    ctx.header("Deprecation", notice.deprecation());
                    notice.sunset().ifPresent(sunset -> ctx.header("Sunset", sunset));
                    ctx.res().addHeader("Link", notice.link());
                });
    }

    private static Notice noticeOf(JsonNode operation) {
        String id = operation.path("operationId").asText();
        if (!operation.has("x-deprecated-at")) {
            throw new IllegalArgumentException(id + " is deprecated and does not say since when, in x-deprecated-at");
        }
        Instant deprecated = Instant.parse(operation.get("x-deprecated-at").asText());
        Optional<Instant> sunset = Optional.ofNullable(operation.get("x-sunset-at"))
                .map(JsonNode::asText)
                .map(Instant::parse);
        if (sunset.isPresent() && sunset.get().isBefore(deprecated)) {
            throw new IllegalArgumentException(id + " goes at " + sunset.get() + ", before it is deprecated");
        }
        String explained = "/docs#/" + operation.path("tags").path(0).asText() + "/" + id;
        return new Notice(
                "@" + deprecated.getEpochSecond(),
                sunset.map(HTTP_DATE::format),
                "<" + explained + ">; rel=\"deprecation\"; type=\"text/html\"");
    }

    /** The same for all names that a path's parameters may have. */
    private static String shape(String method, String path) {
        return method + " " + PARAMETER.matcher(path).replaceAll("{}");
    }
}
