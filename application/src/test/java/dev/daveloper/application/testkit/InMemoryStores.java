package dev.daveloper.application.testkit;

import dev.daveloper.application.chat.out.MessageStore;
import dev.daveloper.application.chat.out.RunLog;
import dev.daveloper.application.chat.out.RunStore;
import dev.daveloper.domain.Page;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.Lease;
import dev.daveloper.domain.chat.LoggedEvent;
import dev.daveloper.domain.chat.Message;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.chat.RunRecord;
import dev.daveloper.domain.chat.RunRef;
import dev.daveloper.domain.failures.StoreUnavailable;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.webhooks.WebhookEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The three stores of the chat feature over plain maps and one lock: the shortest thing that keeps their contracts. Can
 * be made to fail, and to be asked by a node that was thought dead.
 */
public final class InMemoryStores implements RunStore, RunLog, MessageStore {
    private static final Duration FOLLOWED_FOR = Duration.ofSeconds(10);

    private final InstantSource clock;
    private final Map<SessionId, List<Message>> messages = new HashMap<>();
    private final Map<RunId, HeldRun> runs = new LinkedHashMap<>();
    private final Map<SessionId, Map<String, KeyUse>> keys = new HashMap<>();
    private final Set<SessionId> cleared = new HashSet<>();
    private final Consumer<WebhookEvent> telling;
    private boolean away;

    private record KeyUse(IdempotencyKey key, RunId run, Instant usedAt) {}

    public InMemoryStores(InstantSource clock) {
        this(clock, told -> {});
    }

    /** @param telling where what is told of is put in the same step */
    public InMemoryStores(InstantSource clock, Consumer<WebhookEvent> telling) {
        this.clock = clock;
        this.telling = telling;
    }

    /** From now on every call is refused, until {@link #comeBack}. */
    public synchronized void goAway() {
        away = true;
    }

    public synchronized void comeBack() {
        away = false;
    }

    private void requireHere() {
        if (away) {
            throw new StoreUnavailable(new IllegalStateException("away by the test's wish"));
        }
    }

    @Override
    public synchronized Begun begin(NewRun newRun) {
        requireHere();
        Run run = newRun.run();
        Map<String, KeyUse> used = keys.computeIfAbsent(run.sessionId(), id -> new HashMap<>());
        if (newRun.key().isPresent()) {
            KeyUse before = used.get(newRun.key().get().value());
            if (before != null) {
                if (!before.key().equals(newRun.key().get())) {
                    return new Begun.KeyReused();
                }
                HeldRun known = entry(before.run());
                known.attached = true;
                return new Begun.Attached(known.run);
            }
        }
        Optional<Run> busy = active(run.sessionId());
        if (busy.isPresent()) {
            return new Begun.Busy(busy.get().id());
        }
        newRun.key().ifPresent(key -> used.put(key.value(), new KeyUse(key, run.id(), clock.instant())));
        runs.put(run.id(), new HeldRun(run, clock.instant().plus(newRun.leaseFor())));
        messagesOf(run.sessionId()).add(newRun.message());
        return new Begun.Started(new Lease(run, 1));
    }

    @Override
    public synchronized void withdraw(Run run) {
        requireHere();
        HeldRun entry = runs.get(run.id());
        if (entry == null || entry.epoch != 1 || entry.answer.isPresent() || entry.attached) {
            return;
        }
        runs.remove(run.id());
        messagesOf(run.sessionId()).removeIf(message -> message.runId().equals(run.id()));
        keys.getOrDefault(run.sessionId(), new HashMap<>())
                .values()
                .removeIf(use -> use.run().equals(run.id()));
    }

    @Override
    public synchronized void restore(NewRun lost, long epoch) {
        requireHere();
        Run run = lost.run();
        if (runs.containsKey(run.id()) || cleared.contains(run.sessionId())) {
            return;
        }
        HeldRun entry = new HeldRun(run, clock.instant().plus(lost.leaseFor()));
        entry.epoch = epoch;
        runs.put(run.id(), entry);
        messagesOf(run.sessionId()).add(lost.message());
    }

    /** Loses everything without anybody's wish. */
    public synchronized void loseAll() {
        runs.clear();
        messages.clear();
        keys.clear();
        cleared.clear();
        notifyAll();
    }

    /** Loses what a run's log has behind this seq, as a copy of a store does that takes over too early. */
    public synchronized void loseLogBehind(RunId run, long seq) {
        entry(run).log.removeIf(event -> event.cursor().seq() > seq);
    }

    @Override
    public synchronized Finished finish(
            Lease lease, AssistantMessage answer, List<LoggedEvent> rest, Optional<WebhookEvent> told) {
        requireHere();
        HeldRun entry = runs.get(lease.run().id());
        if (entry == null) {
            return cleared.contains(lease.run().sessionId()) ? Finished.CLEARED : Finished.LOST;
        }
        if (entry.epoch != lease.epoch() || entry.answer.isPresent()) {
            return Finished.REFUSED;
        }
        if (!rest.isEmpty() && !(entry.append(lease, rest, clock.instant()) instanceof Appended.Written)) {
            return Finished.BEHIND;
        }
        entry.answer = Optional.of(answer);
        messagesOf(lease.run().sessionId()).add(answer);
        told.ifPresent(telling);
        notifyAll();
        return Finished.DONE;
    }

    @Override
    public synchronized Optional<RunRecord> find(RunRef run) {
        requireHere();
        return entryOf(run).map(entry -> new RunRecord(entry.run, entry.answer));
    }

    private Optional<HeldRun> entryOf(RunRef run) {
        return Optional.ofNullable(runs.get(run.id()))
                .filter(entry -> entry.run.sessionId().equals(run.session()));
    }

    @Override
    public synchronized void cancel(RunRef run) {
        requireHere();
        entryOf(run).filter(entry -> entry.answer.isEmpty()).ifPresent(entry -> entry.unwanted = true);
    }

    @Override
    public synchronized Optional<Run> active(SessionId session) {
        requireHere();
        return runs.values().stream()
                .filter(entry -> entry.run.sessionId().equals(session) && entry.answer.isEmpty())
                .map(entry -> entry.run)
                .findFirst();
    }

    @Override
    public synchronized Map<Lease, Standing> renew(Collection<Lease> leases, Duration leaseFor) {
        requireHere();
        Map<Lease, Standing> standings = new HashMap<>();
        for (Lease lease : leases) {
            Standing missing = cleared.contains(lease.run().sessionId()) ? Standing.CLEARED : Standing.LOST;
            HeldRun run = runs.get(lease.run().id());
            standings.put(lease, run == null ? missing : run.renew(lease, leaseFor, clock.instant()));
        }
        return standings;
    }

    @Override
    public synchronized List<Lease> takeOverExpired(Duration leaseFor, int max) {
        requireHere();
        Instant now = clock.instant();
        List<HeldRun> expired = runs.values().stream()
                .filter(entry -> entry.hasExpired(now))
                .limit(max)
                .toList();
        return expired.stream().map(entry -> entry.takeOver(leaseFor, now)).toList();
    }

    @Override
    public synchronized void forgetKeys(Instant usedBefore) {
        requireHere();
        keys.values().forEach(used -> used.values().removeIf(use -> use.usedAt().isBefore(usedBefore)));
    }

    @Override
    public synchronized Appended append(Lease lease, List<LoggedEvent> batch) {
        requireHere();
        HeldRun entry = runs.get(lease.run().id());
        if (entry == null) {
            return cleared.contains(lease.run().sessionId()) ? new Appended.Cleared() : new Appended.Lost();
        }
        Appended appended = entry.append(lease, batch, clock.instant());
        notifyAll();
        return appended;
    }

    @Override
    public synchronized Slice read(RunRef run, Cursor after, int maxEvents) {
        requireHere();
        Optional<HeldRun> found = entryOf(run);
        if (found.isEmpty() || found.get().logForgotten) {
            return new Slice.Gone();
        }
        HeldRun entry = found.get();
        return new Slice.Held(entry.read(after, maxEvents));
    }

    /** The port allows an early return, so nothing is looked at again after a wake-up. */
    @Override
    @SuppressWarnings("WaitNotInLoop")
    public synchronized void awaitMore(RunRef run, Cursor after, Duration patience) throws InterruptedException {
        entryOf(run).ifPresent(entry -> entry.followedUntil = clock.instant().plus(FOLLOWED_FOR));
        if (read(run, after, 1) instanceof Slice.Held held && held.events().isEmpty()) {
            wait(Math.max(1, patience.toMillis()));
        }
    }

    @Override
    public synchronized void forget(Instant endedBefore) {
        requireHere();
        for (HeldRun entry : runs.values()) {
            if (entry.answer.isPresent() && entry.answer.get().at().isBefore(endedBefore)) {
                entry.log.clear();
                entry.logForgotten = true;
            }
        }
    }

    @Override
    public synchronized Page<Message> page(SessionId session, PageRequest page) {
        requireHere();
        return HeldMessages.page(messagesOf(session), page);
    }

    @Override
    public synchronized List<Message> recent(SessionId session, int max) {
        requireHere();
        List<Message> all = messagesOf(session);
        return List.copyOf(all.subList(Math.max(0, all.size() - max), all.size()));
    }

    @Override
    public synchronized void clear(SessionId session) {
        requireHere();
        messages.remove(session);
        keys.remove(session);
        cleared.add(session);
        runs.values().removeIf(entry -> entry.run.sessionId().equals(session));
        notifyAll();
    }

    private List<Message> messagesOf(SessionId session) {
        return messages.computeIfAbsent(session, id -> new ArrayList<>());
    }

    private HeldRun entry(RunId run) {
        HeldRun entry = runs.get(run);
        if (entry == null) {
            throw new IllegalStateException("a key outlived its run: " + run);
        }
        return entry;
    }
}
