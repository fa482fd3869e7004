package dev.daveloper.application.testkit;

import dev.daveloper.application.Core;
import dev.daveloper.application.CoreSettings;
import dev.daveloper.application.Ports;
import dev.daveloper.application.cache.out.Cache;
import dev.daveloper.application.chat.ChatSettings;
import dev.daveloper.application.chat.in.Chat;
import dev.daveloper.application.chat.in.ChatRequest;
import dev.daveloper.application.chat.in.RunFollower;
import dev.daveloper.application.chat.out.Agent;
import dev.daveloper.application.chat.out.RunListener;
import dev.daveloper.application.documents.DocumentSettings;
import dev.daveloper.application.events.out.Neighbours;
import dev.daveloper.application.health.out.HealthProbe;
import dev.daveloper.application.ratelimits.out.Limiters;
import dev.daveloper.application.sessions.SessionSettings;
import dev.daveloper.application.tracing.out.Tracer;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.domain.sessions.SessionId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A whole core over stores in memory and a clock that the test moves. */
public final class CoreFixture implements AutoCloseable {
    /** How long a test waits for what must happen; only a failing test waits this long. */
    public static final Duration SOON = Duration.ofSeconds(20);

    private final ManualClock clock = new ManualClock();
    private final InMemoryStores stores = new InMemoryStores(clock);
    private final InMemorySessionStore sessions = new InMemorySessionStore();
    private final InMemoryDocuments documents = new InMemoryDocuments(clock);
    private final List<GatewayEvent> events = new CopyOnWriteArrayList<>();
    private final Core core;

    private CoreFixture(
            Agent agent,
            ChatSettings settings,
            SessionSettings sessionSettings,
            Duration drainGrace,
            List<HealthProbe> probes,
            Tracer tracer,
            RunListener heard) {
        core = Core.open(
                new Ports(
                        agent,
                        stores,
                        stores,
                        stores,
                        sessions,
                        documents,
                        probes,
                        events::add,
                        Neighbours.NONE,
                        Limiters.NONE,
                        Cache.NONE,
                        tracer,
                        heard,
                        Optional.empty(),
                        clock),
                new CoreSettings(settings, sessionSettings, DocumentSettings.DEFAULT, drainGrace));
    }

    public static CoreFixture with(Agent agent) {
        return with(agent, ChatSettings.DEFAULT);
    }

    public static CoreFixture with(Agent agent, ChatSettings settings) {
        return with(agent, settings, Duration.ofSeconds(20));
    }

    public static CoreFixture with(Agent agent, ChatSettings settings, Duration drainGrace) {
        return new CoreFixture(
                agent, settings, SessionSettings.DEFAULT, drainGrace, List.of(), Tracer.PASSING, RunListener.NONE);
    }

    public static CoreFixture with(Agent agent, List<HealthProbe> probes) {
        return new CoreFixture(
                agent,
                ChatSettings.DEFAULT,
                SessionSettings.DEFAULT,
                Duration.ofSeconds(20),
                probes,
                Tracer.PASSING,
                RunListener.NONE);
    }

    public static CoreFixture with(Agent agent, SessionSettings sessions) {
        return new CoreFixture(
                agent,
                ChatSettings.DEFAULT,
                sessions,
                Duration.ofSeconds(20),
                List.of(),
                Tracer.PASSING,
                RunListener.NONE);
    }

    public static CoreFixture with(Agent agent, ChatSettings settings, Tracer tracer) {
        return new CoreFixture(
                agent, settings, SessionSettings.DEFAULT, Duration.ofSeconds(20), List.of(), tracer, RunListener.NONE);
    }

    public static CoreFixture with(Agent agent, ChatSettings settings, RunListener heard) {
        return new CoreFixture(
                agent, settings, SessionSettings.DEFAULT, Duration.ofSeconds(20), List.of(), Tracer.PASSING, heard);
    }

    public static CoreFixture with(Agent agent, RunListener heard) {
        return new CoreFixture(
                agent,
                ChatSettings.DEFAULT,
                SessionSettings.DEFAULT,
                Duration.ofSeconds(20),
                List.of(),
                Tracer.PASSING,
                heard);
    }

    public Core core() {
        return core;
    }

    /** Where the core's documents are. */
    public InMemoryDocuments documents() {
        return documents;
    }

    public Chat chat() {
        return core.chat();
    }

    public ManualClock clock() {
        return clock;
    }

    public InMemoryStores stores() {
        return stores;
    }

    /** All that was announced so far. */
    public List<GatewayEvent> events() {
        return List.copyOf(events);
    }

    public SessionId openSession() {
        return core.sessions().open().session().id();
    }

    public Run ask(SessionId session, String message) throws InterruptedException {
        return chat().start(session, ChatRequest.of(message)).run();
    }

    public AssistantMessage answerOf(Run run) throws InterruptedException {
        return chat().await(run.sessionId(), run.id(), SOON).orElseThrow();
    }

    /** Follows the run from this cursor to its end. */
    public Viewer watch(Run run, Cursor from) throws InterruptedException {
        Viewer viewer = new Viewer(from);
        try (RunFollower follower = chat().follow(run.sessionId(), run.id(), from)) {
            long deadline = System.nanoTime() + SOON.toNanos();
            while (!viewer.hasEnding() && System.nanoTime() < deadline) {
                viewer.take(follower.next(Duration.ofMillis(100)));
            }
        }
        return viewer;
    }

    @Override
    public void close() {
        core.close();
    }
}
