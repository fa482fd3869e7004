package dev.daveloper.application.chat.in;

import dev.daveloper.domain.chat.FollowStep;
import java.time.Duration;

/**
 * A viewer's place in a run's log. Events come in order, gapless from where the viewer joined, each once; the last is
 * {@link dev.daveloper.domain.chat.RunEvent.Finished}, exactly one. A viewer that is behind gets adjacent deltas merged
 * into one. One thread pulls at a time; nothing is buffered for a viewer that does not.
 *
 * <p>Any thread may close it; closing detaches the viewer and never cancels the run.
 */
public interface RunFollower extends AutoCloseable {
    /**
     * The next event, waiting for it no longer than this. The first delta is given at once.
     *
     * @return the event, {@link FollowStep.Quiet} when patience ended, {@link FollowStep.Ended} when the run's ending
     *     has been given before or lay behind the cursor
     * @throws dev.daveloper.domain.failures.CursorGone when the log was forgotten while it was read
     */
    FollowStep next(Duration patience) throws InterruptedException;

    @Override
    void close();
}
