package dev.daveloper.application.chat;

import dev.daveloper.application.chat.out.RunLog;
import dev.daveloper.application.chat.out.RunStore;
import dev.daveloper.application.events.out.EventListener;
import dev.daveloper.application.ratelimits.in.RateLimits;
import dev.daveloper.application.webhooks.in.Telling;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.Lease;
import dev.daveloper.domain.chat.LoggedEvent;
import dev.daveloper.domain.chat.RunEvent;
import dev.daveloper.domain.chat.TokenMeter;
import dev.daveloper.domain.chat.Transcript;
import dev.daveloper.domain.events.GatewayEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Keeps what this node owns and closes what nobody owns: prolongs the leases of live runs, takes over runs whose node
 * is gone and ends them as interrupted with what was logged, and forgets old logs. Called at a steady pace by one
 * thread.
 */
final class RunKeeper {
    /** How many runs of dead nodes are closed in one round. */
    static final int MAX_TAKEOVERS = 100;

    private static final int READ_EVENTS = 1_024;

    private final RunStore store;
    private final RunLog log;
    private final LiveRuns runs;
    private final ChatSettings settings;
    private final InstantSource clock;
    private final EventListener listener;
    private final RateLimits limits;
    private final Telling telling;
    private Instant renewedAt = Instant.MIN;

    RunKeeper(
            RunStore store,
            RunLog log,
            LiveRuns runs,
            ChatSettings settings,
            InstantSource clock,
            EventListener listener,
            RateLimits limits,
            Telling telling) {
        this.store = store;
        this.log = log;
        this.runs = runs;
        this.settings = settings;
        this.clock = clock;
        this.listener = listener;
        this.limits = limits;
        this.telling = telling;
    }

    /** Prolongs the leases of this node's runs; a run that is no longer this node's stops being made here. */
    void renew() {
        renewedAt = clock.instant();
        List<LiveRun> live = runs.all().stream().filter(LiveRun::hasBegun).toList();
        if (live.isEmpty()) {
            return;
        }
        Set<Lease> leases = live.stream().map(run -> run.tail().lease()).collect(Collectors.toSet());
        Map<Lease, RunStore.Standing> standings =
                store.renew(leases, settings.times().lease());
        for (LiveRun run : live) {
            note(run, standings.getOrDefault(run.tail().lease(), RunStore.Standing.OWNED));
        }
    }

    private void note(LiveRun run, RunStore.Standing standing) {
        switch (standing) {
            case OWNED, OVER -> {}
            case FOLLOWED -> run.followedElsewhere(true);
            case UNWANTED, CLEARED -> run.end(Ending.CANCELLED);
            case SUPERSEDED -> run.lose();
            case LOST -> store.restore(run.begunAs(), run.tail().lease().epoch());
        }
    }

    /**
     * Ends runs whose node is gone. Not when this node stood still after it prolonged its own leases, or these may be
     * among what has run out.
     */
    void reap() {
        if (Duration.between(renewedAt, clock.instant())
                        .compareTo(settings.times().lease().dividedBy(2))
                > 0) {
            return;
        }
        for (Lease lease : store.takeOverExpired(settings.times().lease(), MAX_TAKEOVERS)) {
            close(lease);
        }
    }

    /** Forgets what has been kept long enough. */
    void forget() {
        log.forget(clock.instant().minus(settings.times().logRetention()));
        store.forgetKeys(clock.instant().minus(settings.times().keyRetention()));
    }

    private void close(Lease lease) {
        Transcript transcript = new Transcript(lease.run(), Long.MAX_VALUE);
        TokenMeter meter = new TokenMeter(0);
        Cursor after = Cursor.START;
        while (log.read(lease.run().ref(), after, READ_EVENTS) instanceof RunLog.Slice.Held held
                && !held.events().isEmpty()) {
            for (LoggedEvent event : held.events()) {
                if (event.event() instanceof AgentEvent said) {
                    transcript.add(said);
                    meter.add(said);
                }
            }
            after = held.events().getLast().cursor();
        }
        AssistantMessage answer =
                transcript.finish(Ending.INTERRUPTED.outcome(), Ending.INTERRUPTED.failure(), clock.instant());
        GatewayEvent ended = new GatewayEvent.RunEnded(lease.run(), answer, answer.at());
        List<LoggedEvent> ending =
                List.of(new LoggedEvent(new Cursor(lease.epoch(), 1), new RunEvent.Finished(answer)));
        if (store.finish(lease, answer, ending, telling.of(ended)) == RunStore.Finished.DONE) {
            limits.settle(lease.run().ref(), meter.used());
            listener.on(ended);
        }
    }
}
