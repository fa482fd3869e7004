package dev.daveloper.application.testkit;

import dev.daveloper.application.chat.out.AgentRequest;
import dev.daveloper.application.chat.out.AgentStream;
import dev.daveloper.domain.Ids;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.AgentStep;
import dev.daveloper.domain.chat.MessageId;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.sessions.SessionId;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Questions for an agent, and what comes back, for tests that speak to the port itself. */
public final class AgentAnswers {
    /** For everything that should come soon. */
    public static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Ids IDS = new Ids(InstantSource.system(), new SecureRandom());
    private static final Instant STARTED = Instant.parse("2026-03-01T10:15:30.123456789Z");

    private AgentAnswers() {}

    /** This message in a run of its own, without history, with tools and time enough. */
    public static AgentRequest asking(String message) {
        return new AgentRequest(run(), message, List.of(), true, OptionalInt.empty(), Duration.ofMinutes(1));
    }

    public static AgentRequest within(Duration budget, AgentRequest request) {
        return new AgentRequest(
                request.run(), request.message(), request.history(), request.useTools(), request.maxTokens(), budget);
    }

    public static Run run() {
        return new Run(RunId.next(IDS), SessionId.next(IDS), MessageId.next(IDS), MessageId.next(IDS), STARTED, false);
    }

    /** The next event, or the end; what is quiet is waited through. */
    public static AgentStep nextOf(AgentStream stream) throws InterruptedException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < PATIENCE.toNanos()) {
            AgentStep step = stream.next(PATIENCE);
            if (step != AgentStep.Quiet.QUIET) {
                return step;
            }
        }
        throw new AssertionError("nothing came within " + PATIENCE);
    }

    /** Everything up to the end. */
    public static List<AgentEvent> allOf(AgentStream stream) throws InterruptedException {
        List<AgentEvent> events = new ArrayList<>();
        while (nextOf(stream) instanceof AgentEvent event) {
            events.add(event);
        }
        return events;
    }

    /** The answer's text: all of its deltas, joined. */
    public static String textOf(List<AgentEvent> events) {
        return events.stream()
                .filter(AgentEvent.TextDelta.class::isInstance)
                .map(event -> ((AgentEvent.TextDelta) event).text())
                .collect(Collectors.joining());
    }
}
