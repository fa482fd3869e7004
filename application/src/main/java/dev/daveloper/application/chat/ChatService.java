package dev.daveloper.application.chat;

import dev.daveloper.application.chat.in.Chat;
import dev.daveloper.application.chat.in.ChatRequest;
import dev.daveloper.application.chat.in.OnBusy;
import dev.daveloper.application.chat.in.RunFollower;
import dev.daveloper.application.chat.in.StartedRun;
import dev.daveloper.application.chat.out.Agent;
import dev.daveloper.application.chat.out.MessageStore;
import dev.daveloper.application.chat.out.RunListener;
import dev.daveloper.application.chat.out.RunLog;
import dev.daveloper.application.chat.out.RunStore;
import dev.daveloper.application.events.out.Neighbours;
import dev.daveloper.application.ratelimits.in.Allowance;
import dev.daveloper.domain.Ids;
import dev.daveloper.domain.Page;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.LoggedEvent;
import dev.daveloper.domain.chat.Message;
import dev.daveloper.domain.chat.MessageId;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.chat.RunEvent;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.chat.RunRecord;
import dev.daveloper.domain.chat.RunRef;
import dev.daveloper.domain.chat.UserMessage;
import dev.daveloper.domain.events.Signal;
import dev.daveloper.domain.failures.AgentUnavailable;
import dev.daveloper.domain.failures.CursorGone;
import dev.daveloper.domain.failures.IdempotencyKeyReused;
import dev.daveloper.domain.failures.NotFound;
import dev.daveloper.domain.failures.RunInProgress;
import dev.daveloper.domain.failures.StoreUnavailable;
import dev.daveloper.domain.sessions.SessionId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/** Accepts messages, hands out followers, cancels. What a run does between is the {@link RunMaker}'s. */
final class ChatService implements Chat {
    /** How long a message that interrupts waits for the previous run to end. */
    static final Duration MAX_INTERRUPT_WAIT = Duration.ofSeconds(5);

    /** How many runs a message that interrupts may find in its way, one after the other. */
    static final int MAX_INTERRUPTS = 3;

    private final Agent agent;
    private final RunStore store;
    private final RunLog log;
    private final MessageStore messages;
    private final LiveRuns runs;
    private final RunMaker maker;
    private final Neighbours neighbours;
    private final RunListener listener;
    private final Withdrawals withdrawals;
    private final ChatSettings settings;
    private final Ids ids;
    private final InstantSource clock;

    ChatService(
            Agent agent,
            RunStore store,
            RunLog log,
            MessageStore messages,
            LiveRuns runs,
            RunMaker maker,
            Neighbours neighbours,
            RunListener listener,
            Ids ids,
            InstantSource clock,
            ChatSettings settings) {
        this.agent = agent;
        this.store = store;
        this.log = log;
        this.messages = messages;
        this.runs = runs;
        this.maker = maker;
        this.neighbours = neighbours;
        this.listener = listener;
        this.withdrawals = new Withdrawals(store);
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public StartedRun start(SessionId session, ChatRequest request, Allowance allowance) throws InterruptedException {
        boolean begun = false;
        try {
            StartedRun started = start(session, request, run -> begin(run, request, allowance));
            begun = !started.attached();
            return started;
        } finally {
            if (!begun) {
                allowance.settle(0);
            }
        }
    }

    private StartedRun start(SessionId session, ChatRequest request, Function<Run, RunStore.Begun> begin)
            throws InterruptedException {
        Optional<Duration> away = agent.unavailableFor();
        if (away.isPresent()) {
            throw new AgentUnavailable(away.get());
        }
        for (int interrupts = 0; ; interrupts++) {
            Run run = newRun(session, request);
            switch (begin.apply(run)) {
                case RunStore.Begun.Started started -> {
                    return new StartedRun(run, false);
                }
                case RunStore.Begun.Attached attached -> {
                    return new StartedRun(attached.run(), true);
                }
                case RunStore.Begun.KeyReused reused -> throw new IdempotencyKeyReused();
                case RunStore.Begun.Busy busy -> {
                    if (request.onBusy() == OnBusy.REJECT || interrupts == MAX_INTERRUPTS) {
                        throw new RunInProgress(busy.run().value());
                    }
                    endAndWait(new RunRef(session, busy.run()));
                }
            }
        }
    }

    /** The run can be followed before it is begun, so that whoever attaches to it finds it whichever comes first. */
    private RunStore.Begun begin(Run run, ChatRequest request, Allowance allowance) {
        LiveRun live = runs.open(run, 1);
        boolean started = false;
        try {
            UserMessage message = new UserMessage(run.userMessageId(), run.id(), run.startedAt(), request.message());
            Optional<RunStore.IdempotencyKey> key =
                    request.idempotencyKey().map(value -> new RunStore.IdempotencyKey(value, Fingerprint.of(request)));
            RunStore.NewRun newRun =
                    new RunStore.NewRun(run, message, key, settings.times().lease());
            RunStore.Begun begun = store.begin(newRun);
            if (begun instanceof RunStore.Begun.Started) {
                started = true;
                live.begun(newRun);
                allowance.begin(run.ref());
                maker.make(live, request, allowance);
            }
            return begun;
        } catch (StoreUnavailable e) {
            withdrawals.add(run);
            throw e;
        } finally {
            if (!started) {
                runs.remove(live);
            }
        }
    }

    private Run newRun(SessionId session, ChatRequest request) {
        return new Run(
                RunId.next(ids),
                session,
                MessageId.next(ids),
                MessageId.next(ids),
                clock.instant(),
                request.background());
    }

    @Override
    public RunFollower follow(SessionId session, RunId run, Cursor after) {
        Optional<LiveRun> live = liveOf(session, run);
        RunRef ref = live.map(made -> made.run().ref())
                .orElseGet(() -> find(session, run).run().ref());
        RunFollower follower = live.isPresent()
                ? new TailFollower(live.get(), after, from -> followLog(ref, from))
                : followLog(ref, after);
        if (after.isAfter(Cursor.START)) {
            listener.resumed(ref);
        }
        return follower;
    }

    private RunFollower followLog(RunRef run, Cursor after) {
        return new PatientFollower(new LogFollower(run, after, log, store));
    }

    @Override
    public Optional<AssistantMessage> await(SessionId session, RunId run, Duration patience)
            throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        Optional<LiveRun> live = liveOf(session, run);
        if (live.isPresent()) {
            Optional<AssistantMessage> answer = live.get().awaitAnswer(patience);
            if (answer.isPresent()) {
                return answer;
            }
        }
        Optional<AssistantMessage> answer = find(session, run).answer();
        return answer.isPresent() ? answer : awaitElsewhere(new RunRef(session, run), deadline);
    }

    private Optional<AssistantMessage> awaitElsewhere(RunRef run, long deadlineNanos) throws InterruptedException {
        try (RunFollower follower = followLog(run, Cursor.START)) {
            for (long left = deadlineNanos - System.nanoTime(); left > 0; left = deadlineNanos - System.nanoTime()) {
                if (follower.next(Duration.ofNanos(left)) instanceof LoggedEvent event
                        && event.event() instanceof RunEvent.Finished finished) {
                    return Optional.of(finished.message());
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public RunRecord find(SessionId session, RunId run) {
        return store.find(new RunRef(session, run)).orElseThrow(() -> new NotFound("run"));
    }

    @Override
    public Optional<Run> active(SessionId session) {
        return store.active(session);
    }

    @Override
    public void cancel(SessionId session, RunId run) {
        Optional<LiveRun> live = liveOf(session, run);
        if (live.isPresent()) {
            live.get().end(Ending.CANCELLED);
        } else if (find(session, run).answer().isEmpty()) {
            cancelElsewhere(new RunRef(session, run));
        }
    }

    /** Hears that a run of this node is cancelled on another. */
    void cancelledElsewhere(RunRef run) {
        liveOf(run.session(), run.id()).ifPresent(live -> live.end(Ending.CANCELLED));
    }

    /** Written down first: its owner finds it there if the word does not reach it. */
    private void cancelElsewhere(RunRef run) {
        store.cancel(run);
        neighbours.tell(new Signal.RunCancelled(run));
    }

    @Override
    public Page<Message> history(SessionId session, PageRequest page) {
        return messages.page(session, page);
    }

    @Override
    public void clear(SessionId session) throws InterruptedException {
        Optional<Run> active = store.active(session);
        if (active.isPresent()) {
            endAndWait(active.get().ref());
        }
        messages.clear(session);
    }

    private void endAndWait(RunRef run) throws InterruptedException {
        Optional<LiveRun> live = liveOf(run.session(), run.id());
        if (live.isPresent()) {
            live.get().end(Ending.CANCELLED);
            live.get().tail().awaitAnswer(MAX_INTERRUPT_WAIT);
        } else {
            cancelElsewhere(run);
            try {
                awaitElsewhere(run, System.nanoTime() + MAX_INTERRUPT_WAIT.toNanos());
            } catch (NotFound | CursorGone e) {
                // Over and forgotten, which is more than was waited for.
            }
        }
    }

    private Optional<LiveRun> liveOf(SessionId session, RunId run) {
        return runs.find(run).filter(live -> live.run().sessionId().equals(session));
    }
}
