package dev.daveloper.application.chat;

import dev.daveloper.application.chat.out.Agent;
import dev.daveloper.application.chat.out.AgentRequest;
import dev.daveloper.application.chat.out.AgentStream;
import dev.daveloper.application.tracing.out.Attribute;
import dev.daveloper.application.tracing.out.Span;
import dev.daveloper.application.tracing.out.Tracer;
import dev.daveloper.application.tracing.out.Tracer.Kind;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.Json;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.chat.RunOutcome;
import dev.daveloper.domain.chat.Tool;
import dev.daveloper.domain.chat.ToolResult;
import dev.daveloper.domain.chat.Usage;
import dev.daveloper.domain.failures.Failure;
import dev.daveloper.domain.failures.FailureCode;
import java.util.List;

/**
 * One run as its trace tells of it: a part of whatever request began the run, and longer than that. By the names of
 * OpenTelemetry's conventions for agents; never a word of what was asked or answered.
 */
final class RunSpan {
    private static final String INVOKE_AGENT = "invoke_agent";

    private final Tracer tracer;
    private final Span span;

    private RunSpan(Tracer tracer, Span span) {
        this.tracer = tracer;
        this.span = span;
    }

    /** Begins it on behalf of what the calling thread works for. */
    static RunSpan begin(Tracer tracer, Run run) {
        Span span = tracer.below(Kind.INTERNAL, INVOKE_AGENT);
        if (span.recorded()) {
            span.put(Attribute.OPERATION, INVOKE_AGENT);
            span.put(Attribute.CONVERSATION, run.sessionId().value());
            span.put(Attribute.RUN, run.id().value());
        }
        return new RunSpan(tracer, span);
    }

    /** The work, which any thread does for this run. */
    Runnable within(Runnable work) {
        return tracer.within(span, work);
    }

    /** How it ended. */
    void answered(AssistantMessage answer) {
        if (!span.recorded()) {
            return;
        }
        span.put(Attribute.OUTCOME, answer.outcome().wireName());
        if (answer.cached()) {
            span.put(Attribute.CACHED, 1);
        } else if (answer.usage().isPresent()) {
            Usage usage = answer.usage().get();
            span.put(Attribute.INPUT_TOKENS, usage.inputTokens());
            span.put(Attribute.OUTPUT_TOKENS, usage.outputTokens());
        }
        if (answer.outcome() == RunOutcome.FAILED) {
            span.failed(answer.error()
                    .map(Failure::code)
                    .orElse(FailureCode.INTERNAL)
                    .wireName());
        }
    }

    /** Something broke that should not. */
    void broke(Throwable cause) {
        span.failed(cause.getClass().getName());
    }

    void end() {
        span.end();
    }

    /** The same agent, of whose answer is told when it begins to speak and which tools it uses. */
    Agent heard(Agent agent) {
        return span.recorded() ? new Heard(agent) : agent;
    }

    private final class Heard implements Agent {
        private final Agent agent;

        private Heard(Agent agent) {
            this.agent = agent;
        }

        @Override
        public AgentStream answer(AgentRequest request) {
            return new TracedStream(agent.answer(request), tracer, span);
        }

        @Override
        public List<Tool> tools() {
            return agent.tools();
        }

        @Override
        public ToolResult testTool(String name, Json arguments) {
            return agent.testTool(name, arguments);
        }
    }
}
