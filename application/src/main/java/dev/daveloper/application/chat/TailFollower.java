package dev.daveloper.application.chat;

import dev.daveloper.application.chat.in.RunFollower;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.FollowStep;
import dev.daveloper.domain.chat.LoggedEvent;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Follows a run that this node makes, in memory. Should the run leave this node, it goes on in the store's log from
 * where it stands.
 */
final class TailFollower implements RunFollower {
    private final LiveRun live;
    private final RunTail tail;
    private final Runnable leave;
    private final Function<Cursor, RunFollower> elsewhere;
    private Cursor after;
    private int position;
    private boolean toldAway;
    /** When that was heard which was given last, if the reader had been waiting for it. */
    private long givenNanos = Taken.OLD;

    private volatile @Nullable RunFollower onward;

    TailFollower(LiveRun live, Cursor after, Function<Cursor, RunFollower> elsewhere) {
        this.live = live;
        this.tail = live.tail();
        this.leave = live.joined();
        this.elsewhere = elsewhere;
        this.after = after;
        this.position = tail.positionOf(after);
    }

    @Override
    public FollowStep next(Duration patience) throws InterruptedException {
        RunFollower moved = onward;
        if (moved != null) {
            return moved.next(patience);
        }
        noteSent();
        Taken taken = tail.take(position, toldAway, patience);
        if (taken.position() < 0) {
            moved = elsewhere.apply(after);
            onward = moved;
            return moved.next(patience);
        }
        position = taken.position();
        if (taken.step() instanceof LoggedEvent event) {
            after = event.cursor();
            givenNanos = event.event() instanceof AgentEvent.TextDelta ? taken.heardNanos() : Taken.OLD;
        } else if (taken.step() instanceof FollowStep.Notice notice) {
            toldAway = notice == FollowStep.Notice.STORE_UNAVAILABLE;
        }
        return taken.step();
    }

    /** Who asks for more has written what was given before. */
    private void noteSent() {
        if (givenNanos != Taken.OLD) {
            live.sent(System.nanoTime() - givenNanos);
            givenNanos = Taken.OLD;
        }
    }

    @Override
    public void close() {
        leave.run();
        RunFollower open = onward;
        if (open != null) {
            open.close();
        }
    }
}
