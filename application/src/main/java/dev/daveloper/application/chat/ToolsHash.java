package dev.daveloper.application.chat;

import dev.daveloper.application.chat.out.Agent;
import dev.daveloper.domain.chat.Tool;
import dev.daveloper.domain.failures.GatewayException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** What tools an agent has, in one hash; the agent is asked at most once a minute. Safe for use by many threads. */
final class ToolsHash {
    static final Duration EVERY = Duration.ofMinutes(1);

    private final Agent agent;
    private final InstantSource clock;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile Known known = new Known(Optional.empty(), Instant.MIN);

    private record Known(Optional<String> hash, Instant until) {}

    ToolsHash(Agent agent, InstantSource clock) {
        this.agent = agent;
        this.clock = clock;
    }

    /** Empty while the agent does not tell. May wait for the agent. */
    Optional<String> current() {
        Known now = known;
        return isGood(now) ? now.hash() : asked();
    }

    private Optional<String> asked() {
        asking.lock();
        try {
            if (!isGood(known)) {
                known = new Known(ask(), clock.instant().plus(EVERY));
            }
            return known.hash();
        } finally {
            asking.unlock();
        }
    }

    private boolean isGood(Known what) {
        return clock.instant().isBefore(what.until());
    }

    private Optional<String> ask() {
        try {
            List<Tool> tools = agent.tools();
            FieldHash hash = new FieldHash().add(tools.size());
            for (Tool tool : tools) {
                hash.add(tool.name())
                        .add(tool.description())
                        .add(tool.parameters().text());
            }
            return Optional.of(hash.hex());
        } catch (GatewayException e) {
            return Optional.empty();
        }
    }
}
