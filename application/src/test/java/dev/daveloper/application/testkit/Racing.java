package dev.daveloper.application.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Does the same thing on many threads at the same moment. */
public final class Racing {
    private static final int PATIENCE_SECONDS = 60;

    private Racing() {}

    /** What each of the racers got, in the order of their numbers from 0 on; the first failure is thrown. */
    public static <T> List<T> race(int racers, IntFunction<T> step) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < racers; i++) {
                int racer = i;
                Callable<T> run = () -> {
                    start.await();
                    return step.apply(racer);
                };
                running.add(threads.submit(run));
            }
            start.countDown();
            List<T> results = new ArrayList<>();
            for (Future<T> future : running) {
                results.add(future.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
            }
            return results;
        }
    }
}
