package dev.daveloper.application.chat;

import dev.daveloper.application.chat.out.Agent;
import dev.daveloper.application.chat.out.AgentRequest;
import dev.daveloper.application.chat.out.AgentStream;
import dev.daveloper.application.ratelimits.in.Allowance;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.AgentStep;
import dev.daveloper.domain.chat.Message;
import dev.daveloper.domain.chat.TokenMeter;
import dev.daveloper.domain.chat.Transcript;
import dev.daveloper.domain.failures.AgentFailed;
import dev.daveloper.domain.failures.AgentTimeout;
import dev.daveloper.domain.failures.GatewayException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Pulls one answer from the agent into the run's tail and says how it ended: by the agent, by whoever wanted it to end,
 * or by a bound. One thread, the run's own.
 */
final class RunPump {
    /** How long one pull may wait, so that bounds are looked at while the agent is silent. */
    static final Duration PATIENCE = Duration.ofMillis(250);

    private final LiveRun live;
    private final RunScribe scribe;
    private final Transcript transcript;
    private final Allowance allowance;
    private final ChatSettings settings;
    private final InstantSource clock;
    private final Trouble trouble;
    private long heardAtMillis;
    /** Nothing is used by an agent that was not reached. */
    private TokenMeter meter = new TokenMeter(0);

    /** Where the pump reports what should not happen. */
    interface Trouble {
        void report(String where, Throwable cause);
    }

    RunPump(
            LiveRun live,
            RunScribe scribe,
            Transcript transcript,
            Allowance allowance,
            ChatSettings settings,
            InstantSource clock,
            Trouble trouble) {
        this.live = live;
        this.scribe = scribe;
        this.transcript = transcript;
        this.allowance = allowance;
        this.settings = settings;
        this.clock = clock;
        this.trouble = trouble;
    }

    /** Pulls until there is an ending. Never throws; an interrupt is an ending as well. */
    Ending pump(Agent agent, AgentRequest request) {
        heardAtMillis = clock.millis();
        live.asked();
        try (AgentStream stream = agent.answer(request)) {
            live.streaming(stream);
            meter = new TokenMeter(charsOf(request));
            return allowance.covers(meter.used()) ? pull(stream) : Ending.BUDGET_SPENT;
        } catch (InterruptedException e) {
            return live.wanted().orElse(Ending.INTERRUPTED);
        } catch (GatewayException e) {
            return live.wanted().orElseGet(() -> Ending.failed(e));
        } catch (RuntimeException e) {
            trouble.report("agent", e);
            return live.wanted().orElseGet(() -> Ending.failed(new AgentFailed(e)));
        }
    }

    private Ending pull(AgentStream stream) throws InterruptedException {
        while (true) {
            Optional<Ending> wanted = live.wanted();
            if (wanted.isPresent()) {
                return wanted.get();
            }
            switch (stream.next(scribe.patience(PATIENCE))) {
                case AgentEvent event -> {
                    heardAtMillis = clock.millis();
                    if (isEmptyDelta(event)) {
                        continue;
                    }
                    if (stream.isCached()) {
                        transcript.markCached();
                    }
                    if (!transcript.add(event)) {
                        return Ending.TOO_LONG;
                    }
                    live.heard(event);
                    if (!transcript.isCached() && meter.add(event) && !allowance.covers(meter.used())) {
                        return Ending.BUDGET_SPENT;
                    }
                }
                case AgentStep.Ended ended -> {
                    return live.wanted().orElse(Ending.COMPLETED);
                }
                case AgentStep.Quiet quiet -> {}
            }
            keepBounds();
        }
    }

    private void keepBounds() {
        scribe.beginIfDue();
        long now = clock.millis();
        boolean silent = now - heardAtMillis >= settings.times().agentSilence().toMillis();
        boolean overdue = now - live.run().startedAt().toEpochMilli()
                >= settings.times().runTimeout().toMillis();
        if (silent || overdue) {
            throw new AgentTimeout();
        }
        if (!live.run().background() && live.isUnwatchedFor(settings.times().detachGrace())) {
            live.end(Ending.CANCELLED);
        }
    }

    /** What the answer used of the agent's model, as far as it is known; nothing when it was made before. */
    long usedTokens() {
        return transcript.isCached() ? 0 : meter.used();
    }

    private static long charsOf(AgentRequest request) {
        long chars = request.message().length();
        for (Message message : request.history()) {
            chars += message.text().length();
        }
        return chars;
    }

    private static boolean isEmptyDelta(AgentEvent event) {
        return DeltaMerge.charsOf(event) == 0;
    }
}
