package dev.daveloper.embedded;

import dev.daveloper.application.chat.out.RunStore.NewRun;
import dev.daveloper.application.testkit.Conversations;
import dev.daveloper.domain.chat.Lease;
import dev.daveloper.domain.chat.LoggedEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * Prints how many appends and how many turns a second the stores take from many runs at once. Arguments: an empty
 * directory, runs at once, seconds for each figure, and optionally {@code POWER_CUT}.
 */
final class StoresThroughput {
    private static final int DELTAS_PER_BATCH = 8;

    private StoresThroughput() {}

    public static void main(String[] args) throws Exception {
        int runs = Integer.parseInt(args[1]);
        Duration time = Duration.ofSeconds(Long.parseLong(args[2]));
        Durability durability = args.length > 3 ? Durability.valueOf(args[3]) : Durability.PROCESS_DEATH;
        EmbeddedStoresConfig config = EmbeddedStoresConfig.in(Path.of(args[0]), InstantSource.system())
                .with(durability);
        try (EmbeddedStores stores = EmbeddedStores.open(config)) {
            Conversations conversations = new Conversations(config.clock());
            for (String round : List.of("warm-up", "measured")) {
                print(
                        round + " appends of " + DELTAS_PER_BATCH + " deltas",
                        runs,
                        time,
                        () -> append(stores, conversations));
                print(round + " turns (begin and finish)", runs, time, () -> turn(stores, conversations));
            }
        }
    }

    private interface Step {
        void run();
    }

    private interface Talker {
        Step begin();
    }

    private static Step append(EmbeddedStores stores, Conversations conversations) {
        NewRun question = conversations.question("Why?").in(conversations.someSession());
        stores.runStore().begin(question);
        Lease lease = new Lease(question.run(), 1);
        String[] texts = new String[DELTAS_PER_BATCH];
        Arrays.fill(texts, "about so long ");
        long[] seq = {1};
        return () -> {
            List<LoggedEvent> batch = Conversations.deltas(lease, seq[0], texts);
            seq[0] += batch.size();
            stores.runLog().append(lease, batch);
        };
    }

    private static Step turn(EmbeddedStores stores, Conversations conversations) {
        var session = conversations.someSession();
        return () -> {
            NewRun question = conversations.question("Why is the sky blue?").in(session);
            stores.runStore().begin(question);
            stores.runStore()
                    .finish(new Lease(question.run(), 1), conversations.answer(question.run(), "Because. ".repeat(60)));
        };
    }

    private static void print(String what, int runs, Duration time, Talker talker) throws InterruptedException {
        LongAdder steps = new LongAdder();
        LongAdder tookMicros = new LongAdder();
        AtomicBoolean over = new AtomicBoolean();
        CountDownLatch ended = new CountDownLatch(runs);
        long cpuBefore = cpuMicros();
        long start = System.nanoTime();
        for (int i = 0; i < runs; i++) {
            Thread.ofVirtual().start(() -> {
                Step step = talker.begin();
                while (!over.get()) {
                    long before = System.nanoTime();
                    step.run();
                    tookMicros.add((System.nanoTime() - before) / 1000);
                    steps.increment();
                }
                ended.countDown();
            });
        }
        new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
        over.set(true);
        ended.await();
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "%s: %,.0f/s from %d at once, %.2f ms each on average, %.0f µs of CPU in the whole process%n",
                what,
                steps.sum() / seconds,
                runs,
                tookMicros.sum() / 1000.0 / steps.sum(),
                (double) (cpuMicros() - cpuBefore) / steps.sum());
    }

    private static long cpuMicros() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / 1000;
    }
}
