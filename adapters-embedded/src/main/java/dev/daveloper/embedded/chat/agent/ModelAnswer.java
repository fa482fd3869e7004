package dev.daveloper.embedded.chat.agent;

import dev.daveloper.application.chat.out.AgentRequest;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.Json;
import dev.daveloper.domain.chat.ToolResult;
import dev.daveloper.domain.chat.Usage;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.domain.failures.NotFound;
import dev.daveloper.embedded.documents.Lookup;
import dev.daveloper.embedded.documents.Match;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;

/** An answer that a model writes, with passages of the documents before it and tools at hand. */
final class ModelAnswer implements PulledAnswer.Maker {
    /** How often the model may be asked for one answer; the last time it gets no tools and has to say something. */
    static final int MAX_ROUNDS = 8;

    /** Calls of one round beyond this many are refused. */
    static final int MAX_CALLS_PER_ROUND = 8;

    private static final int PASSAGES = 6;

    private final AgentRequest request;
    private final Sources sources;
    private final ToolBox tools;
    private final Model model;
    private final Evidence evidence = new Evidence();
    private long inputTokens;
    private long outputTokens;
    private int calls;

    ModelAnswer(AgentRequest request, Sources sources, ToolBox tools, Model model) {
        this.request = request;
        this.sources = sources;
        this.tools = tools;
        this.model = model;
    }

    @Override
    public void make(Sink sink) throws InterruptedException {
        List<ChatMessage> messages = Prompt.messages(request, found(), evidence);
        CitedText text = new CitedText(sink, evidence);
        for (int round = 1; round <= MAX_ROUNDS; round++) {
            ChatResponse response = model.ask(asking(messages, round < MAX_ROUNDS), text, sink, round > 1);
            AiMessage said = response.aiMessage();
            if (!said.hasToolExecutionRequests() && evidence.documentsMissed()) {
                sink.emit(new AgentEvent.TextDelta("\n\n" + Wording.DOCUMENTS_MISSED));
            }
            report(response.tokenUsage(), sink);
            if (!said.hasToolExecutionRequests()) {
                return;
            }
            messages.add(said);
            int inRound = 0;
            for (ToolExecutionRequest call : said.toolExecutionRequests()) {
                boolean allowed = request.useTools() && ++inRound <= MAX_CALLS_PER_ROUND;
                ToolResult result = allowed ? use(call, sink) : refused("No more tools may be used now.");
                messages.add(ToolExecutionResultMessage.from(call, result.output()));
            }
        }
    }

    private List<Match> found() throws InterruptedException {
        Lookup lookup = sources.lookUp(evidence);
        List<Match> matches = new FollowUp(lookup, request.history()).search(request.message(), PASSAGES);
        if (lookup.documentsMissed()) {
            evidence.missDocuments();
        }
        return matches;
    }

    private ChatRequest asking(List<ChatMessage> messages, boolean withTools) {
        ChatRequest.Builder asking = ChatRequest.builder().messages(List.copyOf(messages));
        request.maxTokens().ifPresent(asking::maxOutputTokens);
        if (withTools && request.useTools()) {
            asking.toolSpecifications(
                    tools.all().stream().map(ModelAnswer::specification).toList());
        }
        return asking.build();
    }

    private ToolResult use(ToolExecutionRequest call, Sink sink) throws InterruptedException {
        String callId = "call_" + ++calls;
        String given = call.arguments() == null || call.arguments().isBlank() ? "{}" : call.arguments();
        // Models do write arguments that are no JSON; viewers are shown only what is.
        Json shown = given.length() <= ToolBox.MAX_ARGUMENTS_CHARS && JsonText.isObject(given)
                ? new Json(given)
                : Json.EMPTY_OBJECT;
        sink.emit(new AgentEvent.ToolStarted(callId, call.name(), shown));
        ToolResult result = used(call.name(), new Json(given));
        sink.emit(new AgentEvent.ToolFinished(callId, result));
        return result;
    }

    private ToolResult used(String name, Json arguments) throws InterruptedException {
        try {
            return tools.use(name, arguments, evidence);
        } catch (NotFound e) {
            return refused("There is no such tool.");
        } catch (InvalidRequest e) {
            return refused(String.join(
                    " ",
                    e.violations().stream()
                            .map(InvalidRequest.Violation::detail)
                            .toList()));
        }
    }

    private void report(TokenUsage usage, Sink sink) throws InterruptedException {
        if (usage == null || usage.inputTokenCount() == null || usage.outputTokenCount() == null) {
            return;
        }
        inputTokens += Math.max(0, usage.inputTokenCount());
        outputTokens += Math.max(0, usage.outputTokenCount());
        sink.emit(new AgentEvent.UsageReported(new Usage(inputTokens, outputTokens)));
    }

    private static ToolResult refused(String why) {
        return new ToolResult(false, why);
    }

    private static ToolSpecification specification(AgentTool tool) {
        JsonObjectSchema.Builder schema = JsonObjectSchema.builder().additionalProperties(false);
        for (Parameter parameter : tool.parameters()) {
            switch (parameter.type()) {
                case TEXT -> schema.addStringProperty(parameter.name(), parameter.description());
                case NUMBER -> schema.addIntegerProperty(parameter.name(), parameter.description());
            }
        }
        schema.required(tool.parameters().stream()
                .filter(Parameter::required)
                .map(Parameter::name)
                .toList());
        return ToolSpecification.builder()
                .name(tool.name())
                .description(tool.description())
                .parameters(schema.build())
                .build();
    }
}
