package dev.daveloper.application.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.chat.out.RunListener;
import dev.daveloper.domain.Ids;
import dev.daveloper.domain.chat.AgentEvent.TextDelta;
import dev.daveloper.domain.chat.AgentEvent.ToolStarted;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.FollowStep;
import dev.daveloper.domain.chat.Json;
import dev.daveloper.domain.chat.LoggedEvent;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.sessions.SessionId;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What of the way of words to their viewers is the gateway's own time. */
class OwnTimeTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int VIEWERS = 8;
    private static final int WORDS = 2_000;

    private final List<Long> sent = Collections.synchronizedList(new ArrayList<>());
    private final LiveRun live = new LiveRuns(ChatSettings.DEFAULT, Clock.systemUTC(), new RunListener() {
                @Override
                public void sent(RunId run, long nanos) {
                    sent.add(nanos);
                }
            })
            .open(TestRuns.run(SessionId.next(new Ids(Clock.systemUTC(), new SecureRandom())), Clock.systemUTC()), 1);

    private TailFollower viewer() {
        return new TailFollower(live, Cursor.START, from -> {
            throw new AssertionError("the run stays here");
        });
    }

    /** Somebody who waits already when this returns. */
    private static <T> FutureTask<T> waiting(Callable<T> reading) {
        FutureTask<T> task = new FutureTask<>(reading);
        Thread thread = Thread.ofVirtual().start(task);
        await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        return task;
    }

    private static String textOf(FollowStep step) {
        return step instanceof LoggedEvent logged && logged.event() instanceof TextDelta delta ? delta.text() : "";
    }

    @Test
    void a_viewer_who_writes_slowly_is_one_long_measure_and_what_came_meanwhile_is_none() throws Exception {
        try (TailFollower viewer = viewer()) {
            FutureTask<FollowStep> first = waiting(() -> viewer.next(LONG));
            live.heard(new TextDelta("a"));
            assertThat(textOf(first.get())).isEqualTo("a");
            long writing = System.nanoTime();
            for (String word : List.of("b", "c", "d")) {
                live.heard(new TextDelta(word));
            }
            long wrote = System.nanoTime();
            assertThat(textOf(viewer.next(LONG))).isEqualTo("bcd");
            assertThat(sent).hasSize(1).allMatch(nanos -> nanos >= wrote - writing);
            assertThat(viewer.next(Duration.ZERO)).isEqualTo(FollowStep.Quiet.QUIET);
            assertThat(sent).as("nobody waited for what came meanwhile").hasSize(1);
        }
    }

    @Test
    void a_viewer_who_left_may_not_have_got_it() throws Exception {
        try (TailFollower viewer = viewer()) {
            FutureTask<FollowStep> first = waiting(() -> viewer.next(LONG));
            live.heard(new TextDelta("a"));
            assertThat(textOf(first.get())).isEqualTo("a");
        }
        assertThat(sent).isEmpty();
    }

    @Test
    void only_words_are_measured() throws Exception {
        try (TailFollower viewer = viewer()) {
            FutureTask<FollowStep> first = waiting(() -> viewer.next(LONG));
            live.heard(new ToolStarted("1", "dice", Json.EMPTY_OBJECT));
            assertThat(first.get()).isInstanceOf(LoggedEvent.class);
            FutureTask<FollowStep> notice = waiting(() -> viewer.next(LONG));
            live.tail().storeAway(true);
            assertThat(notice.get()).isEqualTo(FollowStep.Notice.STORE_UNAVAILABLE);
            assertThat(viewer.next(Duration.ZERO)).isEqualTo(FollowStep.Quiet.QUIET);
        }
        assertThat(sent).isEmpty();
    }

    @Test
    void many_viewers_are_measured_at_most_once_for_each_step_and_miss_nothing() throws Exception {
        long start = System.nanoTime();
        AtomicInteger steps = new AtomicInteger();
        List<FutureTask<Integer>> viewers = new ArrayList<>();
        for (int i = 0; i < VIEWERS; i++) {
            viewers.add(waiting(() -> readAll(steps)));
        }
        for (int i = 0; i < WORDS; i++) {
            live.heard(new TextDelta("x"));
        }
        live.heard(new ToolStarted("end", "dice", Json.EMPTY_OBJECT));
        for (FutureTask<Integer> viewer : viewers) {
            assertThat(viewer.get()).isEqualTo(WORDS);
        }
        long all = System.nanoTime() - start;
        assertThat(sent)
                .as("each waited for the first word at least")
                .hasSizeBetween(VIEWERS, steps.get())
                .allMatch(nanos -> nanos >= 0 && nanos <= all);
    }

    /** How many characters there were up to the first event that is no text. */
    private int readAll(AtomicInteger steps) throws InterruptedException {
        int chars = 0;
        try (TailFollower viewer = viewer()) {
            while (true) {
                FollowStep step = viewer.next(LONG);
                if (step instanceof LoggedEvent logged && logged.event() instanceof ToolStarted) {
                    return chars;
                }
                chars += textOf(step).length();
                steps.incrementAndGet();
            }
        }
    }
}
