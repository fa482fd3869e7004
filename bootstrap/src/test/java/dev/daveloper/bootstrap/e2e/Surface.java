package dev.daveloper.bootstrap.e2e;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every place of the API where a stranger may put something, and the requests that put it there. */
final class Surface {
    /**
     * Every route below each prefix, with the query parameters that it reads. One that is missing here fails the test:
     * whoever adds a route says what it reads, and gets the corpus for it.
     */
    static final Map<String, List<String>> ROUTES = Map.ofEntries(
            Map.entry("POST /agent/chat", List.of()),
            Map.entry("GET /agent/runs/{id}", List.of()),
            Map.entry("GET /agent/runs/{id}/events", List.of("after")),
            Map.entry("POST /agent/runs/{id}/cancel", List.of()),
            Map.entry("GET /agent/chat/history/{sessionId}", List.of("limit", "cursor")),
            Map.entry("DELETE /agent/chat/history/{sessionId}", List.of()),
            Map.entry("GET /agent/tools", List.of()),
            Map.entry("POST /agent/tools/test", List.of()),
            Map.entry("POST /sessions", List.of()),
            Map.entry("GET /sessions/current", List.of()),
            Map.entry("DELETE /sessions/current", List.of()),
            Map.entry("GET /sessions/current/events", List.of()),
            Map.entry("GET /sessions/current/export", List.of()),
            Map.entry("POST /sessions/current/renew", List.of()),
            Map.entry("GET /sessions/stats", List.of()),
            Map.entry("DELETE /sessions/{sessionId}", List.of()),
            Map.entry("DELETE /cache", List.of("tag")),
            Map.entry("GET /cache/stats", List.of()),
            Map.entry("POST /cache/warm", List.of()),
            Map.entry("POST /cache/backup", List.of()),
            Map.entry("POST /cache/restore", List.of()),
            Map.entry("GET /rate-limits", List.of()),
            Map.entry("GET /rate-limits/stats", List.of()),
            Map.entry("GET /rate-limits/{policy}", List.of()),
            Map.entry("PUT /rate-limits/{policy}", List.of()),
            Map.entry("DELETE /rate-limits/{policy}", List.of()),
            Map.entry("POST /webhooks", List.of()),
            Map.entry("GET /webhooks", List.of()),
            Map.entry("GET /webhooks/event-types", List.of()),
            Map.entry("GET /webhooks/{id}", List.of()),
            Map.entry("PATCH /webhooks/{id}", List.of()),
            Map.entry("DELETE /webhooks/{id}", List.of()),
            Map.entry("POST /webhooks/{id}/rotate-secret", List.of()),
            Map.entry("POST /webhooks/{id}/test", List.of()),
            Map.entry("POST /webhooks/{id}/recover", List.of()),
            Map.entry("GET /webhooks/{id}/deliveries", List.of("limit", "cursor", "state")),
            Map.entry("GET /webhooks/{id}/stats", List.of("since")),
            Map.entry("GET /webhooks/deliveries/{deliveryId}", List.of()),
            Map.entry("POST /webhooks/deliveries/{deliveryId}/redeliver", List.of()),
            Map.entry("POST /documents/ingest", List.of()),
            Map.entry("GET /documents", List.of("limit", "cursor", "scope", "name", "kind")),
            Map.entry("GET /documents/{id}", List.of()),
            Map.entry("DELETE /documents/{id}", List.of()),
            Map.entry("GET /documents/status", List.of()),
            Map.entry("GET /documents/status/{id}", List.of()),
            Map.entry("GET /documents/status/{id}/events", List.of()),
            Map.entry("POST /documents/status/{id}/cancel", List.of()),
            Map.entry("GET /ws/chat", List.of()),
            Map.entry("GET /health", List.of()),
            Map.entry("HEAD /health", List.of()),
            Map.entry("GET /health/live", List.of()),
            Map.entry("HEAD /health/live", List.of()),
            Map.entry("GET /health/ready", List.of()),
            Map.entry("HEAD /health/ready", List.of()),
            Map.entry("GET /health/{component}", List.of()),
            Map.entry("HEAD /health/{component}", List.of()),
            Map.entry("GET /", List.of()),
            Map.entry("GET /web/<path>", List.of()),
            Map.entry("GET /library/<path>", List.of()),
            Map.entry("GET /docs", List.of()),
            Map.entry("GET /graphiql", List.of()),
            Map.entry("POST /graphql", List.of()),
            Map.entry("GET /graphql", List.of("query", "documentId", "operationName", "variables", "extensions")),
            Map.entry("GET /graphql/schema", List.of()),
            Map.entry("GET /status", List.of()),
            Map.entry("GET /status/events", List.of()),
            Map.entry("GET /status/history", List.of()),
            Map.entry("GET /openapi.yaml", List.of()),
            Map.entry("GET /openapi.json", List.of()),
            Map.entry("GET /asyncapi.yaml", List.of()),
            Map.entry("GET /asyncapi.json", List.of()),
            Map.entry("GET /errors", List.of()),
            Map.entry("GET /errors/stats", List.of()),
            Map.entry("GET /errors/{code}", List.of()));

    /** Pages and probes: what their query says means nothing, see decision 0012. */
    private static final Pattern IGNORES_QUERY = Pattern.compile(
            "[A-Z]+ /(|docs|graphiql|graphql/schema|status|(open|async)api\\.(yaml|json)|errors(/\\{code})?|"
                    + "(web|library|health)(/.*)?)");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^}]+}|<[^>]+>");
    private static final Set<String> HEADERS = Set.of(
            "Accept",
            "Authorization",
            "Cookie",
            "Idempotency-Key",
            "Last-Event-ID",
            "Prefer",
            "If-Match",
            "If-None-Match",
            "User-Agent",
            "X-Request-Id",
            "X-Forwarded-For",
            "Forwarded",
            "Accept-Language",
            "traceparent");
    /** Each alone: together with others they would be refused for something else. */
    private static final List<String> LONE_HEADERS = List.of(
            "Origin", "Sec-Fetch-Site", "Content-Type", "Upgrade", "Host", "Expect", "Transfer-Encoding", "Range");

    /** What fits into a request line three times over, percent-encoded. */
    private static final int LINE_BYTES = 1_500;

    private static final int HEADER_BYTES = 800;

    private Surface() {}

    static boolean ignoresQuery(String route) {
        return IGNORES_QUERY.matcher(route).matches();
    }

    /** The payload in the path, in the query and in the body of a route, one request for each. */
    static List<byte[]> requests(String route, byte[] given, String token) {
        byte[] payload = Arrays.copyOf(given, Math.min(given.length, LINE_BYTES));
        String method = route.substring(0, route.indexOf(' '));
        String path = route.substring(method.length() + 1);
        String encoded = percent(payload);
        String session = "Authorization: Bearer " + token + "\r\n";
        List<byte[]> requests = new ArrayList<>();
        Matcher placeholder = PLACEHOLDER.matcher(path);
        String named = placeholder.replaceAll("nothing");
        if (!named.equals(path) && payload.length > 0) {
            requests.add(request(method, placeholder.replaceAll(encoded), session, new byte[0]));
        }
        StringBuilder query = new StringBuilder("?" + encoded + "=" + encoded);
        ROUTES.get(route)
                .forEach(name -> query.append('&').append(name).append('=').append(encoded));
        requests.add(request(method, named + query, session, new byte[0]));
        if (Set.of("POST", "PUT", "PATCH", "DELETE").contains(method) && payload.length > 0) {
            String json = session + "Content-Type: application/json\r\n";
            requests.add(request(method, named, json, payload));
            requests.add(request(method, named, json, join("{\"", payload, "\":\"", payload, "\"}")));
        }
        return requests;
    }

    /** The payload in every header that a route may look at, all at once. */
    static byte[] headers(String route, byte[] payload) {
        String method = route.substring(0, route.indexOf(' '));
        String path = PLACEHOLDER.matcher(route.substring(method.length() + 1)).replaceAll("nothing");
        // What is given to anybody and has no end is asked for with a key that opens nothing.
        boolean endless = route.equals("GET /status/events");
        String all = HEADERS.stream()
                .filter(name -> !endless || !name.equals("Authorization"))
                .map(name -> header(name, payload))
                .collect(Collectors.joining());
        return request(method, path, endless ? all + "Authorization: Bearer nothing\r\n" : all, new byte[0]);
    }

    /** The payload in headers that decide alone over a request. */
    static List<byte[]> loneHeaders(byte[] payload) {
        return LONE_HEADERS.stream()
                .map(name -> request("POST", "/sessions", header(name, payload), new byte[0]))
                .toList();
    }

    /** The payload as it is, where an address should be. */
    static List<byte[]> addresses(byte[] payload) {
        String raw = header("", payload).replaceAll("[ \r\n]|^:", "");
        return Stream.of("/errors/" + raw, "/library/" + raw, "/documents?name=" + raw, "/" + raw, raw + "/")
                .map(target -> request("GET", target, "Accept: text/html, */*\r\n", new byte[0]))
                .toList();
    }

    /** A message of JSON for the chat, of this body. */
    static byte[] post(String path, String token, byte[] json) {
        return request("POST", path, "Authorization: Bearer " + token + "\r\nContent-Type: application/json\r\n", json);
    }

    static byte[] get(String path, String token) {
        return request("GET", path, "Authorization: Bearer " + token + "\r\n", new byte[0]);
    }

    /** An upload of one small file, with the payload wherever a part has room for it. */
    static List<byte[]> uploads(byte[] payload, String token) {
        byte[] oneLine = oneLine(payload);
        byte[] fine = "plain words".getBytes(StandardCharsets.UTF_8);
        byte[] name = "notes.txt".getBytes(StandardCharsets.UTF_8);
        byte[] field = "file".getBytes(StandardCharsets.UTF_8);
        byte[] type = "text/plain".getBytes(StandardCharsets.UTF_8);
        return List.of(
                upload(token, oneLine, name, type, fine),
                upload(token, field, join("", oneLine, ".exe"), type, fine),
                upload(token, field, name, oneLine, fine),
                upload(token, field, "page.html".getBytes(StandardCharsets.UTF_8), type, payload),
                request(
                        "POST",
                        "/documents/ingest",
                        "Authorization: Bearer " + token + "\r\nContent-Type: multipart/form-data; boundary="
                                + latin(oneLine) + "\r\n",
                        payload));
    }

    static byte[] upload(String token, byte[] field, byte[] name, byte[] type, byte[] content) {
        byte[] body = join(
                "--bound\r\nContent-Disposition: form-data; name=\"",
                field,
                "\"; filename=\"",
                name,
                "\"\r\nContent-Type: ",
                type,
                "\r\n\r\n",
                content,
                "\r\n--bound--\r\n");
        String headers = "Authorization: Bearer " + token + "\r\nContent-Type: multipart/form-data; boundary=bound\r\n";
        return request("POST", "/documents/ingest", headers, body);
    }

    static byte[] request(String method, String target, String headers, byte[] body) {
        String head = method + " " + target + " HTTP/1.1\r\nHost: gateway.example\r\n" + headers
                + (body.length > 0 || method.equals("POST") ? "Content-Length: " + body.length + "\r\n" : "") + "\r\n";
        return join("", head.getBytes(StandardCharsets.ISO_8859_1), "", body);
    }

    static String percent(byte[] bytes) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : bytes) {
            encoded.append(String.format(Locale.ROOT, "%%%02x", b & 0xff));
        }
        return encoded.toString();
    }

    /** Texts and byte strings, one behind the other. */
    static byte[] join(Object... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (Object part : parts) {
            joined.writeBytes(part instanceof byte[] bytes ? bytes : ((String) part).getBytes(StandardCharsets.UTF_8));
        }
        return joined.toByteArray();
    }

    /** A header may not hold a line's end: with one it is two headers, which anybody may send. */
    private static String header(String name, byte[] payload) {
        return name + ": " + latin(oneLine(Arrays.copyOf(payload, Math.min(payload.length, HEADER_BYTES)))) + "\r\n";
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static byte[] oneLine(byte[] payload) {
        return latin(payload).replaceAll("[\r\n]", " ").replace('"', '\'').getBytes(StandardCharsets.ISO_8859_1);
    }
}
