package dev.daveloper.application.chat;

import dev.daveloper.application.chat.in.ChatRequest;
import dev.daveloper.application.chat.out.Agent;
import dev.daveloper.application.chat.out.AgentRequest;
import dev.daveloper.application.chat.out.MessageStore;
import dev.daveloper.application.chat.out.RunLog;
import dev.daveloper.application.chat.out.RunStore;
import dev.daveloper.application.events.out.EventListener;
import dev.daveloper.application.ratelimits.in.Allowance;
import dev.daveloper.application.tracing.out.Tracer;
import dev.daveloper.application.webhooks.in.Telling;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.LoggedEvent;
import dev.daveloper.domain.chat.Message;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.chat.RunEvent;
import dev.daveloper.domain.chat.Transcript;
import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.domain.failures.GatewayException;
import dev.daveloper.domain.failures.StoreUnavailable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Makes an answer from its accepted message to its ending: one virtual thread pulls from the agent, a second writes the
 * log. The order of the end is what keeps the promise: the answer is in the history first, then viewers are told.
 */
final class RunMaker {
    /** How long viewers wait for their ending while the store is away. */
    static final Duration MAX_ENDING_WAIT = Duration.ofSeconds(30);

    /** How long one wait lasts for the log's writer, before the history has the answer. */
    private static final Duration MAX_FLUSH = Duration.ofSeconds(2);

    /** How long the agent is not asked yet because the store does not give the history. */
    private static final Duration MAX_HISTORY_WAIT = Duration.ofSeconds(20);

    private static final long PAUSE_NANOS = 500_000_000;

    private final Agent agent;
    private final RunStore store;
    private final RunLog log;
    private final MessageStore messages;
    private final LiveRuns runs;
    private final ChatSettings settings;
    private final InstantSource clock;
    private final EventListener listener;
    private final Tracer tracer;
    private final Telling telling;

    RunMaker(
            Agent agent,
            RunStore store,
            RunLog log,
            MessageStore messages,
            LiveRuns runs,
            ChatSettings settings,
            InstantSource clock,
            EventListener listener,
            Tracer tracer,
            Telling telling) {
        this.agent = agent;
        this.store = store;
        this.log = log;
        this.messages = messages;
        this.runs = runs;
        this.settings = settings;
        this.clock = clock;
        this.listener = listener;
        this.tracer = tracer;
        this.telling = telling;
    }

    /** Sets the run going and returns at once; its first event is there when this returns. */
    void make(LiveRun live, ChatRequest request, Allowance allowance) {
        Run run = live.run();
        live.tail().append(new RunEvent.Started(run.sessionId(), run.messageId(), run.userMessageId()));
        listener.on(new GatewayEvent.RunStarted(run, clock.instant()));
        RunSpan span = RunSpan.begin(tracer, run);
        RunScribe scribe = new RunScribe(live, log, store, span);
        Thread.ofVirtual().name(run.id().value()).start(span.within(() -> {
            try {
                AssistantMessage answer = answer(live, request, allowance, span, scribe);
                span.answered(answer);
                conclude(live, answer, scribe);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                // Nobody renews the lease from here on, so the keeper closes the run with what was logged.
                span.broke(e);
                trouble("run", e);
            } finally {
                span.end();
                allowance.abandon();
                live.tail().abandon();
                scribe.awaitEnd();
                runs.remove(live);
            }
        }));
    }

    /** Settles the allowance with what was used before anybody is told of the end. */
    private AssistantMessage answer(
            LiveRun live, ChatRequest request, Allowance allowance, RunSpan span, RunScribe scribe)
            throws InterruptedException {
        Transcript transcript = new Transcript(live.run(), settings.bounds().answerChars());
        Ending ending;
        long used = 0;
        try {
            AgentRequest asked = new AgentRequest(
                    live.run(),
                    request.message(),
                    historyBefore(live),
                    request.useTools(),
                    request.maxTokens(),
                    settings.times().runTimeout());
            RunPump pump = new RunPump(live, scribe, transcript, allowance, settings, clock, this::trouble);
            ending = pump.pump(span.heard(agent), asked);
            used = pump.usedTokens();
        } catch (GatewayException e) {
            ending = Ending.failed(e);
        }
        live.ending();
        allowance.settle(used);
        return transcript.finish(ending.outcome(), ending.failure(), clock.instant());
    }

    /** A message that was accepted is not given up because the store went away right after it. */
    private List<Message> patientlyRecent(LiveRun live) throws InterruptedException {
        long start = System.nanoTime();
        while (true) {
            try {
                return messages.recent(live.run().sessionId(), settings.bounds().historyMessages() + 1);
            } catch (StoreUnavailable e) {
                if (live.wanted().isPresent()) {
                    return List.of();
                }
                if (System.nanoTime() - start > MAX_HISTORY_WAIT.toNanos()) {
                    throw e;
                }
                pause();
            }
        }
    }

    /** The newest messages before the run's own that fit the bounds, oldest first. */
    private List<Message> historyBefore(LiveRun live) throws InterruptedException {
        List<Message> recent = patientlyRecent(live);
        List<Message> chosen = new ArrayList<>();
        int chars = 0;
        for (Message message : recent.reversed()) {
            if (message.runId().equals(live.run().id())) {
                continue;
            }
            chars += message.text().length();
            if (chars > settings.bounds().historyChars()
                    || chosen.size() == settings.bounds().historyMessages()) {
                break;
            }
            chosen.add(message);
        }
        Collections.reverse(chosen);
        return chosen;
    }

    /**
     * Writes the answer into the history, however long the store is away within the time that its log would be kept.
     * Viewers are told when it is there, or when they have waited long enough. What the log has not yet goes with it in
     * one step: a viewer on another node who finds the answer in the history has had all that led to it.
     */
    private void conclude(LiveRun live, AssistantMessage answer, RunScribe scribe) throws InterruptedException {
        long start = System.nanoTime();
        long giveUpNanos = settings.times().logRetention().toNanos();
        while (System.nanoTime() - start < giveUpNanos) {
            try {
                if (isConcluded(live, answer)) {
                    return;
                }
            } catch (StoreUnavailable e) {
                live.tail().storeAway(true);
            }
            scribe.begin();
            if (!live.tail().hasEnded() && System.nanoTime() - start > MAX_ENDING_WAIT.toNanos()) {
                trouble("store", new StoreUnavailable(new IllegalStateException("away at a run's end")));
                live.finish(answer);
            }
            pause();
        }
        live.finish(answer);
    }

    private boolean isConcluded(LiveRun live, AssistantMessage answer) throws InterruptedException {
        Optional<List<LoggedEvent>> rest = live.tail().takeRest(new RunEvent.Finished(answer), MAX_FLUSH);
        if (rest.isEmpty()) {
            return false;
        }
        try {
            return isConcluded(live, answer, rest.get());
        } finally {
            live.tail().unwritten().giveBack();
        }
    }

    private boolean isConcluded(LiveRun live, AssistantMessage answer, List<LoggedEvent> rest) {
        // Of the answer's own moment, so that a step that is taken again is told of as the same.
        GatewayEvent ended = new GatewayEvent.RunEnded(live.run(), answer, answer.at());
        long start = System.nanoTime();
        switch (store.finish(live.tail().lease(), answer, rest, telling.of(ended))) {
            case DONE -> {
                live.appended(rest.size(), System.nanoTime() - start);
                listener.on(ended);
                live.conclude(answer);
            }
            case CLEARED -> live.finish(answer);
            case REFUSED -> live.lose();
            case BEHIND -> {
                return false;
            }
            case LOST -> {
                store.restore(live.begunAs(), live.tail().lease().epoch());
                return false;
            }
        }
        return true;
    }

    private static void pause() throws InterruptedException {
        LockSupport.parkNanos(PAUSE_NANOS);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private void trouble(String where, Throwable cause) {
        listener.on(new GatewayEvent.Trouble(where, cause, clock.instant()));
    }
}
