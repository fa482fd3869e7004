package dev.daveloper.application.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.Core;
import dev.daveloper.application.chat.in.Chat;
import dev.daveloper.application.chat.in.ChatRequest;
import dev.daveloper.application.chat.in.RunFollower;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.Citation;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.Json;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.chat.RunOutcome;
import dev.daveloper.domain.chat.ToolResult;
import dev.daveloper.domain.chat.Usage;
import dev.daveloper.domain.failures.AgentFailed;
import dev.daveloper.domain.failures.AgentUnavailable;
import dev.daveloper.domain.failures.Failure;
import dev.daveloper.domain.failures.FailureCode;
import dev.daveloper.domain.failures.StoreUnavailable;
import dev.daveloper.domain.sessions.SessionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One run with everything left to chance, from a seed: what the agent says and how it ends, who watches, how slowly,
 * who leaves and comes back from which cursor, and who cancels when. After it, the laws are checked at every viewer.
 */
final class RandomRun {
    private static final int MAX_EVENTS = 40;
    private static final int MAX_VIEWERS = 4;
    private static final int MAX_PAUSE_MICROS = 400;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final long seed;
    private final Random random;
    private final List<AgentEvent> events = new ArrayList<>();
    private final Script script;
    private final boolean fails;
    private final boolean cancelled;
    private final boolean storeFails;

    /** @param storeFails whether calls may be refused though nothing is wrong with them */
    RandomRun(long seed, boolean storeFails) {
        this.seed = seed;
        this.storeFails = storeFails;
        this.random = new Random(seed);
        this.fails = random.nextInt(4) == 0;
        this.cancelled = random.nextInt(4) == 0;
        this.script = script();
    }

    Script toScript() {
        return script;
    }

    /** What the run is asked, by which the agent finds its script. */
    String message() {
        return "seed " + seed;
    }

    /** Asks, watches from several threads, perhaps cancels; answers how many deltas were checked. */
    int play(Core core, SessionId stranger, ExecutorService threads) throws Exception {
        try {
            SessionId session = core.sessions().open().session().id();
            return play(core.chat(), session, stranger, threads);
        } catch (Exception | AssertionError e) {
            throw new AssertionError("the run with seed " + seed + " broke a law", e);
        }
    }

    private int play(Chat chat, SessionId session, SessionId stranger, ExecutorService threads) throws Exception {
        ChatRequest request = ChatRequest.of(message()).inBackground().withIdempotencyKey("key");
        Run run = patiently(() -> chat.start(session, request)).run();
        List<Future<Viewer>> viewers = new ArrayList<>();
        for (int i = random.nextInt(MAX_VIEWERS + 1); i > 0; i--) {
            viewers.add(threads.submit(viewer(chat, run, random.nextLong(), random.nextInt(3) == 0)));
        }
        if (cancelled) {
            pause(random);
            patiently(() -> {
                chat.cancel(session, run.id());
                return true;
            });
        }
        Optional<AssistantMessage> answer = patiently(() -> chat.await(session, run.id(), PATIENCE));
        assertThat(answer).as("every run ends").isPresent();
        int checked = 0;
        for (Future<Viewer> viewer : viewers) {
            checked += check(viewer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS), answer.get());
        }
        checked += check(viewer(chat, run, random.nextLong(), false).call(), answer.get());
        checkAnswer(answer.get());
        patiently(() -> {
            Laws.lastTurnIs(chat, run, answer.get());
            return assertThat(Laws.hasNoSuchRun(chat, stranger, run.id())).isTrue();
        });
        return checked;
    }

    private Callable<Viewer> viewer(Chat chat, Run run, long seed, boolean fromTheMiddle) {
        return () -> {
            Random own = new Random(seed);
            Cursor from = fromTheMiddle ? new Cursor(1, own.nextInt(events.size() + 3)) : Cursor.START;
            Viewer viewer = new Viewer(from);
            while (!viewer.hasEnding()) {
                pause(own);
                int patienceEvents = 1 + own.nextInt(MAX_EVENTS);
                try (RunFollower follower = chat.follow(run.sessionId(), run.id(), viewer.cursor())) {
                    for (int i = 0; i < patienceEvents && !viewer.hasEnding(); i++) {
                        viewer.take(follower.next(Duration.ofMillis(50)));
                        if (own.nextInt(3) == 0) {
                            pause(own);
                        }
                    }
                } catch (StoreUnavailable e) {
                    assertThat(storeFails).isTrue();
                    requireWanted();
                }
            }
            return viewer;
        };
    }

    private int check(Viewer viewer, AssistantMessage answer) {
        int joinedAt = (int) Math.min(viewer.joinedAt().seq(), events.size() + 1L);
        String whole = textOf(events.subList(0, events.size()));
        String before = textOf(events.subList(0, Math.clamp(joinedAt - 1L, 0, events.size())));
        assertThat(whole).as("deltas are the agent's text").startsWith(before + viewer.text());
        if (answer.outcome() == RunOutcome.INTERRUPTED) {
            assertThat(before + viewer.text()).as("at most ahead of the log").startsWith(answer.text());
        } else if (before.length() <= answer.text().length()) {
            assertThat(before + viewer.text()).as("gapless to the end").isEqualTo(answer.text());
        }
        viewer.ending().ifPresent(ending -> assertThat(ending).isEqualTo(answer));
        assertThat(viewer.endings()).as("endings at one viewer").isLessThanOrEqualTo(1);
        if (viewer.joinedAt().equals(Cursor.START)) {
            assertThat(viewer.endings()).isEqualTo(1);
        }
        return viewer.deltas();
    }

    private void checkAnswer(AssistantMessage answer) {
        assertThat(textOf(events)).startsWith(answer.text());
        if (answer.outcome() == RunOutcome.CANCELLED) {
            assertThat(cancelled).isTrue();
        } else if (!endedByTheStore(answer)) {
            assertThat(answer.outcome()).isEqualTo(fails ? RunOutcome.FAILED : RunOutcome.COMPLETED);
            assertThat(answer.text()).isEqualTo(textOf(events));
        }
    }

    /** Nobody made the run because its beginner was told that it had not begun, or its history could not be read. */
    private boolean endedByTheStore(AssistantMessage answer) {
        boolean unread = answer.error()
                .map(Failure::code)
                .filter(FailureCode.STORE_UNAVAILABLE::equals)
                .isPresent();
        return storeFails && (answer.outcome() == RunOutcome.INTERRUPTED || unread);
    }

    private <T> T patiently(Callable<T> call) throws Exception {
        while (true) {
            try {
                return call.call();
            } catch (StoreUnavailable e) {
                assertThat(storeFails).as("only a flaky store refuses").isTrue();
                requireWanted();
                pause(random);
            }
        }
    }

    /** When another run has broken a law, nothing is left to ask for. */
    private static void requireWanted() throws InterruptedException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedException();
        }
    }

    private Script script() {
        int count = random.nextInt(MAX_EVENTS);
        Script made = new Script(List.of());
        int failAt = fails ? random.nextInt(count + 1) : -1;
        for (int i = 0; i <= count; i++) {
            if (i == failAt) {
                return made.thenFail(i == 0 ? new AgentUnavailable(Duration.ofSeconds(1)) : new AgentFailed());
            }
            if (random.nextInt(4) == 0) {
                made = made.thenPause(Duration.ofNanos(random.nextInt(MAX_PAUSE_MICROS) * 1_000L));
            }
            if (i < count) {
                AgentEvent event = event(i);
                events.add(event);
                made = made.then(event);
            }
        }
        return made;
    }

    private AgentEvent event(int i) {
        return switch (random.nextInt(12)) {
            case 0 -> new AgentEvent.ReasoningDelta("hm" + i);
            case 1 -> new AgentEvent.ToolStarted("call" + i, "echo", Json.EMPTY_OBJECT);
            case 2 -> new AgentEvent.ToolFinished("call" + (i - 1), new ToolResult(true, "done"));
            case 3 ->
                new AgentEvent.CitationAdded(new Citation(
                        i + 1,
                        new Citation.UrlSource("/library/x"),
                        "title",
                        "quote",
                        Optional.of(new Citation.Position(i, i + 5, OptionalInt.empty()))));
            case 4 -> new AgentEvent.UsageReported(new Usage(i, i));
            default -> new AgentEvent.TextDelta(i + (random.nextBoolean() ? " é😀" : " word "));
        };
    }

    private static void pause(Random random) {
        LockSupport.parkNanos(random.nextInt(MAX_PAUSE_MICROS) * 1_000L);
    }

    private static String textOf(List<AgentEvent> events) {
        StringBuilder text = new StringBuilder();
        for (AgentEvent event : events) {
            if (event instanceof AgentEvent.TextDelta delta) {
                text.append(delta.text());
            }
        }
        return text.toString();
    }
}
