package dev.daveloper.bootstrap.metrics;

import dev.daveloper.application.webhooks.out.DeliveryListener;
import dev.daveloper.application.webhooks.out.DeliveryQueue.Next;
import dev.daveloper.domain.webhooks.Attempt;
import dev.daveloper.domain.webhooks.DeliveryState.Death;
import dev.daveloper.domain.webhooks.EventType;
import dev.daveloper.domain.webhooks.Trouble;
import dev.daveloper.domain.webhooks.Verdict;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Counts what is told to receivers, and what came of it. No label is an endpoint: each has statistics of its own. */
final class WebhookMetrics implements DeliveryListener {
    /** Receivers answer within milliseconds, or not at all. */
    private static final Duration[] BUCKETS = Stream.of(
                    5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 15_000, 30_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    /** What never arrives, after an attempt. What is dead from the start is attempted by nobody. */
    private static final Set<Death> AFTER_AN_ATTEMPT = EnumSet.of(Death.EXHAUSTED, Death.GONE);

    private final MeterRegistry registry;
    private final Map<EventType, Counter> events;
    private final Map<Verdict, Counter> attempts;
    private final Map<Verdict, Timer> times;
    private final Map<Trouble, Counter> troubles;
    private final Map<Death, Counter> dead;

    WebhookMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.events = of(
                EventType.class,
                EnumSet.allOf(EventType.class),
                type -> counter(
                        "daveloper.webhook.events", "Events that were handed to endpoints.", "type", type.wireName()));
        this.attempts = of(
                Verdict.class,
                EnumSet.allOf(Verdict.class),
                verdict -> counter(
                        "daveloper.webhook.attempts", "Attempts, by what came of them.", "result", verdict.wireName()));
        this.times = of(Verdict.class, EnumSet.allOf(Verdict.class), this::timer);
        Set<Trouble> all = EnumSet.complementOf(EnumSet.of(Trouble.NONE));
        this.troubles = of(
                Trouble.class,
                all,
                trouble -> counter(
                        "daveloper.webhook.troubles", "Attempts that failed, by why.", "trouble", trouble.wireName()));
        this.dead = of(
                Death.class,
                AFTER_AN_ATTEMPT,
                why -> counter(
                        "daveloper.webhook.dead", "Deliveries that were given up, by why.", "why", why.wireName()));
    }

    private static <K extends Enum<K>, M> Map<K, M> of(Class<K> type, Set<K> keys, Function<K, M> making) {
        Map<K, M> made = new EnumMap<>(type);
        keys.forEach(key -> made.put(key, making.apply(key)));
        return made;
    }

    private Counter counter(String name, String description, String... tags) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }

    private Timer timer(Verdict verdict) {
        return Timer.builder("daveloper.webhook.attempt")
                .description("Attempts, by the time until the answer was read, or until there was to be none.")
                .tag("result", verdict.wireName())
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    @Override
    public void distributed(EventType type, int endpoints) {
        known(events, type).increment();
    }

    @Override
    public void attempted(EventType type, Attempt attempt, Next next) {
        Verdict verdict = attempt.verdict();
        known(attempts, verdict).increment();
        known(times, verdict).record(attempt.took());
        if (attempt.trouble() != Trouble.NONE) {
            known(troubles, attempt.trouble()).increment();
        }
        if (next instanceof Next.Dead given) {
            known(dead, given.why()).increment();
        }
    }

    private static <K extends Enum<K>, M> M known(Map<K, M> made, K which) {
        return Objects.requireNonNull(made.get(which));
    }
}
