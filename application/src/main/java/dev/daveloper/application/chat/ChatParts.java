package dev.daveloper.application.chat;

import dev.daveloper.application.cache.out.Cache;
import dev.daveloper.application.chat.in.Chat;
import dev.daveloper.application.chat.in.Tools;
import dev.daveloper.application.chat.out.Agent;
import dev.daveloper.application.chat.out.MessageStore;
import dev.daveloper.application.chat.out.RunListener;
import dev.daveloper.application.chat.out.RunLog;
import dev.daveloper.application.chat.out.RunStore;
import dev.daveloper.application.events.out.EventListener;
import dev.daveloper.application.events.out.Neighbours;
import dev.daveloper.application.ratelimits.in.RateLimits;
import dev.daveloper.application.tracing.out.Tracer;
import dev.daveloper.application.webhooks.in.Telling;
import dev.daveloper.domain.Ids;
import dev.daveloper.domain.events.Signal;
import dev.daveloper.domain.sessions.SessionId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Predicate;

/** The chat feature put together: what the core offers of it, and what keeps it going. */
public final class ChatParts {
    /** How long ended runs may take to write their endings when the node stops. */
    private static final Duration MAX_ENDING = Duration.ofSeconds(5);

    private static final Duration MIN_PACE = Duration.ofMillis(50);

    /** The run of a dead node is closed by this and its lease at the latest. */
    private static final Duration MAX_PACE = Duration.ofMillis(1_500);

    private final ChatSettings settings;
    private final LiveRuns runs;
    private final Chat chat;
    private final Tools tools;
    private final RunKeeper keeper;

    public ChatParts(
            Agent agent,
            RunStore store,
            RunLog log,
            MessageStore messages,
            Neighbours neighbours,
            ChatSettings settings,
            Ids ids,
            InstantSource clock,
            EventListener listener,
            RateLimits limits,
            Tracer tracer,
            RunListener heard,
            Telling telling) {
        this.settings = settings;
        this.runs = new LiveRuns(settings, clock, heard);
        RunMaker maker = new RunMaker(agent, store, log, messages, runs, settings, clock, listener, tracer, telling);
        ChatService service =
                new ChatService(agent, store, log, messages, runs, maker, neighbours, heard, ids, clock, settings);
        neighbours.listen(signal -> {
            if (signal instanceof Signal.RunCancelled cancelled) {
                service.cancelledElsewhere(cancelled.run());
            }
        });
        this.chat = service;
        this.tools = new ToolsService(agent);
        this.keeper = new RunKeeper(store, log, runs, settings, clock, listener, limits, telling);
    }

    /**
     * The agent as the settings want it: one that remembers what it has answered, or the same.
     *
     * @param hasDocuments whether a session has documents of its own; may fail
     */
    public static Agent remembering(
            Agent agent,
            ChatSettings settings,
            Cache cache,
            Predicate<SessionId> hasDocuments,
            InstantSource clock,
            EventListener listener,
            Tracer tracer) {
        return settings.remembering().isOff()
                ? agent
                : new RememberingAgent(agent, cache, settings.remembering(), hasDocuments, clock, listener, tracer);
    }

    public Chat chat() {
        return chat;
    }

    public Tools tools() {
        return tools;
    }

    /**
     * How often {@link #keep} wants to be called: three times within a lease, soon after any has run out, and often
     * enough to learn of a viewer on another node before a run counts as unwatched.
     */
    public Duration pace() {
        Duration byLease = settings.times().lease().dividedBy(3);
        Duration byGrace = settings.times().detachGrace().dividedBy(3);
        Duration shorter = byLease.compareTo(byGrace) < 0 ? byLease : byGrace;
        if (shorter.compareTo(MAX_PACE) > 0) {
            return MAX_PACE;
        }
        return shorter.compareTo(MIN_PACE) < 0 ? MIN_PACE : shorter;
    }

    /** Prolongs leases and closes runs whose node is gone. */
    public void keep() {
        keeper.renew();
        keeper.reap();
    }

    /** Forgets logs and keys that have been kept long enough. */
    public void forget() {
        keeper.forget();
    }

    /** How many runs this node makes at the moment. */
    public int activeRuns() {
        return runs.count();
    }

    /** Whether runs may still be started. */
    public boolean isOpen() {
        return !runs.isClosed();
    }

    /** Refuses new runs, lets those there are finish within the grace, ends the rest as interrupted. */
    public void close(Duration grace) throws InterruptedException {
        runs.close(grace, MAX_ENDING);
    }
}
