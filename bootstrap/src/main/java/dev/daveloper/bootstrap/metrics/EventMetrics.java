package dev.daveloper.bootstrap.metrics;

import dev.daveloper.application.events.out.EventListener;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.RunOutcome;
import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.domain.sessions.SessionEnd;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Counts what happens: sessions, answers, documents, and what goes wrong. */
final class EventMetrics implements EventListener {
    /** Answers take longer than requests: from a tenth of a second to ten minutes. */
    private static final Duration[] BUCKETS = Stream.of(
                    100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 120_000, 300_000, 600_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    /** Places are ours, and few; should they ever be more, the rest is one. */
    private static final int MAX_PLACES = 32;

    private final MeterRegistry registry;
    private final Counter sessionsOpened;
    private final Counter sessionsRenewed;
    private final Map<SessionEnd, Counter> sessionsEnded = new EnumMap<>(SessionEnd.class);
    private final Counter runsStarted;
    private final Map<RunOutcome, Counter> runsEnded = new EnumMap<>(RunOutcome.class);
    private final Timer runs;
    private final Counter inputTokens;
    private final Counter outputTokens;
    private final Counter documentsIngested;
    private final Counter documentsFailed;
    private final Counter documentsDeleted;
    private final Map<String, Counter> troubles = new ConcurrentHashMap<>();

    EventMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.sessionsOpened = counter("daveloper.sessions.opened", "Sessions that were opened.");
        this.sessionsRenewed = counter("daveloper.sessions.renewed", "Sessions that got a new token.");
        for (SessionEnd how : SessionEnd.values()) {
            sessionsEnded.put(
                    how, counter("daveloper.sessions.ended", "Sessions that ended, by how.", "how", how.wireName()));
        }
        this.runsStarted = counter("daveloper.runs.started", "Answers that were begun.");
        for (RunOutcome outcome : RunOutcome.values()) {
            runsEnded.put(
                    outcome,
                    counter("daveloper.runs.ended", "Answers that ended, by how.", "outcome", outcome.wireName()));
        }
        this.runs = Timer.builder("daveloper.runs.duration")
                .description("Answers, by the time from their beginning to their end.")
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
        this.inputTokens = tokens("input");
        this.outputTokens = tokens("output");
        this.documentsIngested = counter("daveloper.documents.ingested", "Documents that can be quoted from now on.");
        this.documentsFailed = counter("daveloper.documents.failed", "Documents that could not be ingested.");
        this.documentsDeleted = counter("daveloper.documents.deleted", "Documents that were deleted.");
        trouble("keeper");
    }

    @Override
    public void on(GatewayEvent event) {
        switch (event) {
            case GatewayEvent.SessionOpened opened -> sessionsOpened.increment();
            case GatewayEvent.SessionRenewed renewed -> sessionsRenewed.increment();
            case GatewayEvent.SessionEnded ended ->
                of(sessionsEnded, ended.how()).increment();
            case GatewayEvent.RunStarted started -> runsStarted.increment();
            case GatewayEvent.RunEnded ended -> ended(ended);
            case GatewayEvent.DocumentIngested ingested -> documentsIngested.increment();
            case GatewayEvent.DocumentFailed failed -> documentsFailed.increment();
            case GatewayEvent.DocumentDeleted deleted -> documentsDeleted.increment();
            // Told by those that count them.
            case GatewayEvent.LimitExceeded exceeded -> {}
            case GatewayEvent.HealthChanged changed -> {}
            case GatewayEvent.EndpointDisabled disabled -> {}
            case GatewayEvent.EndpointTested tested -> {}
            case GatewayEvent.Trouble trouble -> trouble(trouble.where()).increment();
        }
    }

    private void ended(GatewayEvent.RunEnded event) {
        AssistantMessage answer = event.message();
        of(runsEnded, answer.outcome()).increment();
        runs.record(Duration.between(event.run().startedAt(), event.at()));
        // What was kept and is given again has cost nobody a token now.
        if (!answer.cached()) {
            answer.usage().ifPresent(usage -> {
                inputTokens.increment((double) usage.inputTokens());
                outputTokens.increment((double) usage.outputTokens());
            });
        }
    }

    private Counter trouble(String where) {
        Counter known = troubles.get(where);
        if (known != null) {
            return known;
        }
        String place = troubles.size() < MAX_PLACES ? where : "elsewhere";
        return troubles.computeIfAbsent(
                place, any -> counter("daveloper.troubles", "What failed and should not, by where.", "place", place));
    }

    private Counter tokens(String direction) {
        return counter("daveloper.tokens", "Tokens of the agent's model, as it reports them.", "direction", direction);
    }

    private Counter counter(String name, String description, String... tags) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }

    private static <K extends Enum<K>> Counter of(Map<K, Counter> counters, K which) {
        return Objects.requireNonNull(counters.get(which));
    }
}
