package dev.daveloper.examples.embedding;

import dev.daveloper.application.Core;
import dev.daveloper.application.CoreSettings;
import dev.daveloper.application.Ports;
import dev.daveloper.application.chat.in.ChatRequest;
import dev.daveloper.application.chat.in.RunFollower;
import dev.daveloper.application.chat.out.Agent;
import dev.daveloper.application.documents.out.NoDocuments;
import dev.daveloper.application.events.out.Neighbours;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.FollowStep;
import dev.daveloper.domain.chat.LoggedEvent;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.embedded.EmbeddedStores;
import dev.daveloper.embedded.EmbeddedStoresConfig;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Asks a question through the core, with an agent of ten lines and no HTTP, and prints the answer as it comes. */
public final class Embedding {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Embedding() {}

    public static void main(String[] args) throws InterruptedException {
        ask(new Parrot(), args.length == 0 ? "What is in the box?" : String.join(" ", args), System.out);
    }

    static void ask(Agent agent, String question, PrintStream out) throws InterruptedException {
        InstantSource clock = InstantSource.system();
        try (EmbeddedStores stores = EmbeddedStores.open(EmbeddedStoresConfig.inMemory(clock));
                Core core = Core.open(ports(agent, stores, clock), CoreSettings.DEFAULT)) {
            SessionId session = core.sessions().open().session().id();
            Run run = core.chat().start(session, ChatRequest.of(question)).run();
            try (RunFollower follower = core.chat().follow(session, run.id(), Cursor.START)) {
                for (FollowStep step = follower.next(PATIENCE);
                        step != FollowStep.Ended.ENDED;
                        step = follower.next(PATIENCE)) {
                    if (step instanceof LoggedEvent logged && logged.event() instanceof AgentEvent.TextDelta delta) {
                        out.print(delta.text());
                    }
                }
            }
            out.println();
        }
    }

    private static Ports ports(Agent agent, EmbeddedStores stores, InstantSource clock) {
        return new Ports(
                agent,
                stores.runStore(),
                stores.runLog(),
                stores.messageStore(),
                stores.sessionStore(),
                NoDocuments.NONE,
                List.of(stores.probe()),
                event -> {},
                Neighbours.NONE,
                clock);
    }
}
