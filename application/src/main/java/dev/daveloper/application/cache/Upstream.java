package dev.daveloper.application.cache;

import dev.daveloper.domain.failures.FailureCode;
import dev.daveloper.domain.failures.GatewayException;
import java.util.EnumSet;
import java.util.Set;

/** Tells whoever could not make something from whoever was asked for something that there is not. */
final class Upstream {
    private static final Set<FailureCode> FAILURES = EnumSet.of(
            FailureCode.AGENT_UNAVAILABLE,
            FailureCode.AGENT_TIMEOUT,
            FailureCode.AGENT_FAILED,
            FailureCode.DOCUMENTS_UNAVAILABLE,
            FailureCode.DOCUMENTS_FAILED,
            FailureCode.DOCUMENTS_BUSY,
            FailureCode.STORE_UNAVAILABLE,
            FailureCode.OVERLOADED);

    private Upstream() {}

    static boolean failedBy(GatewayException failure) {
        return FAILURES.contains(failure.code());
    }
}
