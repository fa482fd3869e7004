package dev.daveloper.application.testkit;

import dev.daveloper.application.chat.out.RunStore.IdempotencyKey;
import dev.daveloper.application.chat.out.RunStore.NewRun;
import dev.daveloper.domain.Ids;
import dev.daveloper.domain.chat.AgentEvent.CitationAdded;
import dev.daveloper.domain.chat.AgentEvent.ReasoningDelta;
import dev.daveloper.domain.chat.AgentEvent.TextDelta;
import dev.daveloper.domain.chat.AgentEvent.ToolFinished;
import dev.daveloper.domain.chat.AgentEvent.ToolStarted;
import dev.daveloper.domain.chat.AgentEvent.UsageReported;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.Citation;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.Json;
import dev.daveloper.domain.chat.Lease;
import dev.daveloper.domain.chat.LoggedEvent;
import dev.daveloper.domain.chat.MessageId;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.chat.RunEvent;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.chat.RunOutcome;
import dev.daveloper.domain.chat.ToolCall;
import dev.daveloper.domain.chat.ToolResult;
import dev.daveloper.domain.chat.Usage;
import dev.daveloper.domain.chat.UserMessage;
import dev.daveloper.domain.failures.Failure;
import dev.daveloper.domain.failures.FailureCode;
import dev.daveloper.domain.sessions.Session;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.sessions.SessionToken;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes what conversations consist of, at the time of a clock. Safe for use by many threads. */
public final class Conversations {
    public static final Duration LEASE = Duration.ofSeconds(10);

    /** Text that a store easily spoils: line ends, quotes, NUL, a pair of surrogates and half of one. */
    public static final String ODD_TEXT = "a\r\n\t\"'\\;-- \0 é 漢 \uD83D\uDE00 \uD83D \uFEFF\u2028</script>";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final InstantSource clock;
    private final Ids ids;

    public Conversations(InstantSource clock) {
        this.clock = clock;
        this.ids = new Ids(clock, RANDOM);
    }

    public SessionId someSession() {
        return SessionId.next(ids);
    }

    public Session newSession() {
        return new Session(SessionId.next(ids), clock.instant(), clock.instant());
    }

    public SessionToken newToken() {
        return SessionToken.next(RANDOM);
    }

    /** A question that begins a run, read as {@code question("Why?").withKey("k", "f").in(session)}. */
    public Question question(String text) {
        return new Question(text, Optional.empty(), LEASE, false);
    }

    /** What a person asks, and how. */
    public final class Question {
        private final String text;
        private final Optional<IdempotencyKey> key;
        private final Duration leaseFor;
        private final boolean background;

        private Question(String text, Optional<IdempotencyKey> key, Duration leaseFor, boolean background) {
            this.text = text;
            this.key = key;
            this.leaseFor = leaseFor;
            this.background = background;
        }

        public Question withKey(String value, String fingerprint) {
            return new Question(text, Optional.of(new IdempotencyKey(value, fingerprint)), leaseFor, background);
        }

        public Question leasedFor(Duration time) {
            return new Question(text, key, time, background);
        }

        public Question inTheBackground() {
            return new Question(text, key, leaseFor, true);
        }

        /** Each call is another run with other messages. */
        public NewRun in(SessionId session) {
            Run run = new Run(
                    RunId.next(ids), session, MessageId.next(ids), MessageId.next(ids), clock.instant(), background);
            UserMessage message = new UserMessage(run.userMessageId(), run.id(), clock.instant(), text);
            return new NewRun(run, message, key, leaseFor);
        }
    }

    /** A complete answer of nothing but text. */
    public AssistantMessage answer(Run run, String text) {
        return new AssistantMessage(
                run.messageId(),
                run.id(),
                clock.instant(),
                text,
                RunOutcome.COMPLETED,
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    /** An answer with something in every place that an answer has. */
    public AssistantMessage richAnswer(Run run) {
        return new AssistantMessage(
                run.messageId(),
                run.id(),
                clock.instant(),
                ODD_TEXT,
                RunOutcome.FAILED,
                List.of(pageCitation(), documentCitation(), unplacedCitation()),
                List.of(
                        new ToolCall(
                                "call-1",
                                "search",
                                new Json("{ \"q\" : 1.0 }"),
                                Optional.of(new ToolResult(true, ODD_TEXT))),
                        new ToolCall("call-2", "clock", Json.EMPTY_OBJECT, Optional.empty())),
                Optional.of(new Usage(Long.MAX_VALUE, 0)),
                Optional.of(new Failure(FailureCode.AGENT_FAILED, "It broke. " + ODD_TEXT)),
                true);
    }

    /** One event of every kind, from {@code run.started} to {@code run.finished}, in the order of a run. */
    public List<RunEvent> everyKindOfEvent(Run run) {
        return List.of(
                new RunEvent.Started(run.sessionId(), run.messageId(), run.userMessageId()),
                new ReasoningDelta("let me see " + ODD_TEXT),
                new ToolStarted("call-1", "search", new Json("{\"q\": [1, null, \"x\"]}")),
                new ToolFinished("call-1", new ToolResult(false, "no " + ODD_TEXT)),
                new TextDelta("Because"),
                new TextDelta(ODD_TEXT),
                new TextDelta(""),
                new CitationAdded(pageCitation()),
                new CitationAdded(documentCitation()),
                new CitationAdded(unplacedCitation()),
                new UsageReported(new Usage(12, Long.MAX_VALUE)),
                new RunEvent.Finished(richAnswer(run)));
    }

    /** Text deltas with these seqs' places, the first at {@code firstSeq}. */
    public static List<LoggedEvent> deltas(Lease lease, long firstSeq, String... texts) {
        List<RunEvent> events = new ArrayList<>();
        for (String text : texts) {
            events.add(new TextDelta(text));
        }
        return at(lease, firstSeq, events);
    }

    /** The events at their places in the log, the first at {@code firstSeq}. */
    public static List<LoggedEvent> at(Lease lease, long firstSeq, List<RunEvent> events) {
        List<LoggedEvent> logged = new ArrayList<>();
        for (RunEvent event : events) {
            logged.add(new LoggedEvent(new Cursor(lease.epoch(), firstSeq + logged.size()), event));
        }
        return logged;
    }

    private static Citation pageCitation() {
        return new Citation(
                1,
                new Citation.UrlSource("https://example.org/a?b=c#d"),
                "A page",
                ODD_TEXT,
                Optional.of(new Citation.Position(0, 17, OptionalInt.of(3))));
    }

    private static Citation documentCitation() {
        return new Citation(
                2,
                new Citation.DocumentSource("doc-1"),
                "A document",
                "quoted",
                Optional.of(new Citation.Position(5, 5, OptionalInt.empty())));
    }

    private static Citation unplacedCitation() {
        return new Citation(3, new Citation.DocumentSource("doc-2"), "", "", Optional.empty());
    }
}
