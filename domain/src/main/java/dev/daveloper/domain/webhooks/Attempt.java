package dev.daveloper.domain.webhooks;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One try to deliver, and what came of it.
 *
 * @param number from 1
 * @param took until the answer was read, or until there was to be none
 * @param status of HTTP; empty when there was no answer
 * @param head the beginning of the answer's body, at most {@value #MAX_HEAD_CHARS} characters
 * @param retryAfter how long the receiver asked to be left alone
 */
public record Attempt(
        int number,
        Instant at,
        Duration took,
        OptionalInt status,
        Trouble trouble,
        String head,
        Optional<Duration> retryAfter) {
    public static final int MAX_HEAD_CHARS = 1_024;

    public Attempt {
        if (head.length() > MAX_HEAD_CHARS) {
            throw new IllegalArgumentException("no more of an answer is kept than " + MAX_HEAD_CHARS + " characters");
        }
    }

    public Verdict verdict() {
        return status.isPresent() && trouble != Trouble.REDIRECT ? Verdict.of(status.getAsInt()) : Verdict.FAILED;
    }

    public Instant endedAt() {
        return at.plus(took);
    }
}
