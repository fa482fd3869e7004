package dev.daveloper.application.health.in;

import dev.daveloper.domain.health.ComponentHealth;
import dev.daveloper.domain.health.Status;
import java.util.List;

/** How the gateway and what it depends on are. Safe for use by many threads. */
public interface Health {
    /** Asks every component, in parallel and with a limit of time; an answer of the last second is given again. */
    Report report();

    /** Whether this node can take new work: it is not shutting down, and nothing that is vital to it fails. */
    boolean ready();

    /** @param status the worst of what the components say, with a component that is not vital counting as a warning */
    record Report(Status status, List<ComponentHealth> components) {
        public Report {
            components = List.copyOf(components);
        }
    }
}
