package dev.daveloper.embedded.chat.agent;

import dev.daveloper.application.chat.out.Agent;
import dev.daveloper.application.chat.out.AgentRequest;
import dev.daveloper.application.chat.out.AgentStream;
import dev.daveloper.domain.chat.Json;
import dev.daveloper.domain.chat.Tool;
import dev.daveloper.domain.chat.ToolResult;
import dev.daveloper.embedded.documents.PassageIndex;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The agent that is there when no other is connected. It answers from documents: without a model by quoting the
 * passages that answer the question, with one in the model's words. Either way it cites what it rests on.
 *
 * <p>Usage is counted in the model's tokens, as its endpoint reports them; without a model, in words.
 */
public final class BuiltInAgent implements Agent, AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration GITHUB_TIMEOUT = Duration.ofSeconds(8);

    private final PassageIndex index;
    private final Duration pace;
    private final HttpClient http;
    private final ToolBox tools;
    private final Optional<Model> model;
    private final Set<AgentStream> open = ConcurrentHashMap.newKeySet();

    private BuiltInAgent(BuiltInAgentConfig config, Duration gitHubTimeout) {
        index = config.index();
        pace = config.pace();
        http = HttpClient.newBuilder()
                // Over plain http, some endpoints stumble over the offer to upgrade to HTTP/2.
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        tools = new ToolBox(List.of(
                new SearchDocuments(index),
                new CurrentTime(config.clock()),
                new Calculator(),
                new GitHubRepository(http, config.gitHubBaseUrl(), gitHubTimeout)));
        model = config.openAi().map(openAi -> new Model(openAi, http));
    }

    /** Makes the agent. Nobody is connected to before the first question. */
    public static BuiltInAgent create(BuiltInAgentConfig config) {
        return new BuiltInAgent(config, GITHUB_TIMEOUT);
    }

    static BuiltInAgent create(BuiltInAgentConfig config, Duration gitHubTimeout) {
        return new BuiltInAgent(config, gitHubTimeout);
    }

    @Override
    public AgentStream answer(AgentRequest request) {
        PulledAnswer.Maker maker = model.<PulledAnswer.Maker>map(
                        writer -> new ModelAnswer(request, index, tools, writer))
                .orElseGet(() -> new RetrievedAnswer(request, index, tools, pace));
        PulledAnswer answer = new PulledAnswer(maker, request.budget(), open::remove);
        open.add(answer);
        return answer;
    }

    /** Empty without a model; with one, how long its endpoint asked us to wait, or a moment when it was not there. */
    @Override
    public Optional<Duration> unavailableFor() {
        return model.flatMap(Model::restsFor);
    }

    @Override
    public List<Tool> tools() {
        return tools.described();
    }

    @Override
    public ToolResult testTool(String name, Json arguments) {
        try {
            return tools.use(name, arguments, new Evidence());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new ToolResult(false, "The tool was interrupted.");
        }
    }

    /** Ends all answers that are being made. */
    @Override
    public void close() {
        open.forEach(AgentStream::close);
        http.shutdownNow();
    }
}
