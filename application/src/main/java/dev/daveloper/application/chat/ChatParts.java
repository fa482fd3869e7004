package dev.daveloper.application.chat;

import dev.daveloper.application.chat.in.Chat;
import dev.daveloper.application.chat.in.Tools;
import dev.daveloper.application.chat.out.Agent;
import dev.daveloper.application.chat.out.MessageStore;
import dev.daveloper.application.chat.out.RunLog;
import dev.daveloper.application.chat.out.RunStore;
import dev.daveloper.application.events.out.EventListener;
import dev.daveloper.domain.Ids;
import java.time.Duration;
import java.time.InstantSource;

/** The chat feature put together: what the core offers of it, and what keeps it going. */
public final class ChatParts {
    /** How long ended runs may take to write their endings when the node stops. */
    private static final Duration MAX_ENDING = Duration.ofSeconds(5);

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
            ChatSettings settings,
            Ids ids,
            InstantSource clock,
            EventListener listener) {
        this.settings = settings;
        this.runs = new LiveRuns(settings, clock);
        RunMaker maker = new RunMaker(agent, store, log, messages, runs, settings, clock, listener);
        this.chat = new ChatService(agent, store, log, messages, runs, maker, ids, clock, settings);
        this.tools = new ToolsService(agent);
        this.keeper = new RunKeeper(store, log, runs, settings, clock, listener);
    }

    public Chat chat() {
        return chat;
    }

    public Tools tools() {
        return tools;
    }

    /** How often {@link #keep} wants to be called: three times within a lease. */
    public Duration pace() {
        return settings.times().lease().dividedBy(3);
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

    /** Whether runs may still be started. */
    public boolean isOpen() {
        return !runs.isClosed();
    }

    /** Refuses new runs, lets those there are finish within the grace, ends the rest as interrupted. */
    public void close(Duration grace) throws InterruptedException {
        runs.close(grace, MAX_ENDING);
    }
}
