package dev.daveloper.http.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.daveloper.http.testkit.Operations.Operation;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Holds requests and responses against the OpenAPI document: every response must be described, with its status, media
 * type, headers, body and code; and so must every request that was granted. What was sent in order to be refused is not
 * looked at. Safe for use by many threads.
 */
public final class ApiContract {
    static final ApiDocument DOCUMENT = ApiDocument.of("openapi.yaml");
    static final ObjectMapper JSON = new ObjectMapper();

    private static final int SHOWN_CHARS = 1_000;
    private static final Operations OPERATIONS = new Operations(DOCUMENT);
    private static final Set<Integer> NOWHERE = Set.of(400, 403, 404, 405, 413, 414, 415, 431);
    /** Pages and what they load, which are for people. */
    private static final Pattern PAGES = Pattern.compile("/|/docs|/graphiql|/status|/web/.*");

    private ApiContract() {}

    /** The operations that are described. */
    public static Operations operations() {
        return OPERATIONS;
    }

    /** @throws AssertionError saying all that is wrong, when the exchange is not as it is described */
    public static void check(HttpResponse<String> response) {
        check(response, response.body());
    }

    /** As {@link #check(HttpResponse)}, for a response whose body is still to be read: a stream. */
    public static void checkHead(HttpResponse<?> response) {
        check(response, null);
    }

    private static void check(HttpResponse<?> response, String body) {
        HttpRequest request = response.request();
        String method = request.method();
        String path = request.uri().getRawPath();
        if (method.equals("OPTIONS") || PAGES.matcher(path).matches()) {
            return;
        }
        boolean head = method.equals("HEAD");
        Optional<Operation> found =
                OPERATIONS.find(method, path).or(() -> head ? OPERATIONS.find("GET", path) : Optional.empty());
        List<String> flaws = new ArrayList<>();
        if (found.isEmpty()) {
            if (!NOWHERE.contains(response.statusCode())) {
                flaws.add("no such operation is described");
            }
        } else {
            checkResponse(found.get(), response, head ? "" : body, flaws);
            if (response.statusCode() < 400) {
                RequestContract.check(found.get(), request, flaws);
            }
        }
        if (!flaws.isEmpty()) {
            throw new AssertionError(method + " " + request.uri() + " " + response.statusCode()
                    + " is not as openapi.yaml has it:\n" + String.join("\n", flaws) + "\n" + shortened(body));
        }
    }

    private static String shortened(String body) {
        return body == null || body.length() <= SHOWN_CHARS ? body : body.substring(0, SHOWN_CHARS) + "…";
    }

    private static void checkResponse(Operation operation, HttpResponse<?> response, String body, List<String> flaws) {
        String status = Integer.toString(response.statusCode());
        String responses = operation.pointer() + "/responses/";
        boolean named = !DOCUMENT.at(responses + status).isMissingNode();
        String pointer = DOCUMENT.resolve(responses + (named ? status : status.charAt(0) + "XX"));
        JsonNode described = DOCUMENT.at(pointer);
        if (described.isMissingNode()) {
            flaws.add("the status " + status + " is not described");
            return;
        }
        checkHeaders(pointer, response.headers(), flaws);
        if (body == null || !described.has("content")) {
            if (body != null && !body.isEmpty()) {
                flaws.add("no body is described");
            }
            return;
        }
        String type = response.headers().firstValue("Content-Type").orElse("").split(";", -1)[0];
        String content = pointer + "/content" + ApiDocument.step(type);
        if (DOCUMENT.at(content).isMissingNode()) {
            if (!body.isEmpty()) {
                flaws.add("the media type '" + type + "' is not described");
            }
            return;
        }
        checkBody(type, content + "/schema", body, described.path("description").asText(), flaws);
    }

    private static void checkBody(String type, String schema, String body, String description, List<String> flaws) {
        if (body.isEmpty()) {
            return;
        }
        if (type.equals("text/event-stream")) {
            body.lines()
                    .filter(line -> line.startsWith("data: "))
                    .forEach(line -> flaws.addAll(flawsOfEvent(schema, read(line.substring(6)))));
        } else if (type.endsWith("json")) {
            JsonNode value = read(body);
            flaws.addAll(DOCUMENT.flaws(schema, value));
            if (type.startsWith("application/problem")
                    && !description.contains("`" + value.path("code").asText() + "`")) {
                flaws.add("the code is not among those that are described: " + description);
            }
        }
    }

    /** Holds an event of the status against its description, which AsyncAPI has none of. */
    public static void checkStatus(JsonNode event) {
        List<String> flaws = DOCUMENT.flaws("/components/schemas/StatusEvent", event);
        if (!flaws.isEmpty()) {
            throw new AssertionError("not as openapi.yaml has it:\n" + String.join("\n", flaws) + "\n" + event);
        }
    }

    /** How an event breaks what is said of the data in the stream that is described here. */
    static List<String> flawsOfEvent(String schema, JsonNode event) {
        return DOCUMENT.flaws(DOCUMENT.resolve(schema) + "/contentSchema", event);
    }

    private static void checkHeaders(String pointer, HttpHeaders headers, List<String> flaws) {
        DOCUMENT.at(pointer + "/headers").properties().forEach(header -> {
            String name = header.getKey();
            String place = DOCUMENT.resolve(pointer + "/headers" + ApiDocument.step(name));
            List<String> values = headers.allValues(name);
            boolean required = DOCUMENT.at(place).path("required").asBoolean();
            if (values.isEmpty() && required) {
                flaws.add("the header " + name + " is missing");
            }
            values.forEach(value -> DOCUMENT.flaws(place + "/schema", new TextNode(value))
                    .forEach(flaw -> flaws.add("header " + name + " '" + value + "': " + flaw)));
        });
    }

    static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + json, e);
        }
    }
}
