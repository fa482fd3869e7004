package dev.daveloper.bootstrap.jfr;

import dev.daveloper.application.chat.out.RunListener;
import dev.daveloper.domain.Ids;
import dev.daveloper.domain.chat.RunId;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a delta that was sent costs whoever hears of it: nobody, the flight recorder while nobody records, after one
 * did, while the slow ones are recorded and none is slow, and while every one is. The reading of the clock is in all.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RunListenerBenchmark {
    private final RunId run = RunId.next(new Ids(InstantSource.system(), new SecureRandom()));

    @Param({"nobody", "never recorded", "recorded before", "slow ones", "every one"})
    public String heard = "nobody";

    private RunListener listener = RunListener.NONE;
    private @Nullable Recording recording;

    @Setup
    public void listen() {
        if (heard.equals("nobody")) {
            return;
        }
        listener = new RecordedRuns();
        if (heard.equals("never recorded")) {
            return;
        }
        Recording begun = new Recording();
        begun.setMaxSize(10_000_000);
        if (heard.equals("every one")) {
            begun.enable("daveloper.Send").with(SlowerThan.NAME, "0 ms");
        }
        begun.start();
        listener.asked(run, 0);
        if (heard.equals("recorded before")) {
            begun.close();
        } else {
            recording = begun;
        }
    }

    @TearDown
    public void stop() {
        if (recording != null) {
            recording.close();
        }
    }

    @Benchmark
    public void aDeltaIsSent() {
        long heardNanos = System.nanoTime();
        listener.sent(run, System.nanoTime() - heardNanos);
    }
}
