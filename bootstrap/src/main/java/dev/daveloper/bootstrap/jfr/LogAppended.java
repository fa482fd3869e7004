package dev.daveloper.bootstrap.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.SettingDefinition;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** A batch of a run's events that the store was slow to take. */
@Name("daveloper.LogAppend")
@Label("Log Append")
@Description("A batch of a run's events that was written to the store, when that took long")
@Category("Daveloper")
@StackTrace(false)
final class LogAppended extends Event {
    @Label("Run Id")
    final String runId;

    @Label("Events")
    final int events;

    @Label("Took")
    @Description("How long the store took")
    @Timespan(Timespan.NANOSECONDS)
    final long took;

    LogAppended(String runId, int events, long tookNanos) {
        this.runId = runId;
        this.events = events;
        this.took = tookNanos;
    }

    @SettingDefinition
    @Name(SlowerThan.NAME)
    @Label("Slower Than")
    boolean slowerThan(SlowerThan least) {
        return least.isMetBy(took);
    }
}
