package dev.daveloper.application.chat.out;

import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.Lease;
import dev.daveloper.domain.chat.LoggedEvent;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.chat.RunRecord;
import dev.daveloper.domain.chat.RunRef;
import dev.daveloper.domain.chat.UserMessage;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.webhooks.WebhookEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
     * Takes back a run whose beginning was not answered for, so that nothing is left of it if it had begun: for the
     * beginner alone, which makes it no more. Does nothing to one that is over, was taken over, or that the same
     * request has {@link Begun.Attached attached} to since: somebody waits for its ending.
     */
    void withdraw(Run run);

    /**
     * Puts back a run that the store has lost without anybody's wish, as it was begun, under this epoch. Does nothing
     * when the run is there or its session was cleared. The session's place is taken if it is free.
     */
    void restore(NewRun lost, long epoch);

    /**
     * Ends the run: its answer goes into the history behind all that is there, the session's place is free, and its
     * log is complete.
     *
     * @param rest what the log has not yet, in order, without gaps, of the lease's epoch: as a last batch of {@link
     *     RunLog#append}; may be empty
     * @param told put into the {@link dev.daveloper.application.webhooks.out.Outbox} in the same step
     */
    Finished finish(Lease lease, AssistantMessage answer, List<LoggedEvent> rest, Optional<WebhookEvent> told);

    /** The same with nothing for the log, and nobody is told. */
    default Finished finish(Lease lease, AssistantMessage answer) {
        return finish(lease, answer, List.of(), Optional.empty());
    }

    /** What came of {@link #finish}. Only {@link #DONE} has changed anything. */
    enum Finished {
        /** The answer is in the history, the rest in the log. */
        DONE,
        /** The rest does not join on to what the log has: {@link RunLog#append} says where it ends. */
        BEHIND,
        /** The lease is no longer the run's highest, or the run is over. */
        REFUSED,
        /** The session's runs were forgotten, by its owner's wish. */
        CLEARED,
        /** The store knows nothing of the run, and nobody wished so: see {@link #restore}. */
        LOST
    }

    /** The run, as long as its session and its messages are kept. */
    Optional<RunRecord> find(RunRef run);

    /** The run in the session's place. */
    Optional<Run> active(SessionId session);

    /** Notes that the run is to end as cancelled; its owner learns it with the next {@link #renew}. Idempotent. */
    void cancel(RunRef run);

    /**
     * Prolongs these leases from now on; one whose run is over is left as it is.
     *
     * @return where each of them stands
     */
    Map<Lease, Standing> renew(Collection<Lease> leases, Duration leaseFor);

    /** Where an owner stands with a run. */
    enum Standing {
        /** It is the owner's as before. */
        OWNED,
        /** The same, and somebody follows it from another node. */
        FOLLOWED,
        /** It is the owner's, and is to end as cancelled. */
        UNWANTED,
        /** It is over. */
        OVER,
        /** It has a higher epoch. */
        SUPERSEDED,
        /** The session's runs were forgotten, by its owner's wish. */
        CLEARED,
        /** The store knows nothing of it, and nobody wished so: see {@link #restore}. */
        LOST
    }

    /**
     * Takes over runs whose lease has run out, each with an epoch one higher.
     *
     * @param max how many at most, oldest first
     */
    List<Lease> takeOverExpired(Duration leaseFor, int max);

    /** Forgets idempotency keys first used before this moment. */
    void forgetKeys(Instant usedBefore);
}
