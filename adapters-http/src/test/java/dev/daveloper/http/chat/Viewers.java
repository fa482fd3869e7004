package dev.daveloper.http.chat;

import dev.daveloper.application.chat.in.Chat;
import dev.daveloper.application.chat.in.RunFollower;
import dev.daveloper.domain.chat.FollowStep;
import dev.daveloper.http.HttpPorts;
import dev.daveloper.http.OtherPorts;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts who follows a run through the ports, and who has stopped. */
public final class Viewers {
    private final AtomicInteger began = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();

    public int following() {
        return began.get() - ended.get();
    }

    public int ended() {
        return ended.get();
    }

    public HttpPorts watching(HttpPorts ports) {
        Chat chat = (Chat) Proxy.newProxyInstance(
                Chat.class.getClassLoader(), new Class<?>[] {Chat.class}, (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(ports.chat(), arguments);
                        return result instanceof RunFollower follower ? new Counted(follower) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return OtherPorts.with(ports, chat);
    }

    private final class Counted implements RunFollower {
        private final RunFollower follower;

        Counted(RunFollower follower) {
            this.follower = follower;
            began.incrementAndGet();
        }

        @Override
        public FollowStep next(Duration patience) throws InterruptedException {
            return follower.next(patience);
        }

        @Override
        public void close() {
            follower.close();
            ended.incrementAndGet();
        }
    }
}
