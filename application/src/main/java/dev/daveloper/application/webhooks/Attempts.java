package dev.daveloper.application.webhooks;

import dev.daveloper.application.events.out.EventListener;
import dev.daveloper.application.tracing.out.Attribute;
import dev.daveloper.application.tracing.out.Span;
import dev.daveloper.application.tracing.out.Tracer;
import dev.daveloper.application.webhooks.out.DeliveryQueue.Claim;
import dev.daveloper.application.webhooks.out.DeliveryQueue.Next;
import dev.daveloper.application.webhooks.out.WebhookPorts;
import dev.daveloper.application.webhooks.out.WebhookSender.Outbound;
import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.domain.failures.StoreUnavailable;
import dev.daveloper.domain.tracing.TraceContext;
import dev.daveloper.domain.webhooks.Attempt;
import dev.daveloper.domain.webhooks.DeliveryState.Death;
import dev.daveloper.domain.webhooks.Endpoint;
import dev.daveloper.domain.webhooks.EventType;
import dev.daveloper.domain.webhooks.FailureStreak;
import dev.daveloper.domain.webhooks.Standing;
import dev.daveloper.domain.webhooks.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/** Makes one attempt: signs, sends, notes what came of it and what comes next. Safe for use by many threads. */
final class Attempts {
    /** What a claim lasts longer than an attempt may take: time to note it, though the store is away for a moment. */
    static final Duration NOTING = Duration.ofSeconds(30);

    private static final long PAUSE_NANOS = 500_000_000;

    private final WebhookPorts ports;
    private final WebhookSettings settings;
    private final EndpointChanges changes;
    private final Tracer tracer;
    private final InstantSource clock;
    private final EventListener listener;
    private final RandomGenerator random;

    /** @param random for what is not to happen at the same time */
    Attempts(
            WebhookPorts ports,
            WebhookSettings settings,
            EndpointChanges changes,
            Tracer tracer,
            InstantSource clock,
            EventListener listener,
            RandomGenerator random) {
        this.ports = ports;
        this.settings = settings;
        this.changes = changes;
        this.tracer = tracer;
        this.clock = clock;
        this.listener = listener;
        this.random = random;
    }

    /**
     * Attempts it.
     *
     * @return what it means; noted by then, unless the store was away for longer than the claim lasts
     * @throws InterruptedException when the caller was: nothing was noted, the claim is still held
     */
    Verdict make(Endpoint endpoint, Claim claim) throws InterruptedException {
        Span span = tracer.begin(Tracer.Kind.CLIENT, "webhook", claim.event().trace());
        Tracer.Scope scope = tracer.enter(span);
        try {
            Attempt attempt = ports.sender().send(signed(endpoint, claim, span));
            span.put(Attribute.ATTEMPT, claim.number());
            attempt.status().ifPresent(status -> span.put(Attribute.STATUS, status));
            Verdict verdict = attempt.verdict();
            if (verdict != Verdict.DELIVERED) {
                span.failed(attempt.trouble().wireName());
            }
            Next next = nextOf(endpoint, claim, attempt);
            settle(claim, attempt, next).ifPresent(streak -> judge(endpoint, attempt, streak));
            ports.listener().attempted(claim.event().type(), attempt, next);
            return verdict;
        } finally {
            scope.close();
            span.end();
        }
    }

    /** The timestamp is the attempt's, so that receivers may refuse what is old. */
    private Outbound signed(Endpoint endpoint, Claim claim, Span span) {
        Instant now = clock.instant();
        byte[] body = claim.event().body().getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = new HashMap<>(endpoint.headers().byName());
        headers.put("content-type", "application/json");
        headers.put("webhook-id", claim.event().id().value());
        headers.put("webhook-timestamp", Long.toString(now.getEpochSecond()));
        headers.put("webhook-signature", endpoint.signing().sign(claim.event().id(), now, body));
        span.sent().ifPresent(context -> {
            headers.put(TraceContext.TRACEPARENT, context.traceparent());
            if (!context.state().isEmpty()) {
                headers.put(TraceContext.TRACESTATE, context.state());
            }
        });
        return new Outbound(endpoint.url(), headers, claim.event().body(), claim.number());
    }

    /** A test of a disabled endpoint is tried once: nobody would try it again before the endpoint is enabled. */
    private Next nextOf(Endpoint endpoint, Claim claim, Attempt attempt) {
        boolean once = !endpoint.isEnabled() && claim.event().type() == EventType.TEST;
        return switch (attempt.verdict()) {
            case DELIVERED -> new Next.Delivered();
            case GONE -> new Next.Dead(Death.GONE);
            case FAILED, THROTTLED ->
                once
                        ? new Next.Dead(Death.EXHAUSTED)
                        : settings.schedule()
                                .next(claim.failures() + 1, attempt.endedAt(), attempt.retryAfter(), random)
                                .<Next>map(Next.Retry::new)
                                .orElseGet(() -> new Next.Dead(Death.EXHAUSTED));
        };
    }

    /** What cannot be noted within the claim comes again, as what a dead node left behind does. */
    private Optional<FailureStreak> settle(Claim claim, Attempt attempt, Next next) throws InterruptedException {
        long start = System.nanoTime();
        while (true) {
            try {
                return ports.queue().settle(claim, attempt, next);
            } catch (StoreUnavailable e) {
                if (System.nanoTime() - start > NOTING.toNanos()) {
                    return Optional.empty();
                }
                LockSupport.parkNanos(this, PAUSE_NANOS);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        }
    }

    /**
     * Gives the endpoint up when that is due. After any change of it somebody may have mended it, so it has as long
     * again from then on.
     */
    private void judge(Endpoint endpoint, Attempt attempt, FailureStreak streak) {
        try {
            Instant now = clock.instant();
            if (attempt.verdict() == Verdict.GONE) {
                changes.disable(endpoint.id(), Standing.Reason.GONE);
            } else if (endpoint.isEnabled()
                    && streak.isHopeless(now)
                    && !now.isBefore(endpoint.changedAt().plus(FailureStreak.GIVEN_UP_AFTER))) {
                changes.disable(endpoint.id(), Standing.Reason.FAILING);
            }
        } catch (StoreUnavailable e) {
            // Its next failure says the same.
            listener.on(new GatewayEvent.Trouble("webhooks", e, clock.instant()));
        }
    }
}
