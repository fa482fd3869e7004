package dev.daveloper.application.chat.out;

import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.Lease;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.chat.RunRecord;
import dev.daveloper.domain.chat.UserMessage;
import dev.daveloper.domain.sessions.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps runs: which one a session has in the making, who owns it, and how it ended. Beginning and finishing are one
 * atomic and durable step each, over the run, its message, the session's single place and the idempotency key, so that
 * no crash leaves a part of them. Safe for use by many threads; every method throws {@link
 * dev.daveloper.domain.failures.StoreUnavailable} when the store does not answer, and then has changed nothing or all.
 */
public interface RunStore {
    /** Accepts the message and gives the session's place to the run, or says who has it. */
    Begun begin(NewRun newRun);

    /**
     * A run to begin.
     *
     * @param leaseFor for how long the beginner owns it unless it renews
     */
    record NewRun(Run run, UserMessage message, Optional<IdempotencyKey> key, Duration leaseFor) {}

    /** @param fingerprint equal for equal requests */
    record IdempotencyKey(String value, String fingerprint) {}

    /** What came of {@link #begin}. Only {@link Started} has changed anything. */
    sealed interface Begun {
        /** The run is the caller's, with epoch 1. */
        record Started(Lease lease) implements Begun {}

        /** The same request began this run before. */
        record Attached(Run run) implements Begun {}

        /** The session's place is taken by this run. */
        record Busy(RunId run) implements Begun {}

        /** The key came with another fingerprint before. */
        record KeyReused() implements Begun {}
    }

    /**
     * Ends the run: its answer goes into the history behind all that is there, the session's place is free.
     *
     * @return false, with nothing changed, when the lease is no longer the run's highest or the run is over or
     *     forgotten
     */
    boolean finish(Lease lease, AssistantMessage answer);

    /** The run, as long as its session and its messages are kept. */
    Optional<RunRecord> find(RunId run);

    /** The run in the session's place. */
    Optional<Run> active(SessionId session);

    /**
     * Prolongs these leases from now on; one whose run is over is left as it is.
     *
     * @return those whose run has a higher epoch or was forgotten
     */
    Set<Lease> renew(Collection<Lease> leases, Duration leaseFor);

    /**
     * Takes over runs whose lease has run out, each with an epoch one higher.
     *
     * @param max how many at most, oldest first
     */
    List<Lease> takeOverExpired(Duration leaseFor, int max);

    /** Forgets idempotency keys first used before this moment. */
    void forgetKeys(Instant usedBefore);
}
