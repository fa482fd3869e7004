package dev.daveloper.application.chat;

import dev.daveloper.domain.Ids;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.Lease;
import dev.daveloper.domain.chat.MessageId;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.sessions.SessionId;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a delta costs the thread that pulls it from the agent, while nobody watches. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class AppendBenchmark {
    private static final int DELTAS = 200;

    private final Ids ids = new Ids(InstantSource.system(), new SecureRandom());
    private final AgentEvent delta = new AgentEvent.TextDelta("word ");
    private final Run run = new Run(
            RunId.next(ids),
            SessionId.next(ids),
            MessageId.next(ids),
            MessageId.next(ids),
            InstantSource.system().instant(),
            false);

    @Benchmark
    @OperationsPerInvocation(DELTAS)
    public boolean append() {
        RunTail tail = new RunTail(new Lease(run, 1), ChatSettings.DEFAULT);
        boolean all = true;
        for (int i = 0; i < DELTAS; i++) {
            all &= tail.append(delta);
        }
        return all;
    }
}
