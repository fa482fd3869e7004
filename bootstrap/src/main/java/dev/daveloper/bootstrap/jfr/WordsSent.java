package dev.daveloper.bootstrap.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.SettingDefinition;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** Words that took long to get from the agent to a viewer who was waiting for them. */
@Name("daveloper.Send")
@Label("Send")
@Description("Words that were written towards a viewer who waited, when that took long")
@Category("Daveloper")
@StackTrace(false)
final class WordsSent extends Event {
    @Label("Run Id")
    final String runId;

    @Label("Took")
    @Description("From when they were heard from the agent until they were written towards the viewer")
    @Timespan(Timespan.NANOSECONDS)
    final long took;

    WordsSent(String runId, long tookNanos) {
        this.runId = runId;
        this.took = tookNanos;
    }

    @SettingDefinition
    @Name(SlowerThan.NAME)
    @Label("Slower Than")
    boolean slowerThan(SlowerThan least) {
        return least.isMetBy(took);
    }
}
