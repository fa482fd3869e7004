package dev.daveloper.bootstrap.config;

/** How the program logs. */
public record LogConfig(Format format, Level level) {
    /** The form of a line. */
    public enum Format {
        AUTO,
        TEXT,
        JSON
    }

    /** From which level on; the names are those of the logging library. */
    public enum Level {
        ERROR,
        WARN,
        INFO,
        DEBUG
    }
}
