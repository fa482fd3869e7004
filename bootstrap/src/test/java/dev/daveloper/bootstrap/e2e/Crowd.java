package dev.daveloper.bootstrap.e2e;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Several visitors at work at the same time, each with a session and a connection of its own. */
final class Crowd implements AutoCloseable {
    private static final int SIZE = 6;

    private final ExecutorService threads = Executors.newFixedThreadPool(SIZE);
    private final List<Member> members = new ArrayList<>();

    /** One of them. For one thread. */
    record Member(Visitor visitor, Wire wire) {}

    /** Something to do that may fail. */
    interface Task<T> {
        void work(Member member, T item) throws Exception;
    }

    Crowd(URI base) throws Exception {
        for (int i = 0; i < SIZE; i++) {
            members.add(new Member(Visitor.at(base), new Wire(base)));
        }
    }

    /** Shares the items out, and fails as the first of its members does. */
    <T> void each(List<T> items, Task<T> task) throws Exception {
        List<Future<?>> parts = new ArrayList<>();
        for (int part = 0; part < SIZE; part++) {
            int first = part;
            parts.add(threads.submit(() -> {
                for (int i = first; i < items.size(); i += SIZE) {
                    task.work(members.get(first), items.get(i));
                }
                return null;
            }));
        }
        for (Future<?> part : parts) {
            try {
                part.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof AssertionError failed) {
                    throw failed;
                }
                throw e;
            }
        }
    }

    List<Visitor> visitors() {
        return members.stream().map(Member::visitor).toList();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        members.forEach(member -> member.wire().close());
    }
}
