package dev.daveloper.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.http.testkit.ApiContract;
import dev.daveloper.http.testkit.MessageContract;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads a stream of server-sent events the way a client does. */
public final class EventReader implements AutoCloseable {
    private final HttpResponse<InputStream> response;
    private final BufferedReader lines;
    private final List<String> comments = new ArrayList<>();

    private EventReader(HttpResponse<InputStream> response) {
        this.response = response;
        this.lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    public static EventReader open(HttpClient client, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        HttpResponse<InputStream> response = client.send(request.build(), BodyHandlers.ofInputStream());
        ApiContract.checkHead(response);
        return new EventReader(response);
    }

    /** One event as it came; empty type at the end of the stream. */
    public record Event(String type, String id, JsonNode data) {
        public boolean isEnd() {
            return type.isEmpty();
        }
    }

    public HttpResponse<InputStream> response() {
        return response;
    }

    public String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /** Comments read so far. */
    public List<String> comments() {
        return comments;
    }

    public String readLine() throws IOException {
        return lines.readLine();
    }

    public Event next() throws IOException {
        String type = "";
        String id = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(":")) {
                comments.add(line);
            } else if (line.startsWith("event: ")) {
                type = line.substring(7);
            } else if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("data: ")) {
                JsonNode data = TestGateway.JSON.readTree(line.substring(6));
                if (type.startsWith("status.")) {
                    ApiContract.checkStatus(data);
                } else {
                    MessageContract.check(data);
                }
                return new Event(type, id, data);
            }
        }
        return new Event("", "", TestGateway.JSON.nullNode());
    }

    /** Everything up to the stream's end. */
    public List<Event> rest() throws IOException {
        List<Event> events = new ArrayList<>();
        for (Event event = next(); !event.isEnd(); event = next()) {
            events.add(event);
        }
        return events;
    }

    public static String textOf(List<Event> events) {
        StringBuilder text = new StringBuilder();
        events.stream()
                .filter(event -> event.type().equals("text.delta"))
                .forEach(event -> text.append(event.data().get("text").textValue()));
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        response.body().close();
    }
}
