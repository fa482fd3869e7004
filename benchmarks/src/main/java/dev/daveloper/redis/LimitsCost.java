package dev.daveloper.redis;

import com.sun.management.OperatingSystemMXBean;
import dev.daveloper.application.ratelimits.out.RateLimiter.Asked;
import dev.daveloper.domain.Ids;
import dev.daveloper.domain.ratelimits.Check;
import dev.daveloper.domain.ratelimits.PolicyText;
import dev.daveloper.domain.ratelimits.Subject;
import dev.daveloper.domain.sessions.ClientAddress;
import dev.daveloper.domain.sessions.Session;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.sessions.SessionToken;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/**
 * What a question to two policies costs a request over the finding of its session: processor time of this process and
 * waiting time, by one caller alone and by many at once. Needs a Redis to itself.
 */
public final class LimitsCost {
    private static final int REQUESTS = 40_000;
    private static final int ROUNDS = 3;
    private static final int SESSIONS = 500;
    private static final int MANY = 64;

    private final RedisAdapters redis;
    private final List<SessionToken> tokens = new ArrayList<>();
    private final List<List<Check>> checks = new ArrayList<>();

    private LimitsCost(RedisAdapters redis) {
        this.redis = redis;
        SecureRandom random = new SecureRandom();
        Ids ids = new Ids(InstantSource.system(), random);
        for (int i = 0; i < SESSIONS; i++) {
            Session session = new Session(SessionId.next(ids), Instant.now(), Instant.now());
            SessionToken token = SessionToken.next(random);
            redis.sessionStore()
                    .create(session, token.hash(), Instant.now().plus(Duration.ofDays(1)), Optional.empty());
            Subject address = Subject.of(new ClientAddress(Integer.toHexString(i)));
            tokens.add(token);
            checks.add(List.of(
                    new Check(PolicyText.read("a: 1000000 per 1m by session on all"), Subject.of(session.id()), 1),
                    new Check(PolicyText.read("b: 1000000 per 1m by address on all"), address, 1)));
        }
    }

    /** @param args the URL */
    public static void main(String[] args) throws Exception {
        RedisConfig config = RedisConfig.at(RedisUrl.parse(args[0]))
                .with(new RedisConfig.Timeouts(
                        Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(1), Duration.ofSeconds(20)));
        try (RedisAdapters adapters = RedisAdapters.connect(config)) {
            LimitsCost cost = new LimitsCost(adapters);
            for (int round = 1; round <= ROUNDS; round++) {
                for (int callers : List.of(1, MANY)) {
                    cost.measure("session", callers, cost::find);
                    cost.measure("limits", callers, cost::ask);
                    cost.measure("one after the other", callers, i -> {
                        cost.find(i);
                        cost.ask(i);
                    });
                    cost.measure("both at once", callers, cost::both);
                }
            }
        }
    }

    private void find(int request) {
        redis.sessionStore().find(tokens.get(request % SESSIONS).hash()).orElseThrow();
    }

    private void ask(int request) {
        redis.rateLimiter().ask(checks.get(request % SESSIONS), "ticket").await();
    }

    private void both(int request) {
        Asked asked = redis.rateLimiter().ask(checks.get(request % SESSIONS), "ticket");
        find(request);
        asked.await();
    }

    private void measure(String what, int callers, IntConsumer request) throws Exception {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long[] waited = new long[REQUESTS];
        long cpu = system.getProcessCpuTime();
        long start = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> parts = new ArrayList<>();
            for (int caller = 0; caller < callers; caller++) {
                int first = caller;
                parts.add(threads.submit(() -> {
                    for (int i = first; i < REQUESTS; i += callers) {
                        long asked = System.nanoTime();
                        request.accept(i);
                        waited[i] = System.nanoTime() - asked;
                    }
                }));
            }
            for (Future<?> part : parts) {
                part.get();
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        double cpuMicros = (system.getProcessCpuTime() - cpu) / 1e3 / REQUESTS;
        Arrays.sort(waited);
        System.out.printf(
                "%-20s %3d callers: %6.0f/s, cpu %5.1f us, wait median %6.1f us, 99 %% %7.1f us%n",
                what,
                callers,
                REQUESTS / seconds,
                cpuMicros,
                waited[REQUESTS / 2] / 1e3,
                waited[REQUESTS / 100 * 99] / 1e3);
    }
}
