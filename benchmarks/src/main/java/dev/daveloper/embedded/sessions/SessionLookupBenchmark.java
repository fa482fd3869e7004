package dev.daveloper.embedded.sessions;

import dev.daveloper.application.sessions.out.SessionStore;
import dev.daveloper.domain.Ids;
import dev.daveloper.domain.sessions.Session;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.sessions.SessionToken;
import dev.daveloper.embedded.EmbeddedStores;
import dev.daveloper.embedded.EmbeddedStoresConfig;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to recognise a visitor by a token as it came with the request, its form and its hash included. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class SessionLookupBenchmark {
    private static final int SESSIONS = 1_000;

    private final List<String> tokens = new ArrayList<>();
    private EmbeddedStores stores;
    private SessionStore sessions;
    private int next;

    @Setup
    public void open() {
        stores = EmbeddedStores.open(EmbeddedStoresConfig.inMemory(InstantSource.system()));
        sessions = stores.sessionStore();
        SecureRandom random = new SecureRandom();
        Ids ids = new Ids(InstantSource.system(), random);
        for (int i = 0; i < SESSIONS; i++) {
            SessionToken token = SessionToken.next(random);
            Instant now = Instant.now();
            Session session = new Session(SessionId.next(ids), now, now);
            sessions.create(session, token.hash(), now.plus(Duration.ofDays(1)), Optional.empty());
            tokens.add(token.value());
        }
    }

    @TearDown
    public void close() {
        stores.close();
    }

    @Benchmark
    public Session find() {
        next = (next + 1) % SESSIONS;
        return sessions.find(new SessionToken(tokens.get(next)).hash()).orElseThrow();
    }
}
