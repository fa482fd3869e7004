package dev.daveloper.application.chat;

import dev.daveloper.application.chat.ChatSettings.Remembering;
import dev.daveloper.application.chat.ChatSettings.Remembering.Reach;
import dev.daveloper.application.chat.out.Agent;
import dev.daveloper.application.chat.out.AgentRequest;
import dev.daveloper.application.chat.out.AgentStream;
import dev.daveloper.application.testkit.AgentAnswers;
import dev.daveloper.application.testkit.InMemoryCache;
import dev.daveloper.application.testkit.ManualClock;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import dev.daveloper.application.tracing.out.Tracer;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.Json;
import dev.daveloper.domain.chat.Message;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.chat.Tool;
import dev.daveloper.domain.chat.ToolResult;
import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.domain.failures.AgentUnavailable;
import dev.daveloper.domain.sessions.SessionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** An agent by script with a memory, and what a test turns about both. */
final class RememberingFixture {
    static final Duration TTL = Duration.ofMinutes(30);

    final ManualClock clock = new ManualClock();
    final InMemoryCache cache = new InMemoryCache(clock);
    final List<GatewayEvent> told = new CopyOnWriteArrayList<>();
    final Set<SessionId> withDocuments = new HashSet<>();
    final ScriptedAgent scripted;
    final Toolbox toolbox = new Toolbox();
    Reach reach = Reach.SESSION;
    String version = "";
    boolean documentsAway;
    private Agent agent;

    RememberingFixture(Script script) {
        this.scripted = ScriptedAgent.following(request -> script);
        this.agent = make();
    }

    /** Another node, or the same one started anew, as the fields are now. */
    RememberingFixture restarted() {
        agent = make();
        return this;
    }

    RememberingFixture reaching(Reach other) {
        reach = other;
        return restarted();
    }

    private Agent make() {
        return new RememberingAgent(
                toolbox,
                cache,
                new Remembering(reach, TTL, version),
                this::hasDocuments,
                clock,
                told::add,
                Tracer.PASSING);
    }

    private boolean hasDocuments(SessionId session) {
        if (documentsAway) {
            throw new IllegalStateException("documents are away");
        }
        return withDocuments.contains(session);
    }

    Agent agent() {
        return agent;
    }

    List<AgentEvent> ask(AgentRequest request) throws InterruptedException {
        try (AgentStream stream = agent.answer(request)) {
            return AgentAnswers.allOf(stream);
        }
    }

    /** How often the agent itself was asked. */
    int asked() {
        return scripted.streams().size();
    }

    int kept() {
        return cache.read("", 100).entries().size();
    }

    /** The same question of the same session, in another run. */
    static AgentRequest again(AgentRequest request) {
        return with(request, request.run().sessionId(), request.history());
    }

    static AgentRequest after(AgentRequest request, Message... history) {
        return with(request, request.run().sessionId(), List.of(history));
    }

    static AgentRequest elsewhere(AgentRequest request) {
        return with(request, AgentAnswers.run().sessionId(), request.history());
    }

    private static AgentRequest with(AgentRequest request, SessionId session, List<Message> history) {
        Run other = AgentAnswers.run();
        Run run = new Run(
                other.id(), session, other.messageId(), other.userMessageId(), other.startedAt(), other.background());
        return new AgentRequest(
                run, request.message(), history, request.useTools(), request.maxTokens(), request.budget());
    }

    /** The agent by script, with tools that can be changed. */
    final class Toolbox implements Agent {
        final List<Tool> tools = new ArrayList<>(List.of(new Tool("echo", "Says it.", Json.EMPTY_OBJECT)));
        boolean away;
        int looked;

        @Override
        public AgentStream answer(AgentRequest request) {
            return scripted.answer(request);
        }

        @Override
        public List<Tool> tools() {
            looked++;
            if (away) {
                throw new AgentUnavailable(Duration.ofSeconds(1));
            }
            return List.copyOf(tools);
        }

        @Override
        public ToolResult testTool(String name, Json arguments) {
            return scripted.testTool(name, arguments);
        }
    }
}
