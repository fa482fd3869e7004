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
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.domain.failures.StoreUnavailable;
import dev.daveloper.domain.sessions.SessionId;
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

/**
 * The three stores of the chat feature over plain maps and one lock: the shortest thing that keeps their contracts. Can
 * be made to fail, and to be asked by a node that was thought dead.
 */
public final class InMemoryStores implements RunStore, RunLog, MessageStore {
    private final InstantSource clock;
    private final Map<SessionId, List<Message>> messages = new HashMap<>();
    private final Map<RunId, Entry> runs = new LinkedHashMap<>();
    private final Map<SessionId, Map<String, KeyUse>> keys = new HashMap<>();
    private boolean away;

    private record KeyUse(IdempotencyKey key, RunId run, Instant usedAt) {}

    private static final class Entry {
        private final Run run;
        private final List<LoggedEvent> log = new ArrayList<>();
        private long epoch = 1;
        private Instant leasedUntil;
        private Optional<AssistantMessage> answer = Optional.empty();
        private boolean logForgotten;

        Entry(Run run, Instant leasedUntil) {
            this.run = run;
            this.leasedUntil = leasedUntil;
        }
    }

    public InMemoryStores(InstantSource clock) {
        this.clock = clock;
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
                return before.key().equals(newRun.key().get())
                        ? new Begun.Attached(entry(before.run()).run)
                        : new Begun.KeyReused();
            }
        }
        Optional<Run> busy = active(run.sessionId());
        if (busy.isPresent()) {
            return new Begun.Busy(busy.get().id());
        }
        newRun.key().ifPresent(key -> used.put(key.value(), new KeyUse(key, run.id(), clock.instant())));
        runs.put(run.id(), new Entry(run, clock.instant().plus(newRun.leaseFor())));
        messagesOf(run.sessionId()).add(newRun.message());
        return new Begun.Started(new Lease(run, 1));
    }

    @Override
    public synchronized boolean finish(Lease lease, AssistantMessage answer) {
        requireHere();
        Entry entry = runs.get(lease.run().id());
        if (entry == null || entry.epoch != lease.epoch() || entry.answer.isPresent()) {
            return false;
        }
        entry.answer = Optional.of(answer);
        messagesOf(lease.run().sessionId()).add(answer);
        return true;
    }

    @Override
    public synchronized Optional<RunRecord> find(RunId run) {
        requireHere();
        return Optional.ofNullable(runs.get(run)).map(entry -> new RunRecord(entry.run, entry.answer));
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
    public synchronized Set<Lease> renew(Collection<Lease> leases, Duration leaseFor) {
        requireHere();
        Set<Lease> lost = new HashSet<>();
        for (Lease lease : leases) {
            Entry entry = runs.get(lease.run().id());
            if (entry == null || entry.epoch != lease.epoch()) {
                lost.add(lease);
            } else {
                entry.leasedUntil = clock.instant().plus(leaseFor);
            }
        }
        return lost;
    }

    @Override
    public synchronized List<Lease> takeOverExpired(Duration leaseFor, int max) {
        requireHere();
        Instant now = clock.instant();
        List<Entry> expired = runs.values().stream()
                .filter(entry -> entry.answer.isEmpty() && !entry.leasedUntil.isAfter(now))
                .limit(max)
                .toList();
        List<Lease> taken = new ArrayList<>();
        for (Entry entry : expired) {
            entry.epoch++;
            entry.leasedUntil = now.plus(leaseFor);
            taken.add(new Lease(entry.run, entry.epoch));
        }
        return taken;
    }

    @Override
    public synchronized void forgetKeys(Instant usedBefore) {
        requireHere();
        keys.values().forEach(used -> used.values().removeIf(use -> use.usedAt().isBefore(usedBefore)));
    }

    @Override
    public synchronized boolean append(Lease lease, List<LoggedEvent> batch) {
        requireHere();
        Entry entry = runs.get(lease.run().id());
        if (entry == null || entry.epoch != lease.epoch()) {
            return false;
        }
        Cursor top = entry.log.isEmpty() ? Cursor.START : entry.log.getLast().cursor();
        batch.stream().filter(event -> event.cursor().isAfter(top)).forEach(entry.log::add);
        notifyAll();
        return true;
    }

    @Override
    public synchronized Slice read(RunId run, Cursor after, int maxEvents) {
        requireHere();
        Entry entry = runs.get(run);
        if (entry == null || entry.logForgotten) {
            return new Slice.Gone();
        }
        return new Slice.Held(entry.log.stream()
                .filter(event -> event.cursor().isAfter(after))
                .limit(maxEvents)
                .toList());
    }

    /** The port allows an early return, so nothing is looked at again after a wake-up. */
    @Override
    @SuppressWarnings("WaitNotInLoop")
    public synchronized void awaitMore(RunId run, Cursor after, Duration patience) throws InterruptedException {
        if (read(run, after, 1) instanceof Slice.Held held && held.events().isEmpty()) {
            wait(Math.max(1, patience.toMillis()));
        }
    }

    @Override
    public synchronized void forget(Instant endedBefore) {
        requireHere();
        for (Entry entry : runs.values()) {
            if (entry.answer.isPresent() && entry.answer.get().at().isBefore(endedBefore)) {
                entry.log.clear();
                entry.logForgotten = true;
            }
        }
    }

    @Override
    public synchronized Page<Message> page(SessionId session, PageRequest page) {
        requireHere();
        List<Message> all = messagesOf(session);
        int from = page.cursor().map(cursor -> indexAfter(all, cursor)).orElse(0);
        int end = Math.min(all.size(), from + page.limit());
        Optional<String> next =
                end < all.size() ? Optional.of(all.get(end - 1).id().value()) : Optional.empty();
        return new Page<>(all.subList(from, end), next);
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
        runs.values().removeIf(entry -> entry.run.sessionId().equals(session));
        notifyAll();
    }

    private static int indexAfter(List<Message> all, String cursor) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).id().value().equals(cursor)) {
                return i + 1;
            }
        }
        throw new InvalidRequest("#/cursor", "The cursor is not one of this list.");
    }

    private List<Message> messagesOf(SessionId session) {
        return messages.computeIfAbsent(session, id -> new ArrayList<>());
    }

    private Entry entry(RunId run) {
        Entry entry = runs.get(run);
        if (entry == null) {
            throw new IllegalStateException("a key outlived its run: " + run);
        }
        return entry;
    }
}
