package dev.daveloper.application.testkit;

import dev.daveloper.application.chat.out.Agent;
import dev.daveloper.application.chat.out.AgentRequest;
import dev.daveloper.application.chat.out.AgentStream;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.AgentStep;
import dev.daveloper.domain.chat.Json;
import dev.daveloper.domain.chat.Tool;
import dev.daveloper.domain.chat.ToolResult;
import dev.daveloper.domain.failures.AgentTimeout;
import dev.daveloper.domain.failures.GatewayException;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.domain.failures.NotFound;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** An agent that says what the test has written down for it, and remembers what it was asked. */
public final class ScriptedAgent implements Agent {
    private final Function<AgentRequest, Script> scripts;
    private final List<ScriptedStream> opened = new CopyOnWriteArrayList<>();
    private volatile Optional<Duration> away = Optional.empty();

    private ScriptedAgent(Function<AgentRequest, Script> scripts) {
        this.scripts = scripts;
    }

    public static ScriptedAgent saying(String... deltas) {
        return following(request -> Script.say(deltas));
    }

    /** Each request gets the script that this function makes of it. */
    public static ScriptedAgent following(Function<AgentRequest, Script> scripts) {
        return new ScriptedAgent(scripts);
    }

    /** What happens in one answer, step by step. */
    public record Script(List<Line> lines) {
        public static Script say(String... deltas) {
            Script script = new Script(List.of());
            for (String delta : deltas) {
                script = script.then(new AgentEvent.TextDelta(delta));
            }
            return script;
        }

        public Script then(AgentEvent event) {
            return with(new Line.Say(event));
        }

        public Script thenSay(String delta) {
            return then(new AgentEvent.TextDelta(delta));
        }

        /** Says no more until the gate opens, or the stream is closed. */
        public Script thenWaitFor(CountDownLatch gate) {
            return with(new Line.Wait(gate));
        }

        /** Takes its time before it goes on, or until the stream is closed. */
        public Script thenPause(Duration time) {
            return with(new Line.Pause(time));
        }

        public Script thenFail(GatewayException failure) {
            return with(new Line.Fail(failure));
        }

        private Script with(Line line) {
            List<Line> all = new ArrayList<>(lines);
            all.add(line);
            return new Script(List.copyOf(all));
        }
    }

    /** One step of a script. */
    public sealed interface Line {
        record Say(AgentEvent event) implements Line {}

        record Wait(CountDownLatch gate) implements Line {}

        record Pause(Duration time) implements Line {}

        record Fail(GatewayException failure) implements Line {}
    }

    /** From now on this agent is known to be away. */
    public void goAway(Duration retryAfter) {
        away = Optional.of(retryAfter);
    }

    public void comeBack() {
        away = Optional.empty();
    }

    /** Every stream that was ever asked for, in the order of asking. */
    public List<ScriptedStream> streams() {
        return List.copyOf(opened);
    }

    public List<AgentRequest> requests() {
        return opened.stream().map(ScriptedStream::request).toList();
    }

    @Override
    public AgentStream answer(AgentRequest request) {
        ScriptedStream stream =
                new ScriptedStream(request, scripts.apply(request).lines());
        opened.add(stream);
        return stream;
    }

    @Override
    public Optional<Duration> unavailableFor() {
        return away;
    }

    @Override
    public List<Tool> tools() {
        return List.of(new Tool("echo", "Says what it is told.", new Json("{\"type\":\"object\"}")));
    }

    @Override
    public ToolResult testTool(String name, Json arguments) {
        if (!name.equals("echo")) {
            throw new NotFound("tool");
        }
        if (!arguments.text().startsWith("{")) {
            throw new InvalidRequest("#/arguments", "The arguments must be an object.");
        }
        return new ToolResult(true, arguments.text());
    }

    /** One answer by script. Once closed it says no more, wherever it stands. */
    public static final class ScriptedStream implements AgentStream {
        private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

        private final AgentRequest request;
        private final List<Line> lines;
        private final long startedNanos = System.nanoTime();
        private final CountDownLatch closed = new CountDownLatch(1);
        private int at;

        ScriptedStream(AgentRequest request, List<Line> lines) {
            this.request = request;
            this.lines = lines;
        }

        public AgentRequest request() {
            return request;
        }

        public boolean isClosed() {
            return closed.getCount() == 0;
        }

        public boolean awaitClosed(Duration patience) throws InterruptedException {
            return closed.await(patience.toNanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public AgentStep next(Duration patience) throws InterruptedException {
            while (!isClosed() && at < lines.size()) {
                switch (lines.get(at)) {
                    case Line.Say say -> {
                        at++;
                        return say.event();
                    }
                    case Line.Fail fail -> {
                        at = lines.size();
                        throw fail.failure();
                    }
                    case Line.Pause pause -> {
                        at++;
                        awaitClosed(pause.time());
                    }
                    case Line.Wait wait -> {
                        if (!pass(wait.gate(), patience) && !isClosed()) {
                            return AgentStep.Quiet.QUIET;
                        }
                    }
                }
            }
            return AgentStep.Ended.ENDED;
        }

        private boolean pass(CountDownLatch gate, Duration patience) throws InterruptedException {
            long deadline = System.nanoTime() + patience.toNanos();
            do {
                if (System.nanoTime() - startedNanos > request.budget().toNanos()) {
                    at = lines.size();
                    throw new AgentTimeout();
                }
                if (gate.await(LOOK_AGAIN.toNanos(), TimeUnit.NANOSECONDS)) {
                    at++;
                    return true;
                }
            } while (!isClosed() && System.nanoTime() < deadline);
            return false;
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }
}
