package dev.daveloper.application.chat;

import dev.daveloper.application.cache.out.Cache;
import dev.daveloper.application.cache.out.Cache.Lookup;
import dev.daveloper.application.cache.out.Cache.Ticket;
import dev.daveloper.application.chat.ChatSettings.Remembering;
import dev.daveloper.application.chat.out.Agent;
import dev.daveloper.application.chat.out.AgentRequest;
import dev.daveloper.application.chat.out.AgentStream;
import dev.daveloper.application.events.out.EventListener;
import dev.daveloper.application.tracing.out.Tracer;
import dev.daveloper.domain.cache.Entry;
import dev.daveloper.domain.cache.Freshness;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.Json;
import dev.daveloper.domain.chat.Tool;
import dev.daveloper.domain.chat.ToolResult;
import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.domain.failures.GatewayException;
import dev.daveloper.domain.sessions.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Gives an answer again that the agent has made for the same question to the letter, and has the agent make it
 * otherwise. Only what ended as it should is kept. Whatever goes wrong with that, the agent is asked. Two that ask the
 * same at once are both answered by the agent.
 */
final class RememberingAgent implements Agent {
    private final Agent agent;
    private final Cache cache;
    private final Remembering settings;
    private final Predicate<SessionId> hasDocuments;
    private final ToolsHash tools;
    private final InstantSource clock;
    private final EventListener listener;
    private final Tracer tracer;

    /** @param hasDocuments whether a session has documents of its own; may fail */
    RememberingAgent(
            Agent agent,
            Cache cache,
            Remembering settings,
            Predicate<SessionId> hasDocuments,
            InstantSource clock,
            EventListener listener,
            Tracer tracer) {
        this.agent = agent;
        this.cache = cache;
        this.settings = settings;
        this.hasDocuments = hasDocuments;
        this.tools = new ToolsHash(agent, clock);
        this.clock = clock;
        this.listener = listener;
        this.tracer = tracer;
    }

    @Override
    public AgentStream answer(AgentRequest request) {
        return OpeningStream.of("memory " + request.run().id(), tracer.carried(() -> open(request)));
    }

    private AgentStream open(AgentRequest request) {
        Supplier<AgentStream> way;
        try {
            way = wayTo(request);
        } catch (RuntimeException e) {
            trouble(e);
            way = () -> agent.answer(request);
        }
        return way.get();
    }

    /** Where the answer comes from: what was kept, the agent with somebody who writes it down, or the agent alone. */
    private Supplier<AgentStream> wayTo(AgentRequest request) {
        Optional<String> toolsHash = tools.current();
        if (toolsHash.isEmpty()) {
            return () -> agent.answer(request);
        }
        boolean forEverybody = settings.reach() == Remembering.Reach.EVERYBODY && !mayHaveDocuments(request);
        AskedBefore asked = AskedBefore.of(request, settings.agentVersion(), toolsHash.get(), forEverybody);
        return switch (cache.find(asked.key(), asked.tags())) {
            case Lookup.Found found -> {
                Optional<List<AgentEvent>> kept = kept(found.entry());
                yield () -> kept.<AgentStream>map(ReplayedStream::new)
                        .orElseGet(() -> recorded(request, asked, found.ticket()));
            }
            case Lookup.Absent absent -> () -> recorded(request, asked, absent.ticket());
            case Lookup.Away away -> () -> agent.answer(request);
        };
    }

    private Optional<List<AgentEvent>> kept(Entry entry) {
        return entry.isFresh(clock.instant()) ? AnswerForm.read(entry.content()) : Optional.empty();
    }

    private AgentStream recorded(AgentRequest request, AskedBefore asked, Ticket ticket) {
        Instant from = clock.instant();
        return new RecordingStream(agent.answer(request), events -> {
            try {
                keep(request, asked, ticket, events, from);
            } catch (RuntimeException e) {
                trouble(e);
            }
        });
    }

    /** What a session got documents for meanwhile may be made from them. */
    private void keep(AgentRequest request, AskedBefore asked, Ticket ticket, List<AgentEvent> events, Instant from) {
        if (asked.forEverybody() && mayHaveDocuments(request)) {
            return;
        }
        Instant now = clock.instant();
        Duration took = Duration.between(from, now);
        Entry entry = new Entry(AnswerForm.write(events), asked.tags(), Freshness.of(settings.ttl()), now, took);
        cache.put(asked.key(), entry, ticket);
    }

    private boolean mayHaveDocuments(AgentRequest request) {
        try {
            return hasDocuments.test(request.run().sessionId());
        } catch (GatewayException e) {
            return true;
        } catch (RuntimeException e) {
            trouble(e);
            return true;
        }
    }

    @Override
    public Optional<Duration> unavailableFor() {
        return agent.unavailableFor();
    }

    @Override
    public List<Tool> tools() {
        return agent.tools();
    }

    @Override
    public ToolResult testTool(String name, Json arguments) {
        return agent.testTool(name, arguments);
    }

    private void trouble(RuntimeException cause) {
        listener.on(new GatewayEvent.Trouble("answer cache", cause, clock.instant()));
    }
}
