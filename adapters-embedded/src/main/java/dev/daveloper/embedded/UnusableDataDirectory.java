package dev.daveloper.embedded;

import java.nio.file.Path;

/**
 * The data directory cannot be used, so the stores do not open. The message is for the operator: it names the
 * directory, what is amiss and what to do.
 */
public final class UnusableDataDirectory extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnusableDataDirectory(Path directory, String amiss) {
        super("The data directory " + directory + " cannot be used: " + amiss);
    }

    public UnusableDataDirectory(Path directory, String amiss, Throwable cause) {
        super("The data directory " + directory + " cannot be used: " + amiss, cause);
    }
}
