package dev.daveloper.http.chat;

import dev.daveloper.application.chat.in.RunFollower;
import dev.daveloper.domain.chat.FollowStep;
import dev.daveloper.domain.chat.LoggedEvent;
import dev.daveloper.domain.chat.RunEvent;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.http.SseSource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One run's events for one viewer, up to its ending. For one thread. */
final class RunEvents implements SseSource {
    private final EventJson events;
    private final RunId run;
    private final RunFollower follower;
    private @Nullable FollowStep first;

    /** @param first what was pulled already; null when nothing was */
    RunEvents(EventJson events, RunId run, RunFollower follower, @Nullable FollowStep first) {
        this.events = events;
        this.run = run;
        this.follower = follower;
        this.first = first == FollowStep.Quiet.QUIET ? null : first;
    }

    @Override
    public Pulled next(Duration patience) throws InterruptedException {
        FollowStep pulled = first;
        first = null;
        FollowStep step = pulled == null ? follower.next(patience) : pulled;
        return switch (step) {
            case LoggedEvent logged ->
                new Event(events.serverSentEvent(run, logged), logged.event() instanceof RunEvent.Finished);
            case FollowStep.Notice notice -> new Event(events.serverSentEvent(run, notice), false);
            case FollowStep.Quiet quiet -> Quiet.QUIET;
            case FollowStep.Ended ended -> Ended.ENDED;
        };
    }
}
