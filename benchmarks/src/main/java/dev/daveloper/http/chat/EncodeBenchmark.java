package dev.daveloper.http.chat;

import dev.daveloper.domain.Ids;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.LoggedEvent;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.http.requests.JsonCodec;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to write one delta for one viewer. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class EncodeBenchmark {
    private static final int MAX_CHARS = 1 << 20;

    private final EventJson events = new EventJson(new JsonCodec(MAX_CHARS));
    private final RunId run = RunId.next(new Ids(InstantSource.system(), new SecureRandom()));
    private LoggedEvent logged;

    /** One that is copied as it is, and one of which every character has to be looked at. */
    @Param({"plain", "escaped"})
    public String text;

    @Setup
    public void say() {
        String said = text.equals("plain") ? "a few words of an answer " : "\"a few\"\nwords of «an» answer ";
        logged = new LoggedEvent(new Cursor(1, 42), new AgentEvent.TextDelta(said));
    }

    @Benchmark
    public byte[] serverSentEvent() {
        return events.serverSentEvent(run, logged);
    }

    @Benchmark
    public String webSocketMessage() {
        return events.text(run, logged);
    }
}
