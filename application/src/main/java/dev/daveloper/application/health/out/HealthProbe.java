package dev.daveloper.application.health.out;

import dev.daveloper.domain.health.ErrorClass;
import dev.daveloper.domain.health.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Asks one component how it is. */
public interface HealthProbe {
    /** Of one component; what goes beyond them is not told. */
    int MAX_PARTS = 16;

    /** The component's name, such as {@code agent}. */
    String component();

    /** Whether the gateway is of no use without it; if not, its failure is a warning of the whole. */
    boolean vital();

    /** Asks; interrupted when it takes too long, and never called again before it has returned. */
    Finding check() throws InterruptedException;

    /**
     * What was found.
     *
     * @param detail what is amiss, for the operator, without hosts or secrets; empty when nothing is
     * @param error what kind of failure it is; empty when it is none
     * @param parts the servers that the component consists of, where there are such
     */
    record Finding(Status status, String detail, Optional<ErrorClass> error, List<Part> parts) {
        public static final Finding PASS = new Finding(Status.PASS, "");

        public Finding {
            parts = List.copyOf(parts);
        }

        /** Of no particular kind, if it is a failure. */
        public Finding(Status status, String detail) {
            this(status, detail, status == Status.FAIL ? Optional.of(ErrorClass.FAILED) : Optional.empty(), List.of());
        }

        public static Finding failing(ErrorClass error, String detail) {
            return new Finding(Status.FAIL, detail, Optional.of(error), List.of());
        }

        /** Works, and will not for long. */
        public static Finding warning(ErrorClass error, String detail) {
            return new Finding(Status.WARN, detail, Optional.of(error), List.of());
        }

        public Finding with(List<Part> others) {
            return new Finding(status, detail, error, others);
        }
    }

    /**
     * One of the servers of a component; none of them is vital by itself.
     *
     * @param name that it keeps for as long as it is known, such as {@code node-1}
     * @param address where it is, for administrators
     * @param latency how long it took to answer
     */
    record Part(String name, String address, Finding finding, Duration latency) {}
}
