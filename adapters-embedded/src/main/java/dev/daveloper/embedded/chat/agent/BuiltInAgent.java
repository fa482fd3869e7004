package dev.daveloper.embedded.chat.agent;

import dev.daveloper.application.chat.out.Agent;
import dev.daveloper.application.chat.out.AgentRequest;
import dev.daveloper.application.chat.out.AgentStream;
import dev.daveloper.application.documents.out.NoDocuments;
import dev.daveloper.application.documents.out.PassageSearch;
import dev.daveloper.application.tracing.out.Span;
import dev.daveloper.application.tracing.out.Tracer;
import dev.daveloper.domain.chat.Json;
import dev.daveloper.domain.chat.Tool;
import dev.daveloper.domain.chat.ToolResult;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.embedded.documents.LateIndex;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The agent that is there when no other is connected. It answers from the documentation and from the documents that
 * people hand over, each session from its own and the shared ones: without a model by quoting the
 * passages that answer the question, with one in the model's words. Either way it cites what it rests on.
 *
 * <p>Usage is counted in the model's tokens, as its endpoint reports them; without a model, in words.
 */
public final class BuiltInAgent implements Agent, AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration GITHUB_TIMEOUT = Duration.ofSeconds(8);

    private final LateIndex library;
    private final PassageSearch documents;
    private final Duration pace;
    private final HttpClient http;
    private final List<AgentTool> otherTools;
    private final Optional<Model> model;
    private final Tracer tracer;
    private final Set<AgentStream> open = ConcurrentHashMap.newKeySet();

    private BuiltInAgent(BuiltInAgentConfig config, Tracer tracer, Duration gitHubTimeout) {
        this.tracer = tracer;
        library = config.index();
        documents = config.documents();
        pace = config.pace();
        http = HttpClient.newBuilder()
                // Over plain http, some endpoints stumble over the offer to upgrade to HTTP/2.
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        otherTools = List.of(
                new CurrentTime(config.clock()),
                new Calculator(),
                new GitHubRepository(http, config.gitHubBaseUrl(), gitHubTimeout));
        model = config.openAi().map(openAi -> new Model(openAi, http));
    }

    /** As {@link #create(BuiltInAgentConfig, Tracer)}, without traces. */
    public static BuiltInAgent create(BuiltInAgentConfig config) {
        return create(config, Tracer.PASSING);
    }

    /**
     * Makes the agent. Nobody is connected to before the first question.
     *
     * @param tracer whatever thread asked for an answer worked for, the threads that make it work for too
     */
    public static BuiltInAgent create(BuiltInAgentConfig config, Tracer tracer) {
        return new BuiltInAgent(config, tracer, GITHUB_TIMEOUT);
    }

    static BuiltInAgent create(BuiltInAgentConfig config, Duration gitHubTimeout) {
        return new BuiltInAgent(config, Tracer.PASSING, gitHubTimeout);
    }

    @Override
    public AgentStream answer(AgentRequest request) {
        Optional<Span> span = tracer.current();
        PulledAnswer.Maker maker = sink -> makerOf(request, searchedFor(span)).make(sink);
        PulledAnswer answer = new PulledAnswer(madeFor(span, maker), request.budget(), open::remove);
        open.add(answer);
        return answer;
    }

    /** To be called by who makes the answer: the documentation may have to be waited for. */
    private PulledAnswer.Maker makerOf(AgentRequest request, PassageSearch searched) {
        Sources sources = new Sources(
                library.get(), searched, Scope.of(request.run().sessionId()).readable());
        ToolBox tools = toolsOn(sources);
        return model.<PulledAnswer.Maker>map(writer -> new ModelAnswer(request, sources, tools, writer))
                .orElseGet(() -> new RetrievedAnswer(request, sources, tools, pace));
    }

    private PulledAnswer.Maker madeFor(Optional<Span> span, PulledAnswer.Maker maker) {
        return span.<PulledAnswer.Maker>map(cause -> sink -> {
                    Tracer.Scope scope = tracer.enter(cause);
                    try {
                        maker.make(sink);
                    } finally {
                        scope.close();
                    }
                })
                .orElse(maker);
    }

    /** Documents are searched by threads of their own, and perhaps by another process. */
    private PassageSearch searchedFor(Optional<Span> span) {
        if (span.isEmpty() || documents.equals(NoDocuments.NONE)) {
            return documents;
        }
        return (question, scopes, limit) -> {
            Tracer.Scope scope = tracer.enter(span.get());
            try {
                return documents.search(question, scopes, limit);
            } finally {
                scope.close();
            }
        };
    }

    /** Empty without a model; with one, how long its endpoint asked us to wait, or a moment when it was not there. */
    @Override
    public Optional<Duration> unavailableFor() {
        return model.flatMap(Model::restsFor);
    }

    @Override
    public List<Tool> tools() {
        return toolsOn(sourcesOf(Scope.SHARED)).described();
    }

    /** Nobody's session is known here: documents are the shared ones. */
    @Override
    public ToolResult testTool(String name, Json arguments) {
        try {
            return toolsOn(sourcesOf(Scope.SHARED)).use(name, arguments, new Evidence());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new ToolResult(false, "The tool was interrupted.");
        }
    }

    private Sources sourcesOf(Scope scope) {
        return new Sources(library.get(), documents, scope.readable());
    }

    private ToolBox toolsOn(Sources sources) {
        List<AgentTool> tools = new ArrayList<>();
        tools.add(new SearchDocuments(sources));
        tools.addAll(otherTools);
        return new ToolBox(tools);
    }

    /** Ends all answers that are being made. */
    @Override
    public void close() {
        open.forEach(AgentStream::close);
        http.shutdownNow();
    }
}
