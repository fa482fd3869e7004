package dev.daveloper.application.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.Core;
import dev.daveloper.application.CoreSettings;
import dev.daveloper.application.Ports;
import dev.daveloper.application.chat.out.MessageStore;
import dev.daveloper.application.chat.out.RunLog;
import dev.daveloper.application.chat.out.RunStore;
import dev.daveloper.application.sessions.out.SessionStore;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.domain.sessions.SessionId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
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
    private static final long FIRST_SEED = 20_260_101;

    /** The stores under test, empty. */
    protected abstract Stores openStores(InstantSource clock) throws Exception;

    /** How many runs are played. */
    protected abstract int runs();

    /** A set of stores, and how to close them. */
    public record Stores(
            RunStore runs, RunLog log, MessageStore messages, SessionStore sessions, AutoCloseable closing) {}

    @Test
    void every_viewer_of_every_run_sees_the_agents_text_once_in_order_with_one_ending() throws Exception {
        Map<String, Script> scripts = new ConcurrentHashMap<>();
        ScriptedAgent agent = ScriptedAgent.following(request -> scripts.get(request.message()));
        List<GatewayEvent> trouble = new ArrayList<>();
        Stores stores = openStores(InstantSource.system());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                AutoCloseable closing = stores.closing();
                Core core = Core.open(ports(stores, agent, trouble), CoreSettings.DEFAULT)) {
            assertThat(closing).isNotNull();
            AtomicInteger deltas = new AtomicInteger();
            SessionId stranger = core.sessions().open().session().id();
            playAll(core, stranger, scripts, threads, deltas);
            assertThat(deltas.get()).as("deltas checked").isGreaterThan(runs());
        }
        assertThat(agent.streams()).hasSize(runs()).allMatch(ScriptedAgent.ScriptedStream::isClosed);
        assertThat(trouble).isEmpty();
    }

    private void playAll(
            Core core, SessionId stranger, Map<String, Script> scripts, ExecutorService threads, AtomicInteger deltas)
            throws Exception {
        Semaphore atOnce = new Semaphore(AT_ONCE);
        List<Future<?>> played = new ArrayList<>();
        for (int i = 0; i < runs(); i++) {
            long seed = FIRST_SEED + i;
            atOnce.acquire();
            Callable<Void> play = () -> {
                try {
                    RandomRun run = new RandomRun(seed);
                    String message = "seed " + seed;
                    scripts.put(message, run.toScript());
                    SessionId session = core.sessions().open().session().id();
                    deltas.addAndGet(run.play(core.chat(), session, stranger, message, threads));
                    return null;
                } catch (Exception | AssertionError e) {
                    throw new AssertionError("the run with seed " + seed + " broke a law", e);
                } finally {
                    atOnce.release();
                }
            };
            played.add(threads.submit(play));
        }
        for (Future<?> one : played) {
            one.get(1, TimeUnit.MINUTES);
        }
    }

    private static Ports ports(Stores stores, ScriptedAgent agent, List<GatewayEvent> trouble) {
        return new Ports(
                agent,
                stores.runs(),
                stores.log(),
                stores.messages(),
                stores.sessions(),
                List.of(),
                event -> {
                    if (event instanceof GatewayEvent.Trouble) {
                        synchronized (trouble) {
                            trouble.add(event);
                        }
                    }
                },
                InstantSource.system());
    }
}
