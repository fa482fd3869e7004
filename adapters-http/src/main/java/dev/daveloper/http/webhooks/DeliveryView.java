package dev.daveloper.http.webhooks;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daveloper.application.webhooks.out.DeliveryQueue;
import dev.daveloper.domain.Page;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.webhooks.Attempt;
import dev.daveloper.domain.webhooks.Delivery;
import dev.daveloper.domain.webhooks.DeliveryState;
import dev.daveloper.http.requests.JsonCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event on its way to one receiver.
 *
 * @param dueAt of its next attempt; absent when it does not wait for one
 * @param endedAt since when it is over; absent while it is not
 * @param deadReason why it was given up; absent when it was not
 * @param attempts how many were made
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeliveryView(
        String id,
        String webhookId,
        String eventId,
        String eventType,
        @Nullable String sessionId,
        String state,
        @Nullable String dueAt,
        @Nullable String endedAt,
        @Nullable String deadReason,
        int attempts,
        String createdAt,
        @Nullable AttemptView lastAttempt) {
    public static DeliveryView of(Delivery delivery) {
        DeliveryState state = delivery.state();
        return new DeliveryView(
                delivery.id().value(),
                delivery.endpoint().value(),
                delivery.event().value(),
                delivery.type().wireName(),
                delivery.session().map(SessionId::value).orElse(null),
                state.kind().wireName(),
                state instanceof DeliveryState.Waiting waiting ? waiting.dueAt().toString() : null,
                endOf(state),
                state instanceof DeliveryState.Dead dead ? dead.why().wireName() : null,
                delivery.attempts(),
                delivery.createdAt().toString(),
                delivery.last().map(AttemptView::of).orElse(null));
    }

    private static @Nullable String endOf(DeliveryState state) {
        return switch (state) {
            case DeliveryState.Delivered delivered -> delivered.at().toString();
            case DeliveryState.Dead dead -> dead.at().toString();
            case DeliveryState.Waiting waiting -> null;
            case DeliveryState.Sending sending -> null;
        };
    }

    /**
     * One try.
     *
     * @param verdict what it means: delivered, failed, throttled or gone
     * @param head the beginning of the answer's body
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record AttemptView(
            int number,
            String at,
            long millis,
            @Nullable Integer status,
            String verdict,
            String trouble,
            String head,
            @Nullable Long retryAfterSeconds) {
        public static AttemptView of(Attempt attempt) {
            return new AttemptView(
                    attempt.number(),
                    attempt.at().toString(),
                    attempt.took().toMillis(),
                    attempt.status().isPresent() ? attempt.status().getAsInt() : null,
                    attempt.verdict().wireName(),
                    attempt.trouble().wireName(),
                    attempt.head(),
                    attempt.retryAfter().map(Duration::toSeconds).orElse(null));
        }
    }

    /** A delivery with what is sent and how it went. */
    public record Detail(DeliveryView delivery, Event event, List<AttemptView> attempts) {
        public static Detail of(DeliveryQueue.Known known, JsonCodec json) {
            Instant at = known.event().at();
            return new Detail(
                    DeliveryView.of(known.delivery()),
                    new Event(at.toString(), json.readObject(known.event().body())),
                    known.attempts().stream().map(AttemptView::of).toList());
        }
    }

    /**
     * What is sent.
     *
     * @param at when it happened
     * @param payload the body of every attempt
     */
    public record Event(String at, ObjectNode payload) {}

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record PageView(List<DeliveryView> items, @Nullable String nextCursor) {
        static PageView of(Page<Delivery> page) {
            return new PageView(
                    page.items().stream().map(DeliveryView::of).toList(),
                    page.nextCursor().orElse(null));
        }
    }
}
