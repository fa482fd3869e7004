package dev.daveloper.domain.webhooks;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What an endpoint's deliveries are signed with at the moment. After a rotation the old secret signs as well for a
 * while, so that a receiver is changed whenever that suits.
 *
 * @param current the newest
 * @param previous the one before it
 * @param previousUntil when the old one signs no more
 */
public record Signing(SigningSecret current, Optional<SigningSecret> previous, Instant previousUntil) {
    /** How long the old secret signs as well, when nobody says otherwise. */
    public static final Duration OVERLAP = Duration.ofHours(24);

    public static Signing with(SigningSecret secret) {
        return new Signing(secret, Optional.empty(), Instant.EPOCH);
    }

    /** Whether two secrets sign: a third is not taken before the first is gone, or a receiver would lose it unseen. */
    public boolean isRotating(Instant now) {
        return previous.isPresent() && now.isBefore(previousUntil);
    }

    /** With a new secret; the one before signs as well until then. */
    public Signing rotated(SigningSecret next, Instant oldUntil) {
        return new Signing(next, Optional.of(current), oldUntil);
    }

    /** {@code webhook-signature} of an attempt: one signature for each secret, divided by spaces. */
    public String sign(EventId id, Instant attemptAt, byte[] body) {
        long timestamp = attemptAt.getEpochSecond();
        String newest = current.sign(id.value(), timestamp, body);
        return isRotating(attemptAt) ? newest + " " + previous.orElseThrow().sign(id.value(), timestamp, body) : newest;
    }
}
