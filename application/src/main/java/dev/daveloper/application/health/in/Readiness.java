package dev.daveloper.application.health.in;

import dev.daveloper.domain.health.Status;
import java.util.List;

/**
 * Whether this node can take new work, and how well.
 *
 * @param away the components that fail, in the order of the report
 */
public record Readiness(Status status, Mode mode, List<String> away) {
    public Readiness {
        away = List.copyOf(away);
    }

    /** How a node serves. */
    public enum Mode {
        NORMAL("normal"),
        /** Without what a component that is not vital does; all else is served. */
        DEGRADED("degraded"),
        /** Something vital has never been well since the node was started. */
        STARTING("starting"),
        /** Something vital fails. */
        FAILING("failing"),
        /** It is being stopped: what is under way is finished, and nothing new is taken. */
        DRAINING("draining");

        private final String wireName;

        Mode(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }

        /** Whether new work may come. */
        public boolean takesWork() {
            return this == NORMAL || this == DEGRADED;
        }
    }
}
