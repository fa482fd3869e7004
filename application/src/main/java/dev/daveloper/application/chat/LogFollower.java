package dev.daveloper.application.chat;

import dev.daveloper.application.chat.in.RunFollower;
import dev.daveloper.application.chat.out.RunLog;
import dev.daveloper.application.chat.out.RunStore;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.FollowStep;
import dev.daveloper.domain.chat.LoggedEvent;
import dev.daveloper.domain.chat.RunEvent;
import dev.daveloper.domain.chat.RunRef;
import dev.daveloper.domain.failures.CursorGone;
import dev.daveloper.domain.failures.NotFound;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Follows a run in the store's log: one that another node makes, or one that is over. When the log lacks the ending,
 * because its writer died between the history and the log, the ending is made from what the history holds.
 */
final class LogFollower implements RunFollower {
    /** How many events are read at once. */
    private static final int READ_EVENTS = 512;

    /** How long one wait for more may last, so that an ending that never reached the log is noticed. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(1);

    private final RunRef run;
    private final RunLog log;
    private final RunStore store;
    private Cursor after;
    private List<LoggedEvent> ahead = List.of();
    private boolean ended;

    LogFollower(RunRef run, Cursor after, RunLog log, RunStore store) {
        this.run = run;
        this.after = after;
        this.log = log;
        this.store = store;
        this.ended = after.isEnd();
    }

    @Override
    public FollowStep next(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!ended) {
            if (!ahead.isEmpty() || read()) {
                return give(takeAhead());
            }
            Optional<AssistantMessage> answer = answer();
            if (answer.isPresent()) {
                return read() ? give(takeAhead()) : endingOf(answer.get());
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return FollowStep.Quiet.QUIET;
            }
            log.awaitMore(run, after, Duration.ofNanos(Math.min(left, MAX_WAIT.toNanos())));
        }
        return FollowStep.Ended.ENDED;
    }

    @Override
    public void close() {}

    private boolean read() {
        ahead = switch (log.read(run, after, READ_EVENTS)) {
            case RunLog.Slice.Held held -> held.events();
            case RunLog.Slice.Gone gone -> throw new CursorGone();
        };
        return !ahead.isEmpty();
    }

    private LoggedEvent takeAhead() {
        int end = DeltaMerge.endOfRunOfDeltas(ahead, 0, RunTail.MAX_MERGED_CHARS);
        LoggedEvent event = DeltaMerge.merge(ahead, 0, end);
        ahead = ahead.subList(end, ahead.size());
        return event;
    }

    private FollowStep give(LoggedEvent event) {
        after = event.cursor();
        ended = event.event() instanceof RunEvent.Finished;
        return event;
    }

    private Optional<AssistantMessage> answer() {
        return store.find(run).orElseThrow(() -> new NotFound("run")).answer();
    }

    /** The ending of a run whose log says no more; none when the viewer has had it. */
    private FollowStep endingOf(AssistantMessage answer) {
        boolean seen = log.read(run, after.previous(), 1) instanceof RunLog.Slice.Held held
                && held.events().stream().anyMatch(event -> event.event() instanceof RunEvent.Finished);
        ended = true;
        return seen
                ? FollowStep.Ended.ENDED
                : new LoggedEvent(Cursor.endOf(Math.max(1, after.epoch())), new RunEvent.Finished(answer));
    }
}
