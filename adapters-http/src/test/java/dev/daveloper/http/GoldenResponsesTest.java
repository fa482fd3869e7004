package dev.daveloper.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.Citation;
import dev.daveloper.domain.chat.Json;
import dev.daveloper.domain.chat.ToolResult;
import dev.daveloper.domain.chat.Usage;
import dev.daveloper.http.security.AdminKeys;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bodies of responses are a promise, down to the order of their members. */
class GoldenResponsesTest {
    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden", "responses.txt");
    private static final String ADMIN_KEY = "an-administrators-key-of-32-chars";
    private static final String BOUNDARY = "a-boundary";
    private static final Pattern ID = Pattern.compile("(ses|run|msg|doc|job)_[0-9a-z]{26}");

    private final StringBuilder said = new StringBuilder();
    private final Map<String, String> names = new LinkedHashMap<>();
    private TestGateway gateway;

    @BeforeEach
    void start() {
        ScriptedAgent agent = ScriptedAgent.following(request -> Script.say("Two ")
                .then(new AgentEvent.ToolStarted("c1", "echo", new Json("{\"a\":1}")))
                .then(new AgentEvent.ToolFinished("c1", new ToolResult(true, "one")))
                .then(new AgentEvent.CitationAdded(new Citation(
                        1, new Citation.UrlSource("/library/guides/agents"), "Agents", "# Agents", Optional.empty())))
                .then(new AgentEvent.UsageReported(new Usage(3, 4)))
                .thenSay("words [1]."));
        gateway = TestGateway.of(
                agent, config -> config.withAdminKeys(new AdminKeys(Map.of("alice", AdminKeys.hashOf(ADMIN_KEY)))));
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    /** Run with {@code -Ddaveloper.update-docs} to write the file anew. */
    @Test
    void responses_are_as_the_golden_file_has_them() throws Exception {
        TestGateway.Caller caller = gateway.newCaller();
        sessions(caller);
        chat(caller);
        documents(caller);
        others();
        exchange(caller.request("/sessions/current/export"));
        if (System.getProperty("daveloper.update-docs") != null) {
            Files.writeString(GOLDEN, said);
        }
        assertThat(said.toString()).isEqualTo(Files.readString(GOLDEN));
    }

    private void sessions(TestGateway.Caller caller) throws Exception {
        exchange(gateway.request("/v1/sessions").POST(BodyPublishers.noBody()));
        exchange(caller.request("/sessions/current"));
        exchange(gateway.request("/sessions/current"));
        exchange(gateway.request("/sessions/stats").header("Authorization", "Bearer " + ADMIN_KEY));
        exchange(caller.request("/sessions/stats"));
    }

    private void chat(TestGateway.Caller caller) throws Exception {
        String answer = exchange(caller.post("/v1/agent/chat", "{\"message\":\"Say two words.\"}"))
                .headers()
                .firstValue("X-Run-Id")
                .orElseThrow();
        exchange(caller.request("/v1/agent/runs/" + answer));
        exchange(caller.request("/agent/chat/history/" + caller.sessionId()));
        HttpResponse<String> later =
                exchange(caller.post("/agent/chat", "{\"message\":\"Later.\"}").header("Prefer", "respond-async"));
        String run = later.headers().firstValue("X-Run-Id").orElseThrow();
        await().until(() -> caller.get("/agent/runs/" + run).body().contains("finished"));
        exchange(caller.post("/agent/chat", "{\"message\":\" \",\"maxTokens\":0,\"more\":1}"));
        exchange(caller.post("/agent/chat", "{"));
        exchange(caller.request("/agent/runs/none"));
        exchange(gateway.request("/agent/tools"));
        exchange(gateway.post("/agent/tools/test", "{\"name\":\"echo\",\"arguments\":{\"a\":1}}"));
    }

    private void documents(TestGateway.Caller caller) throws Exception {
        HttpResponse<String> taken = exchange(upload(caller, file("a.txt", "Some text.")));
        String job = TestGateway.json(taken).get("jobId").textValue();
        await().until(() -> TestGateway.json(caller.get("/documents/status/" + job))
                .path("state")
                .asText()
                .equals("completed"));
        exchange(caller.request("/documents/status/" + job));
        exchange(caller.request("/documents"));
        exchange(caller.request(
                "/documents/" + TestGateway.json(taken).get("documentId").textValue()));
        exchange(upload(caller, file("a.mp3", "sound")));
        exchange(upload(caller, file("a.txt", "Some text.") + file("b.mp3", "sound")));
        exchange(upload(caller, file("a.mp3", "sound") + file("b.mp3", "sound")));
        exchange(caller.request("/documents/status"));
    }

    private void others() throws Exception {
        exchange(gateway.request("/health"));
        exchange(gateway.request("/health/live"));
        exchange(gateway.request("/errors/run_in_progress"));
        exchange(gateway.request("/nowhere"));
    }

    private static String file(String name, String content) {
        return "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name + "\"\r\n\r\n"
                + content + "\r\n";
    }

    private static HttpRequest.Builder upload(TestGateway.Caller caller, String files) {
        return caller.request("/documents/ingest")
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(BodyPublishers.ofString(files + "--" + BOUNDARY + "--\r\n"));
    }

    /** Sends it and notes what is answered, with names and moments in place of those that differ each time. */
    private HttpResponse<String> exchange(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = gateway.send(request);
        String line =
                response.request().method() + " " + response.request().uri().getPath();
        String type = response.headers().firstValue("Content-Type").orElse("");
        said.append(steady(line + "\n" + response.statusCode() + " " + type + "\n" + response.body()))
                .append("\n\n");
        return response;
    }

    private String steady(String text) {
        StringBuilder steady = new StringBuilder();
        Matcher id = ID.matcher(text);
        while (id.find()) {
            String name = names.computeIfAbsent(id.group(), value -> id.group(1) + "_" + (names.size() + 1));
            id.appendReplacement(steady, name);
        }
        id.appendTail(steady);
        String moments = steady.toString().replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z", "TIME");
        for (String secret : List.of("token", "traceId")) {
            moments = moments.replaceAll("\"" + secret + "\":\"[^\"]*\"", "\"" + secret + "\":\"...\"");
        }
        return moments;
    }
}
