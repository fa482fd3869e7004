package dev.daveloper.redis;

import dev.daveloper.application.Core;
import dev.daveloper.application.CoreSettings;
import dev.daveloper.application.Ports;
import dev.daveloper.application.chat.ChatSettings;
import dev.daveloper.application.chat.in.Chat;
import dev.daveloper.application.chat.in.ChatRequest;
import dev.daveloper.application.documents.DocumentSettings;
import dev.daveloper.application.documents.out.NoDocuments;
import dev.daveloper.application.events.out.Neighbours;
import dev.daveloper.application.sessions.SessionSettings;
import dev.daveloper.application.testkit.CoreFixture;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.sessions.SessionId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** A gateway's core over Redis with an agent that follows a script: one node of several. */
final class Node implements AutoCloseable {
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Duration DRAIN_GRACE = Duration.ofMillis(100);

    /** As long as a node that cannot write an ending tries to. */
    private static final Duration LOG_RETENTION = Duration.ofSeconds(20);

    private final ScriptedAgent agent;
    private final Core core;

    private Node(ScriptedAgent agent, Core core) {
        this.agent = agent;
        this.core = core;
    }

    static Node over(RedisAdapters adapters, ScriptedAgent agent, CoreSettings settings) {
        return over(adapters, adapters.neighbours(), agent, settings);
    }

    /** One that hears and tells as these neighbours let it. */
    static Node over(RedisAdapters adapters, Neighbours neighbours, ScriptedAgent agent, CoreSettings settings) {
        Ports ports = new Ports(
                agent,
                adapters.runStore(),
                adapters.runLog(),
                adapters.messageStore(),
                adapters.sessionStore(),
                NoDocuments.NONE,
                List.of(adapters.probe()),
                event -> {},
                neighbours,
                InstantSource.system());
        return new Node(agent, Core.open(ports, settings));
    }

    /** Leases are prolonged three times within their time, or more often when the grace is shorter. */
    static CoreSettings settings(Duration lease, Duration detachGrace) {
        return new CoreSettings(
                ChatSettings.DEFAULT
                        .with(new ChatSettings.Times(detachGrace, LONG, LONG, lease, LOG_RETENTION, LONG))
                        .with(ChatSettings.Batches.ACROSS_THE_NETWORK),
                SessionSettings.DEFAULT,
                DocumentSettings.DEFAULT,
                DRAIN_GRACE);
    }

    /** Runs may go on unwatched for as long as the test. */
    static CoreSettings leasing(Duration lease) {
        return settings(lease, LONG);
    }

    Core core() {
        return core;
    }

    Chat chat() {
        return core.chat();
    }

    ScriptedAgent agent() {
        return agent;
    }

    SessionId openSession() {
        return core.sessions().open().session().id();
    }

    Run ask(SessionId session, String message) throws InterruptedException {
        return chat().start(session, ChatRequest.of(message)).run();
    }

    AssistantMessage answerOf(Run run) throws InterruptedException {
        return chat().await(run.sessionId(), run.id(), CoreFixture.SOON).orElseThrow();
    }

    Watch watch(Run run, Cursor from) {
        return Watch.of(chat(), run, from);
    }

    @Override
    public void close() {
        core.close();
    }
}
