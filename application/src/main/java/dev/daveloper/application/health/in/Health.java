package dev.daveloper.application.health.in;

import dev.daveloper.domain.health.ComponentHealth;
import dev.daveloper.domain.health.Status;
import java.util.List;
import java.util.Map;

/** How the gateway and what it depends on are. Safe for use by many threads. */
public interface Health {
    /** Asks every component, in parallel and with a limit of time; an answer of the last second is given again. */
    Report report();

    /** Whether this node can take new work: it is not shutting down, and nothing that is vital to it fails. */
    boolean ready();

    /** As {@link #report}, with what the whole and its components were before, as far as somebody asked for it. */
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
