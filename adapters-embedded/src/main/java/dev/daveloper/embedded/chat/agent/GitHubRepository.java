package dev.daveloper.embedded.chat.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daveloper.domain.chat.ToolResult;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** Looks a public repository up, by GitHub's REST API. */
final class GitHubRepository implements AgentTool {
    static final String NAME = "github_repository";
    private static final Pattern REPOSITORY =
            Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})/(?!\\.{1,2}$)[A-Za-z0-9._-]{1,100}");
    private static final int MAX_NAME_CHARS = 140;
    private static final int MAX_BODY_BYTES = 256 * 1024;
    private static final List<String> FIELDS = List.of(
            "full_name",
            "description",
            "html_url",
            "language",
            "stargazers_count",
            "forks_count",
            "open_issues_count",
            "default_branch",
            "archived",
            "pushed_at");

    private final HttpClient http;
    private final URI baseUrl;
    private final Duration timeout;

    /** @param timeout for the whole exchange */
    GitHubRepository(HttpClient http, URI baseUrl, Duration timeout) {
        this.http = http;
        this.baseUrl = baseUrl;
        this.timeout = timeout;
    }

    /** @param whole whether the body was within the bound */
    private record Reply(int status, String body, boolean whole) {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "Looks up a public GitHub repository: what it is, its language, licence, stars and last change.";
    }

    @Override
    public List<Parameter> parameters() {
        String repository = "Owner and name, such as apache/lucene.";
        return List.of(new Parameter("repository", Parameter.Type.TEXT, true, 3, MAX_NAME_CHARS, repository));
    }

    @Override
    public ToolResult use(JsonNode arguments, Evidence evidence) throws InterruptedException {
        String repository = arguments.get("repository").textValue();
        if (!REPOSITORY.matcher(repository).matches()) {
            return failed("A repository is written owner/name.");
        }
        FutureTask<Reply> lookup = new FutureTask<>(() -> get(repository));
        Thread.ofVirtual().name("github-lookup").start(lookup);
        try {
            return told(repository, lookup.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return failed("GitHub did not answer in time.");
        } catch (ExecutionException e) {
            return failed("GitHub cannot be reached at the moment.");
        } finally {
            lookup.cancel(true);
        }
    }

    private Reply get(String repository) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(baseUrl + "/repos/" + repository))
                .header("Accept", "application/vnd.github+json")
                .header("User-Agent", "daveloper")
                .build();
        HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            byte[] read = body.readNBytes(MAX_BODY_BYTES + 1);
            return new Reply(
                    response.statusCode(), new String(read, StandardCharsets.UTF_8), read.length <= MAX_BODY_BYTES);
        }
    }

    private static ToolResult told(String repository, Reply reply) {
        return switch (reply.status()) {
            case 200 -> reply.whole() ? summary(reply.body()) : failed("GitHub's answer is too long.");
            case 404, 451 -> failed("GitHub has no public repository of the name " + repository + ".");
            case 403, 429 -> failed("GitHub's limit for lookups without a login is reached; try again in a while.");
            default -> failed("GitHub could not answer (status " + reply.status() + ").");
        };
    }

    private static ToolResult summary(String body) {
        try {
            JsonNode whole = JsonText.MAPPER.readTree(body);
            if (!whole.path("full_name").isTextual()) {
                return failed("GitHub's answer cannot be understood.");
            }
            ObjectNode summary = JsonText.object();
            for (String field : FIELDS) {
                if (whole.hasNonNull(field)) {
                    summary.set(field, whole.get(field));
                }
            }
            String license = whole.path("license").path("spdx_id").asText("");
            if (!license.isEmpty()) {
                summary.put("license", license);
            }
            return new ToolResult(true, summary.toString());
        } catch (JsonProcessingException e) {
            return failed("GitHub's answer cannot be understood.");
        }
    }

    private static ToolResult failed(String why) {
        return new ToolResult(false, why);
    }
}
