package dev.daveloper.bootstrap.jfr;

import dev.daveloper.application.chat.out.RunListener;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.RunId;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Makes events of the flight recorder of the steps of answers. As long as nobody has ever recorded, a step costs one
 * look at a flag; the events' classes are loaded when somebody does. Safe for use by many threads.
 */
final class RecordedRuns implements RunListener {
    /** Twice the answers that a node makes at once: more only if some never ended, and then any one is forgotten. */
    static final int MAX_RUNS = 10_000;

    private final Map<RunId, Steps> begun = new ConcurrentHashMap<>();

    /** Where somebody records from the start, no answer has to wait until the classes are loaded. */
    RecordedRuns() {
        if (FlightRecorder.isInitialized()) {
            Types.load();
        }
    }

    /** Apart from the listener, because these classes come from the recorder and start it. */
    private static final class Types {
        static final EventType RUN = EventType.getEventType(RunMade.class);
        static final EventType APPEND = EventType.getEventType(LogAppended.class);
        static final EventType SEND = EventType.getEventType(WordsSent.class);

        /** By being called. */
        static void load() {}
    }

    /** What is known of a run that is not over yet. */
    private record Steps(RunMade event, AtomicLong firstDeltaNanos, AtomicInteger sends) {
        Steps(RunMade event) {
            this(event, new AtomicLong(RunMade.UNKNOWN), new AtomicInteger());
        }
    }

    @Override
    public void asked(RunId run, long nanos) {
        if (FlightRecorder.isInitialized() && Types.RUN.isEnabled()) {
            if (begun.size() >= MAX_RUNS) {
                forgetOne();
            }
            Steps steps = new Steps(new RunMade(run.value(), nanos));
            steps.event.begin();
            begun.put(run, steps);
        }
    }

    @Override
    public void firstDelta(RunId run, long nanos) {
        if (FlightRecorder.isInitialized()) {
            Steps steps = begun.get(run);
            if (steps != null) {
                steps.firstDeltaNanos.set(nanos);
            }
        }
    }

    @Override
    public void sent(RunId run, long nanos) {
        if (FlightRecorder.isInitialized()) {
            Steps steps = begun.get(run);
            if (steps != null) {
                steps.sends.incrementAndGet();
            }
            if (Types.SEND.isEnabled()) {
                new WordsSent(run.value(), nanos).commit();
            }
        }
    }

    @Override
    public void appended(RunId run, int events, long nanos) {
        if (FlightRecorder.isInitialized() && Types.APPEND.isEnabled()) {
            new LogAppended(run.value(), events, nanos).commit();
        }
    }

    @Override
    public void finished(RunId run, AssistantMessage answer, long finishNanos, long nanos) {
        if (FlightRecorder.isInitialized()) {
            Steps steps = begun.remove(run);
            if (Types.RUN.isEnabled()) {
                event(run, steps)
                        .ended(answer.outcome().wireName(), finishNanos, nanos)
                        .commit();
            }
        }
    }

    /** How many runs it knows that are not over yet. */
    int begun() {
        return begun.size();
    }

    /** Of a run that began before the recording did, only the end is known. */
    private static RunMade event(RunId run, @Nullable Steps steps) {
        if (steps == null) {
            return new RunMade(run.value(), RunMade.UNKNOWN);
        }
        return steps.event.spoke(steps.firstDeltaNanos.get(), steps.sends.get());
    }

    private void forgetOne() {
        Iterator<RunId> any = begun.keySet().iterator();
        if (any.hasNext()) {
            any.next();
            any.remove();
        }
    }
}
