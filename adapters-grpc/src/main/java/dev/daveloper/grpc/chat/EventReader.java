package dev.daveloper.grpc.chat;

import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.Json;
import dev.daveloper.domain.chat.ToolResult;
import dev.daveloper.domain.chat.Usage;
import dev.daveloper.proto.agent.v1.ChatResponse;
import dev.daveloper.proto.agent.v1.ToolFinished;
import dev.daveloper.proto.agent.v1.ToolStarted;
import dev.daveloper.proto.agent.v1.UsageReported;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what a foreign agent says in one answer. What breaks a rule of the contract is left out, and the first such
 * event is logged: a bad citation is no reason to lose an answer. For one thread.
 */
final class EventReader {
    /** Tools of one answer that run at once; also written in the contract. */
    static final int MAX_OPEN_CALLS = 256;

    private static final Logger LOG = LoggerFactory.getLogger(EventReader.class);

    private final String runId;
    private Set<String> openCalls = Set.of();
    private boolean warned;

    EventReader(String runId) {
        this.runId = runId;
    }

    String runId() {
        return runId;
    }

    /** The event; null when there is none in it that anybody could use. */
    @Nullable
    AgentEvent read(ChatResponse response) {
        return switch (response.getEventCase()) {
            case TEXT_DELTA -> {
                String text = response.getTextDelta().getText();
                yield text.isEmpty() ? null : new AgentEvent.TextDelta(text);
            }
            case REASONING_DELTA -> {
                String text = response.getReasoningDelta().getText();
                yield text.isEmpty() ? null : new AgentEvent.ReasoningDelta(text);
            }
            case TOOL_STARTED -> read(response.getToolStarted());
            case TOOL_FINISHED -> read(response.getToolFinished());
            case CITATION_ADDED ->
                Citations.read(response.getCitationAdded().getCitation())
                        .<AgentEvent>map(AgentEvent.CitationAdded::new)
                        .orElseGet(() -> leaveOut("a citation without a positive index and a source to open"));
            case USAGE_REPORTED -> read(response.getUsageReported());
            // A newer agent may say what this version does not know.
            case EVENT_NOT_SET -> null;
        };
    }

    private @Nullable AgentEvent read(ToolStarted started) {
        Optional<Json> arguments = JsonText.object(started.getArgumentsJson());
        if (started.getCallId().isEmpty() || started.getName().isEmpty()) {
            return leaveOut("a tool that started without a call id and a name");
        }
        if (arguments.isEmpty()) {
            return leaveOut("a tool that started with arguments that are no JSON object");
        }
        if (openCalls.size() >= MAX_OPEN_CALLS) {
            return leaveOut("a tool that started beside " + MAX_OPEN_CALLS + " others");
        }
        if (openCalls.isEmpty()) {
            openCalls = new HashSet<>();
        }
        if (!openCalls.add(started.getCallId())) {
            return leaveOut("a tool that started twice");
        }
        return new AgentEvent.ToolStarted(started.getCallId(), started.getName(), arguments.get());
    }

    private @Nullable AgentEvent read(ToolFinished finished) {
        if (openCalls.isEmpty() || !openCalls.remove(finished.getCallId())) {
            return leaveOut("a tool that finished without having started");
        }
        return new AgentEvent.ToolFinished(
                finished.getCallId(), new ToolResult(finished.getOk(), finished.getOutput()));
    }

    private @Nullable AgentEvent read(UsageReported reported) {
        if (reported.getInputTokens() < 0 || reported.getOutputTokens() < 0) {
            return leaveOut("a negative usage");
        }
        return new AgentEvent.UsageReported(new Usage(reported.getInputTokens(), reported.getOutputTokens()));
    }

    private @Nullable AgentEvent leaveOut(String what) {
        if (!warned) {
            warned = true;
            LOG.warn("{}: the agent sent {}; left out, as will be others of this answer", runId, what);
        }
        return null;
    }
}
