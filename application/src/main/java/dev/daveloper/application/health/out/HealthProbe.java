package dev.daveloper.application.health.out;

import dev.daveloper.domain.health.Status;

/** Asks one component how it is. */
public interface HealthProbe {
    /** The component's name, such as {@code agent}. */
    String component();

    /** Whether the gateway is of no use without it; if not, its failure is a warning of the whole. */
    boolean vital();

    /** Asks; interrupted when it takes too long. */
    Finding check() throws InterruptedException;

    /** @param detail what is amiss, for the operator, without hosts or secrets; empty when nothing is */
    record Finding(Status status, String detail) {
        public static final Finding PASS = new Finding(Status.PASS, "");
    }
}
