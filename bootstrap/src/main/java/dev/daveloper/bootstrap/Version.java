package dev.daveloper.bootstrap;

import java.util.Optional;

/** Which version of the gateway this is. */
final class Version {
    static final String NAME = Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
            .orElse("in development");

    private Version() {}
}
