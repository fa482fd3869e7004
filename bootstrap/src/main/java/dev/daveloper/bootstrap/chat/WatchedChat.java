package dev.daveloper.bootstrap.chat;

import dev.daveloper.application.chat.in.Chat;
import dev.daveloper.application.chat.in.ChatRequest;
import dev.daveloper.application.chat.in.RunFollower;
import dev.daveloper.application.chat.in.StartedRun;
import dev.daveloper.application.ratelimits.in.Allowance;
import dev.daveloper.domain.Page;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.FollowStep;
import dev.daveloper.domain.chat.Message;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.chat.RunRecord;
import dev.daveloper.domain.sessions.SessionId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Chat that knows how many viewers it has: when the program stops, the transports are closed only after every viewer
 * was given the ending of its run.
 */
public final class WatchedChat implements Chat {
    private final Chat chat;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition fewer = lock.newCondition();
    private int viewers;

    public WatchedChat(Chat chat) {
        this.chat = chat;
    }

    /** Waits until nobody follows a run; answers false when patience ended first, as it does for a stuck viewer. */
    public boolean awaitNoViewers(Duration patience) throws InterruptedException {
        long nanos = patience.toNanos();
        lock.lock();
        try {
            while (viewers > 0 && nanos > 0) {
                nanos = fewer.awaitNanos(nanos);
            }
            return viewers == 0;
        } finally {
            lock.unlock();
        }
    }

    /** How many follow runs on this node at the moment. */
    public int viewers() {
        lock.lock();
        try {
            return viewers;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public RunFollower follow(SessionId session, RunId run, Cursor after) {
        RunFollower follower = chat.follow(session, run, after);
        count(1);
        return new Watched(follower);
    }

    private void count(int more) {
        lock.lock();
        try {
            viewers += more;
            fewer.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private final class Watched implements RunFollower {
        private final RunFollower follower;
        private final AtomicBoolean closed = new AtomicBoolean();

        Watched(RunFollower follower) {
            this.follower = follower;
        }

        @Override
        public FollowStep next(Duration patience) throws InterruptedException {
            return follower.next(patience);
        }

        @Override
        public void close() {
            follower.close();
            if (closed.compareAndSet(false, true)) {
                count(-1);
            }
        }
    }

    @Override
    public StartedRun start(SessionId session, ChatRequest request, Allowance allowance) throws InterruptedException {
        return chat.start(session, request, allowance);
    }

    @Override
    public Optional<AssistantMessage> await(SessionId session, RunId run, Duration patience)
            throws InterruptedException {
        return chat.await(session, run, patience);
    }

    @Override
    public RunRecord find(SessionId session, RunId run) {
        return chat.find(session, run);
    }

    @Override
    public Optional<Run> active(SessionId session) {
        return chat.active(session);
    }

    @Override
    public void cancel(SessionId session, RunId run) {
        chat.cancel(session, run);
    }

    @Override
    public Page<Message> history(SessionId session, PageRequest page) {
        return chat.history(session, page);
    }

    @Override
    public void clear(SessionId session) throws InterruptedException {
        chat.clear(session);
    }
}
