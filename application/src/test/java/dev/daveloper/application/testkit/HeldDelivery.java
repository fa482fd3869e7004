package dev.daveloper.application.testkit;

import dev.daveloper.application.webhooks.out.DeliveryQueue;
import dev.daveloper.application.webhooks.out.DeliveryQueue.Claim;
import dev.daveloper.application.webhooks.out.DeliveryQueue.Next;
import dev.daveloper.domain.webhooks.Attempt;
import dev.daveloper.domain.webhooks.Delivery;
import dev.daveloper.domain.webhooks.DeliveryId;
import dev.daveloper.domain.webhooks.DeliveryState;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.WebhookEvent;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A delivery with all that is known of it. */
final class HeldDelivery {
    final DeliveryId id;
    final EndpointId endpoint;
    final WebhookEvent event;
    final Instant createdAt;
    private final Deque<Attempt> attempts = new ArrayDeque<>();
    DeliveryState state;
    Optional<String> ticket = Optional.empty();
    private int attempted;
    private int failures;

    HeldDelivery(DeliveryId id, EndpointId endpoint, WebhookEvent event, Instant now) {
        this.id = id;
        this.endpoint = endpoint;
        this.event = event;
        this.createdAt = now;
        this.state = new DeliveryState.Waiting(now);
    }

    /** From when on somebody may take it; empty when it is over. */
    Optional<Instant> dueAt() {
        return switch (state) {
            case DeliveryState.Waiting waiting -> Optional.of(waiting.dueAt());
            case DeliveryState.Sending sending -> Optional.of(sending.leaseUntil());
            case DeliveryState.Delivered delivered -> Optional.empty();
            case DeliveryState.Dead dead -> Optional.empty();
        };
    }

    Claim claim(Instant until, String newTicket) {
        state = new DeliveryState.Sending(until);
        ticket = Optional.of(newTicket);
        return new Claim(id, endpoint, event, attempted + 1, failures, newTicket);
    }

    void settle(Attempt attempt, Next next) {
        ticket = Optional.empty();
        attempted++;
        attempts.addLast(attempt);
        if (attempts.size() > DeliveryQueue.MAX_ATTEMPTS) {
            attempts.removeFirst();
        }
        switch (next) {
            case Next.Delivered delivered -> state = new DeliveryState.Delivered(attempt.endedAt());
            case Next.Dead dead -> state = new DeliveryState.Dead(attempt.endedAt(), dead.why());
            case Next.Retry retry -> {
                failures++;
                state = new DeliveryState.Waiting(retry.at());
            }
        }
    }

    void waitUntil(Instant dueAt) {
        ticket = Optional.empty();
        state = new DeliveryState.Waiting(dueAt);
    }

    Delivery again(Instant now) {
        if (!(state instanceof DeliveryState.Sending)) {
            failures = 0;
            state = new DeliveryState.Waiting(now);
        }
        return view();
    }

    boolean isOldAt(Instant moment) {
        return switch (state) {
            case DeliveryState.Waiting waiting -> createdAt.isBefore(moment);
            case DeliveryState.Sending sending -> false;
            case DeliveryState.Delivered delivered -> delivered.at().isBefore(moment);
            case DeliveryState.Dead dead -> dead.at().isBefore(moment);
        };
    }

    List<Attempt> attempts() {
        return List.copyOf(attempts);
    }

    Delivery view() {
        return new Delivery(
                id,
                endpoint,
                event.id(),
                event.type(),
                event.session(),
                state,
                attempted,
                createdAt,
                Optional.ofNullable(attempts.peekLast()));
    }
}
