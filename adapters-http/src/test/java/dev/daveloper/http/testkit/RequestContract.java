package dev.daveloper.http.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.daveloper.http.testkit.Operations.Operation;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Flow;

/** Holds requests that were granted against the OpenAPI document. */
final class RequestContract {
    private static final ApiDocument DOCUMENT = ApiContract.DOCUMENT;

    private RequestContract() {}

    static void check(Operation operation, HttpRequest request, List<String> flaws) {
        checkParameters(operation, request, flaws);
        String pointer = operation.pointer() + "/requestBody";
        JsonNode described = DOCUMENT.at(pointer);
        String body = request.bodyPublisher()
                .filter(publisher -> publisher.contentLength() != 0)
                .map(publisher -> typeOf(request))
                .orElse("");
        if (body.isEmpty()) {
            if (described.path("required").asBoolean()) {
                flaws.add("a body is described and none was sent");
            }
            return;
        }
        String content = pointer + "/content" + ApiDocument.step(body);
        if (DOCUMENT.at(content).isMissingNode()) {
            // An object without members says as little as no body, and many clients send one with every POST.
            if (textOf(request).equals("{}")) {
                return;
            }
            flaws.add("a body of the type " + body + " was sent, and is not described");
        } else if (body.endsWith("json")) {
            DOCUMENT.flaws(content + "/schema", ApiContract.read(textOf(request)))
                    .forEach(flaw -> flaws.add("request: " + flaw));
        }
    }

    private static void checkParameters(Operation operation, HttpRequest request, List<String> flaws) {
        Map<String, String> query = queryOf(request);
        Set<String> unknown = new HashSet<>(query.keySet());
        String pointer = operation.pointer() + "/parameters";
        for (int i = 0; i < DOCUMENT.at(pointer).size(); i++) {
            String place = DOCUMENT.resolve(pointer + "/" + i);
            JsonNode parameter = DOCUMENT.at(place);
            String name = parameter.get("name").textValue();
            String value = switch (parameter.get("in").textValue()) {
                case "path" -> operation.valueOf(name, request.uri().getPath());
                case "query" -> query.get(name);
                default -> request.headers().firstValue(name).orElse(null);
            };
            unknown.remove(name);
            if (value == null) {
                if (parameter.path("required").asBoolean()) {
                    flaws.add("the parameter " + name + " is required");
                }
                continue;
            }
            DOCUMENT.flaws(place + "/schema", valueOf(parameter, value))
                    .forEach(flaw -> flaws.add("parameter " + name + " '" + value + "': " + flaw));
        }
        unknown.forEach(name -> flaws.add("the query parameter " + name + " is not described"));
    }

    private static JsonNode valueOf(JsonNode parameter, String value) {
        boolean number = parameter.at("/schema/type").asText().equals("integer");
        return number && value.matches("-?\\d{1,9}") ? new IntNode(Integer.parseInt(value)) : new TextNode(value);
    }

    private static Map<String, String> queryOf(HttpRequest request) {
        Map<String, String> query = new LinkedHashMap<>();
        String raw = request.uri().getRawQuery();
        for (String pair : raw == null ? new String[0] : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            query.putIfAbsent(decode(name), decode(value));
        }
        return query;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String typeOf(HttpRequest request) {
        return request.headers()
                .firstValue("Content-Type")
                .orElse("(none)")
                .split(";", -1)[0]
                .strip()
                .toLowerCase(java.util.Locale.ROOT);
    }

    /** The body once more: its publisher tells it to whoever subscribes. */
    private static String textOf(HttpRequest request) {
        var text = BodySubscribers.ofString(StandardCharsets.UTF_8);
        request.bodyPublisher().orElseThrow().subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                text.onSubscribe(subscription);
            }

            @Override
            public void onNext(ByteBuffer bytes) {
                text.onNext(List.of(bytes));
            }

            @Override
            public void onError(Throwable failure) {
                text.onError(failure);
            }

            @Override
            public void onComplete() {
                text.onComplete();
            }
        });
        return text.getBody().toCompletableFuture().join();
    }
}
