package dev.daveloper.application.webhooks.out;

import dev.daveloper.domain.Page;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.webhooks.Attempt;
import dev.daveloper.domain.webhooks.Delivery;
import dev.daveloper.domain.webhooks.DeliveryId;
import dev.daveloper.domain.webhooks.DeliveryState;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.EndpointStats;
import dev.daveloper.domain.webhooks.FailureStreak;
import dev.daveloper.domain.webhooks.PutOff;
import dev.daveloper.domain.webhooks.WebhookEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Deliveries, each in the queue of its endpoint: those that are due go to one node at a time, under a lease, and come
 * back by themselves when it runs out. Nothing of one endpoint waits for anything of another. Survives the end of every
 * process. Safe for use by many threads; throws {@link dev.daveloper.domain.failures.StoreUnavailable}.
 */
public interface DeliveryQueue {
    /**
     * Deliveries that are over and kept for each endpoint, those that succeeded and those that are dead; the oldest go.
     */
    int MAX_OVER = 10_000;

    /** Attempts that are kept of a delivery; the oldest go. */
    int MAX_ATTEMPTS = 40;

    /**
     * Which endpoints have something to do.
     *
     * @param now those with deliveries that are due
     * @param next when something will be due that is not yet; empty when nothing is known to be
     */
    record Due(Set<EndpointId> now, Optional<Instant> next) {
        public Due {
            now = Set.copyOf(now);
        }
    }

    /** Found by index. Those that are due by the end of a lease are among them. */
    Due due(Instant now);

    /**
     * Takes deliveries of this endpoint that are due, the one that is due longest first. One whose event cannot be read
     * is not among them: it is put off, see {@link PutOff}, with no attempt counted and nothing of the rate taken, and
     * those behind it come in its place.
     *
     * @param max how many at most
     * @param perSecond how many may be taken within a second by all nodes together; as many may be taken at once after
     *     a second of rest
     * @param leaseFor for how long they are nobody else's
     */
    List<Claim> claim(EndpointId endpoint, int max, OptionalInt perSecond, Instant now, Duration leaseFor);

    /**
     * A delivery that is the caller's to attempt.
     *
     * @param number of the attempt to come, from 1
     * @param failures how many attempts have failed since the delivery was made, or since somebody had it sent again
     * @param ticket by which the queue knows this claim from later ones of the same delivery
     */
    record Claim(DeliveryId id, EndpointId endpoint, WebhookEvent event, int number, int failures, String ticket) {}

    /** What is to become of a delivery after an attempt. */
    sealed interface Next {
        record Delivered() implements Next {}

        record Retry(Instant at) implements Next {}

        record Dead(DeliveryState.Death why) implements Next {}
    }

    /**
     * Notes an attempt with what comes next, in the delivery, in the endpoint's statistics and in its streak of
     * failures, in one step.
     *
     * @return the endpoint's streak after it; empty when the claim has run out and somebody else has taken the
     *     delivery, or it is gone: then nothing was noted
     */
    Optional<FailureStreak> settle(Claim claim, Attempt attempt, Next next);

    /** Gives back what was not attempted: it is due at this moment, and no attempt is counted. */
    void release(Claim claim, Instant dueAt);

    /**
     * An endpoint's deliveries, newest first. Those whose event cannot be read are among them.
     *
     * @param only those in such a state; empty for all
     */
    Page<Delivery> list(EndpointId endpoint, Optional<DeliveryState.Kind> only, PageRequest page);

    /**
     * The delivery with all that is known of it. Throws {@link dev.daveloper.domain.UnreadableContent}, or what has it
     * for its cause, where its event cannot be read.
     */
    Optional<Known> find(DeliveryId delivery);

    /** @param attempts oldest first, at most {@link #MAX_ATTEMPTS} */
    record Known(Delivery delivery, WebhookEvent event, List<Attempt> attempts) {
        public Known {
            attempts = List.copyOf(attempts);
        }
    }

    /**
     * Has it sent again, whatever became of it: it is due now and begins its schedule anew. Does nothing to one that is
     * being sent.
     *
     * @return the delivery as it is now; empty when there is none
     */
    Optional<Delivery> redeliver(DeliveryId delivery, Instant now);

    /**
     * Has dead deliveries sent again that were made since, as {@link #redeliver} does.
     *
     * @param max how many at most, oldest first
     * @return how many
     */
    int recover(EndpointId endpoint, Instant since, Instant now, int max);

    /** How it went since this moment at the latest; at most a week is remembered. */
    EndpointStats stats(EndpointId endpoint, Instant since, Instant now);

    /** How many deliveries wait or are being sent, and since when the oldest is there. */
    Backlog backlog(EndpointId endpoint);

    /**
     * @param oldest when the oldest was made; empty when none waits
     * @param due when the first is or was due; one that is being sent is when its lease ends. Empty when none waits
     */
    record Backlog(long waiting, Optional<Instant> oldest, Optional<Instant> due) {
        public static final Backlog NONE = new Backlog(0, Optional.empty(), Optional.empty());
    }

    /** Forgets all of an endpoint that is no more; a claim of it can be settled no more. */
    void forget(EndpointId endpoint);

    /**
     * Forgets deliveries that were over before this moment, and those that were made before it and still wait: for an
     * endpoint that is disabled, or that has not come round to them.
     *
     * @param endpoints all there are
     * @param max how many at most
     * @return how many
     */
    int forgetBefore(Instant moment, Set<EndpointId> endpoints, int max);
}
