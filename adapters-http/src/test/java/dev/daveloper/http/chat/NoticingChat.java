package dev.daveloper.http.chat;

import dev.daveloper.application.chat.in.Chat;
import dev.daveloper.application.chat.in.RunFollower;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.FollowStep;
import dev.daveloper.domain.chat.FollowStep.Notice;
import dev.daveloper.domain.chat.LoggedEvent;
import dev.daveloper.http.HttpPorts;
import dev.daveloper.http.OtherPorts;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;

/** The real chat, whose viewers are told before each delta that the store is away, or, every other time, back. */
final class NoticingChat {
    private NoticingChat() {}

    static HttpPorts at(HttpPorts ports) {
        Chat chat = (Chat) Proxy.newProxyInstance(
                Chat.class.getClassLoader(), new Class<?>[] {Chat.class}, (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(ports.chat(), arguments);
                        return result instanceof RunFollower follower ? new Noticing(follower) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return OtherPorts.with(ports, chat);
    }

    private static final class Noticing implements RunFollower {
        private final RunFollower real;
        private final Queue<FollowStep> ahead = new ArrayDeque<>();
        private Iterator<Notice> notices = List.of(Notice.values()).iterator();

        Noticing(RunFollower real) {
            this.real = real;
        }

        @Override
        public FollowStep next(Duration patience) throws InterruptedException {
            if (!ahead.isEmpty()) {
                return ahead.remove();
            }
            FollowStep step = real.next(patience);
            if (step instanceof LoggedEvent logged && logged.event() instanceof AgentEvent.TextDelta) {
                ahead.add(step);
                return nextNotice();
            }
            return step;
        }

        private Notice nextNotice() {
            if (!notices.hasNext()) {
                notices = List.of(Notice.values()).iterator();
            }
            return notices.next();
        }

        @Override
        public void close() {
            real.close();
        }
    }
}
