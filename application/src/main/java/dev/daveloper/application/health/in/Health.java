package dev.daveloper.application.health.in;

import dev.daveloper.domain.health.ComponentHealth;
import dev.daveloper.domain.health.Status;
import java.util.List;
import java.util.Map;

/**
 * How the gateway and what it depends on are. Every answer is what is known; nobody waits for a component that does not
 * answer, except once, right after the start. Safe for use by many threads.
 */
public interface Health {
    /** What every component said last. */
    Report report();

    /** Whether this node can take new work, and how well it serves. */
    Readiness readiness();

    /** As {@link #report}, with what the whole and its components were before. */
    History history();

    /** @param status the worst of what the components say, with a component that is not vital counting as a warning */
    record Report(Status status, List<ComponentHealth> components) {
        public Report {
            components = List.copyOf(components);
        }
    }

    /**
     * @param report the latest
     * @param whole what its status was, always with a component that is not vital counting as a warning
     * @param components by name, in the order of the report
     */
    record History(Report report, Timeline whole, Map<String, Timeline> components) {}
}
