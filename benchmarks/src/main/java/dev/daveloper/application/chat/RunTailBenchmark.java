package dev.daveloper.application.chat;

import dev.daveloper.domain.Ids;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.Lease;
import dev.daveloper.domain.chat.LoggedEvent;
import dev.daveloper.domain.chat.MessageId;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.chat.RunEvent;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.chat.RunOutcome;
import dev.daveloper.domain.chat.Transcript;
import dev.daveloper.domain.sessions.SessionId;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a delta costs from the agent's thread to every viewer, over one tail that all follow, against the usual
 * alternative: a bounded queue per viewer, into which every delta is put. Quote the ratio of the two, from one run.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class RunTailBenchmark {
    private static final int DELTAS = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Ids ids = new Ids(InstantSource.system(), new SecureRandom());
    private final AgentEvent delta = new AgentEvent.TextDelta("word ");

    @Param({"1", "10"})
    public int viewers;

    @Benchmark
    @OperationsPerInvocation(DELTAS)
    public void oneTailThatAllFollow() throws InterruptedException {
        Run run = new Run(
                RunId.next(ids),
                SessionId.next(ids),
                MessageId.next(ids),
                MessageId.next(ids),
                InstantSource.system().instant(),
                false);
        RunTail tail = new RunTail(new Lease(run, 1), ChatSettings.DEFAULT);
        List<Thread> following = new ArrayList<>();
        for (int i = 0; i < viewers; i++) {
            following.add(Thread.ofVirtual().start(() -> follow(tail)));
        }
        for (int i = 0; i < DELTAS; i++) {
            tail.append(delta);
        }
        tail.append(new RunEvent.Finished(
                new Transcript(run, 1).finish(RunOutcome.COMPLETED, Optional.empty(), run.startedAt())));
        for (Thread thread : following) {
            thread.join();
        }
    }

    @Benchmark
    @OperationsPerInvocation(DELTAS)
    public void oneQueuePerViewer() throws InterruptedException {
        List<BlockingQueue<LoggedEvent>> queues = new ArrayList<>();
        List<Thread> following = new ArrayList<>();
        for (int i = 0; i < viewers; i++) {
            BlockingQueue<LoggedEvent> queue = new ArrayBlockingQueue<>(64);
            queues.add(queue);
            following.add(Thread.ofVirtual().start(() -> drain(queue)));
        }
        for (int i = 0; i < DELTAS; i++) {
            LoggedEvent event = new LoggedEvent(new Cursor(1, i + 1L), delta);
            for (BlockingQueue<LoggedEvent> queue : queues) {
                queue.put(event);
            }
        }
        for (Thread thread : following) {
            thread.join();
        }
    }

    private static void follow(RunTail tail) {
        try {
            int position = 0;
            while (true) {
                Taken taken = tail.take(position, false, PATIENCE);
                position = taken.position();
                if (taken.step() instanceof LoggedEvent event && event.event() instanceof RunEvent.Finished) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void drain(BlockingQueue<LoggedEvent> queue) {
        try {
            for (int i = 0; i < DELTAS; i++) {
                queue.take();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
