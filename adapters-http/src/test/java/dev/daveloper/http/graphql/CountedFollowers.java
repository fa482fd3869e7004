package dev.daveloper.http.graphql;

import dev.daveloper.application.chat.in.Chat;
import dev.daveloper.application.chat.in.RunFollower;
import dev.daveloper.domain.chat.FollowStep;
import dev.daveloper.http.HttpPorts;
import dev.daveloper.http.OtherPorts;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the real chat's followers that are open. */
final class CountedFollowers {
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger ever = new AtomicInteger();

    /** Those that are open. */
    int open() {
        return open.get();
    }

    /** Those that were ever opened. */
    int ever() {
        return ever.get();
    }

    HttpPorts at(HttpPorts ports) {
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
        private final RunFollower real;
        private boolean closed;

        Counted(RunFollower real) {
            this.real = real;
            open.incrementAndGet();
            ever.incrementAndGet();
        }

        @Override
        public FollowStep next(Duration patience) throws InterruptedException {
            return real.next(patience);
        }

        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                open.decrementAndGet();
            }
            real.close();
        }
    }
}
