package dev.daveloper.application.chat;

import dev.daveloper.application.chat.in.RunFollower;
import dev.daveloper.domain.chat.FollowStep;
import dev.daveloper.domain.failures.CursorGone;
import dev.daveloper.domain.failures.GatewayException;
import dev.daveloper.domain.failures.NotFound;
import dev.daveloper.domain.failures.StoreUnavailable;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Follows in a store that may be away for a while: its viewer is told, keeps its connection, and goes on where it
 * stood. A store that comes back empty is given the same time, in which the run's owner puts the run back.
 */
final class PatientFollower implements RunFollower {
    /** How long the store may be away before the viewer is sent away too. */
    static final Duration MAX_AWAY = Duration.ofSeconds(60);

    private static final Duration PAUSE = Duration.ofMillis(250);

    private final RunFollower follower;
    private boolean away;
    private long awaySinceNanos;
    private @Nullable FollowStep kept;

    PatientFollower(RunFollower follower) {
        this.follower = follower;
    }

    @Override
    public FollowStep next(Duration patience) throws InterruptedException {
        FollowStep before = kept;
        if (before != null) {
            kept = null;
            return before;
        }
        try {
            FollowStep step = follower.next(patience);
            return away ? back(step) : step;
        } catch (StoreUnavailable e) {
            return absent(e, patience);
        } catch (NotFound | CursorGone e) {
            if (!away) {
                throw e;
            }
            return absent(e, patience);
        }
    }

    private FollowStep back(FollowStep step) {
        away = false;
        kept = step;
        return FollowStep.Notice.STORE_AVAILABLE;
    }

    private FollowStep absent(GatewayException failure, Duration patience) throws InterruptedException {
        long now = System.nanoTime();
        if (!away) {
            away = true;
            awaySinceNanos = now;
            return FollowStep.Notice.STORE_UNAVAILABLE;
        }
        if (now - awaySinceNanos > MAX_AWAY.toNanos()) {
            throw failure;
        }
        LockSupport.parkNanos(Math.min(patience.toNanos(), PAUSE.toNanos()));
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return FollowStep.Quiet.QUIET;
    }

    @Override
    public void close() {
        follower.close();
    }
}
