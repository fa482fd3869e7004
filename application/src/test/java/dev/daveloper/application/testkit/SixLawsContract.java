package dev.daveloper.application.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.Core;
import dev.daveloper.application.CoreSettings;
import dev.daveloper.application.Ports;
import dev.daveloper.application.chat.ChatSettings;
import dev.daveloper.application.chat.out.MessageStore;
import dev.daveloper.application.chat.out.RunLog;
import dev.daveloper.application.chat.out.RunStore;
import dev.daveloper.application.documents.out.NoDocuments;
import dev.daveloper.application.events.out.EventListener;
import dev.daveloper.application.events.out.Neighbours;
import dev.daveloper.application.sessions.out.SessionStore;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.domain.sessions.SessionId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * The six laws of a run, over thousands of runs in which everything is left to chance. Every set of stores must keep
 * them. A failing run names its seed.
 */
public abstract class SixLawsContract {
    private static final int AT_ONCE = 100;
    private static final int FAILURES_PER_THOUSAND = 20;
    private static final long FIRST_SEED = 20_260_101;
    private static final CoreSettings SHORT_LEASES = new CoreSettings(
            ChatSettings.DEFAULT.with(new ChatSettings.Times(
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(2),
                    Duration.ofMillis(900),
                    Duration.ofMinutes(15),
                    Duration.ofHours(1))),
            CoreSettings.DEFAULT.sessions(),
            CoreSettings.DEFAULT.documents(),
            CoreSettings.DEFAULT.drainGrace());

    /** The stores under test, empty. */
    protected abstract Stores openStores(InstantSource clock) throws Exception;

    /** How many runs are played. */
    protected abstract int runs();

    /** A set of stores, and how to close them. */
    public record Stores(
            RunStore runs, RunLog log, MessageStore messages, SessionStore sessions, AutoCloseable closing) {}

    @Test
    void every_viewer_of_every_run_sees_the_agents_text_once_in_order_with_one_ending() throws Exception {
        int trouble = play(runs(), openStores(InstantSource.system()), CoreSettings.DEFAULT, false);
        assertThat(trouble).isZero();
    }

    @Test
    void the_laws_hold_while_the_store_fails_at_any_moment() throws Exception {
        Stores stores = openStores(InstantSource.system());
        FlakyStores flaky = new FlakyStores(FAILURES_PER_THOUSAND);
        Stores failing = new Stores(
                flaky.over(stores.runs()),
                flaky.over(stores.log()),
                flaky.over(stores.messages()),
                stores.sessions(),
                stores.closing());
        play(runs() / 8, failing, SHORT_LEASES, true);
        assertThat(flaky.failures()).isGreaterThan(runs() / 100);
    }

    private int play(int runs, Stores stores, CoreSettings settings, boolean storeFails) throws Exception {
        Map<String, Script> scripts = new ConcurrentHashMap<>();
        ScriptedAgent agent = ScriptedAgent.following(request -> scripts.get(request.message()));
        AtomicInteger trouble = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                AutoCloseable closing = stores.closing();
                Core core = Core.open(ports(stores, agent, trouble), settings)) {
            assertThat(closing).isNotNull();
            SessionId stranger = core.sessions().open().session().id();
            Semaphore atOnce = new Semaphore(AT_ONCE);
            AtomicInteger deltas = new AtomicInteger();
            List<Future<?>> played = new ArrayList<>();
            for (long seed = FIRST_SEED; seed < FIRST_SEED + runs; seed++) {
                atOnce.acquire();
                RandomRun run = new RandomRun(seed, storeFails);
                scripts.put(run.message(), run.toScript());
                played.add(threads.submit(() -> {
                    try {
                        return deltas.addAndGet(run.play(core, stranger, threads));
                    } finally {
                        atOnce.release();
                    }
                }));
            }
            awaitAll(played, threads);
            assertThat(deltas.get()).as("deltas checked").isGreaterThan(runs);
        }
        assertThat(agent.streams()).hasSizeLessThanOrEqualTo(runs).allMatch(ScriptedAgent.ScriptedStream::isClosed);
        return trouble.get();
    }

    /** What goes on after one has failed would wait for ever for stores that are closed. */
    private static void awaitAll(List<Future<?>> played, ExecutorService threads) throws Exception {
        boolean all = false;
        try {
            for (Future<?> one : played) {
                one.get(1, TimeUnit.MINUTES);
            }
            all = true;
        } finally {
            if (!all) {
                threads.shutdownNow();
            }
        }
    }

    private static Ports ports(Stores stores, ScriptedAgent agent, AtomicInteger trouble) {
        EventListener counting = event -> {
            if (event instanceof GatewayEvent.Trouble) {
                trouble.incrementAndGet();
            }
        };
        return new Ports(
                agent,
                stores.runs(),
                stores.log(),
                stores.messages(),
                stores.sessions(),
                NoDocuments.NONE,
                List.of(),
                counting,
                Neighbours.NONE,
                InstantSource.system());
    }
}
