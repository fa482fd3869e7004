package dev.daveloper.bootstrap.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** An answer that this node has made, at its end. The event's own duration begins where the agent is asked. */
@Name("daveloper.Run")
@Label("Run")
@Description("An answer that this node has made")
@Category("Daveloper")
@StackTrace(false)
final class RunMade extends Event {
    /** What the recorder takes for a time that is not known. */
    static final long UNKNOWN = Long.MIN_VALUE;

    @Label("Run Id")
    final String runId;

    @Label("Outcome")
    String outcome = "";

    @Label("Total")
    @Description("From its place among the runs until its viewers were told of its end")
    @Timespan(Timespan.NANOSECONDS)
    long total = UNKNOWN;

    @Label("Start")
    @Description("The gateway's own time until the agent was asked")
    @Timespan(Timespan.NANOSECONDS)
    final long start;

    @Label("First Delta")
    @Description("From its place among the runs until the agent's first words were there")
    @Timespan(Timespan.NANOSECONDS)
    long firstDelta = UNKNOWN;

    @Label("Finish")
    @Description("The gateway's own time from the agent's end until viewers were told")
    @Timespan(Timespan.NANOSECONDS)
    long finish = UNKNOWN;

    @Label("Sends")
    @Description("How often words were written towards viewers of this node who were waiting for them")
    int sends;

    RunMade(String runId, long startNanos) {
        this.runId = runId;
        this.start = startNanos;
    }

    RunMade spoke(long firstDeltaNanos, int times) {
        firstDelta = firstDeltaNanos;
        sends = times;
        return this;
    }

    RunMade ended(String how, long finishNanos, long totalNanos) {
        outcome = how;
        finish = finishNanos;
        total = totalNanos;
        return this;
    }
}
