package dev.daveloper.bootstrap.config;

import dev.daveloper.embedded.SpaceLimits;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where operators' tools ask, apart from everybody else.
 *
 * @param port 0 takes one that is free; empty, and nothing listens
 * @param space from when on a disk counts as unwell
 * @param measures whether anything is measured
 * @param sent where metrics are sent as well; empty for nowhere
 */
public record ManagementConfig(
        String host, OptionalInt port, SpaceLimits space, boolean measures, Optional<MetricsTarget> sent) {
    /** One that is not asked for by name yields to whoever has it already. */
    public static final int DEFAULT_PORT = 8081;
}
