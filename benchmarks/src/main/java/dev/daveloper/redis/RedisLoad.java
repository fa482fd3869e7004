package dev.daveloper.redis;

import dev.daveloper.application.chat.out.RunStore.Begun;
import dev.daveloper.application.chat.out.RunStore.NewRun;
import dev.daveloper.domain.Ids;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.Lease;
import dev.daveloper.domain.chat.LoggedEvent;
import dev.daveloper.domain.chat.MessageId;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.chat.RunOutcome;
import dev.daveloper.domain.chat.UserMessage;
import dev.daveloper.domain.sessions.Session;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.sessions.SessionToken;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Does to a Redis what many gateways do, by the real adapters and scripts. Each step ends with a line on standard
 * output and waits for one on standard input, so that whoever started it can look at the server between two of them.
 */
public final class RedisLoad implements AutoCloseable {
    private static final Duration LEASE = Duration.ofHours(1);
    private static final Duration A_DAY = Duration.ofDays(1);
    private static final String QUESTION =
            "How do I connect my own agent? ".repeat(4).trim();
    private static final String ANSWER =
            "A word of an answer, and on. ".repeat(35).trim();
    private static final int CALLERS = 64;
    private static final int DELTAS_OF_A_BATCH = 12;
    private static final String DELTA = "words ";

    private final RedisAdapters redis;
    private final Ids ids = new Ids(InstantSource.system(), new SecureRandom());
    private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);

    private RedisLoad(RedisAdapters redis) {
        this.redis = redis;
    }

    private interface Step {
        void take(int number) throws Exception;
    }

    /** @param args the URL; how many sessions, messages of each, runs, and batches of each run */
    public static void main(String[] args) throws Exception {
        int sessions = Integer.parseInt(args[1]);
        int turns = Integer.parseInt(args[2]) / 2;
        int runs = Integer.parseInt(args[3]);
        int batches = Integer.parseInt(args[4]);
        RedisConfig config = RedisConfig.at(RedisUrl.parse(args[0]))
                .with(new RedisConfig.Timeouts(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(1)));
        try (RedisLoad load = new RedisLoad(RedisAdapters.connect(config))) {
            await("connected");
            List<SessionId> opened = load.openSessions(sessions);
            await("sessions");
            load.each(sessions, number -> load.converse(opened.get(number), turns));
            await("messages");
            List<Lease> leases = load.beginRuns(runs);
            await("begun");
            load.each(runs, number -> load.write(leases.get(number), batches));
            await("written");
            load.each(
                    runs, number -> load.redis.runStore().finish(leases.get(number), load.answer(leases.get(number))));
            await("finished");
        }
    }

    private static void await(String step) throws Exception {
        System.out.println(step);
        if (System.in.read() < 0) {
            throw new IllegalStateException("nobody listens any more");
        }
    }

    private void each(int number, Step step) throws Exception {
        List<Future<?>> parts = new ArrayList<>();
        for (int part = 0; part < CALLERS; part++) {
            int first = part;
            parts.add(callers.submit(() -> {
                for (int i = first; i < number; i += CALLERS) {
                    step.take(i);
                }
                return null;
            }));
        }
        for (Future<?> part : parts) {
            part.get();
        }
    }

    private List<SessionId> openSessions(int number) throws Exception {
        SecureRandom random = new SecureRandom();
        List<Session> opened = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            opened.add(new Session(SessionId.next(ids), Instant.now(), Instant.now()));
        }
        each(
                number,
                i -> redis.sessionStore()
                        .create(
                                opened.get(i),
                                SessionToken.next(random).hash(),
                                Instant.now().plus(A_DAY),
                                Optional.empty()));
        return opened.stream().map(Session::id).toList();
    }

    private void converse(SessionId session, int turns) throws Exception {
        for (int turn = 0; turn < turns; turn++) {
            Lease lease = begin(session);
            redis.runStore().finish(lease, answer(lease));
        }
    }

    private List<Lease> beginRuns(int number) throws Exception {
        Lease[] leases = new Lease[number];
        each(number, i -> leases[i] = begin(SessionId.next(ids)));
        return List.of(leases);
    }

    private Lease begin(SessionId session) {
        Run run = new Run(RunId.next(ids), session, MessageId.next(ids), MessageId.next(ids), Instant.now(), false);
        UserMessage message = new UserMessage(run.userMessageId(), run.id(), Instant.now(), QUESTION);
        Begun begun = redis.runStore().begin(new NewRun(run, message, Optional.empty(), LEASE));
        if (begun instanceof Begun.Started started) {
            return started.lease();
        }
        throw new IllegalStateException("not begun but " + begun);
    }

    private void write(Lease lease, int batches) {
        long seq = 1;
        for (int batch = 0; batch < batches; batch++) {
            List<LoggedEvent> events = new ArrayList<>();
            for (int i = 0; i < DELTAS_OF_A_BATCH; i++) {
                events.add(new LoggedEvent(new Cursor(lease.epoch(), seq++), new AgentEvent.TextDelta(DELTA)));
            }
            redis.runLog().append(lease, events);
        }
    }

    private AssistantMessage answer(Lease lease) {
        return new AssistantMessage(
                lease.run().messageId(),
                lease.run().id(),
                Instant.now(),
                ANSWER,
                RunOutcome.COMPLETED,
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    @Override
    public void close() {
        callers.shutdownNow();
        redis.close();
    }
}
