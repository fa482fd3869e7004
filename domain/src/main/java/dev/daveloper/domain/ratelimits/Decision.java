package dev.daveloper.domain.ratelimits;

import java.util.List;

/** What all policies together say of a request. Either all that was asked for is taken, or nothing is. */
public sealed interface Decision {
    /** How the caller stands with each policy, in the order of the questions. */
    List<Standing> standings();

    record Admitted(List<Standing> standings) implements Decision {
        public Admitted {
            standings = List.copyOf(standings);
        }
    }

    record Refused(List<Standing> standings) implements Decision {
        public Refused {
            standings = List.copyOf(standings);
        }
    }

    /** The decision that follows from what each policy says: one that is violated refuses for all. */
    static Decision of(List<Standing> standings) {
        for (Standing standing : standings) {
            if (standing.isViolated()) {
                return new Refused(standings);
            }
        }
        return new Admitted(standings);
    }
}
