package dev.daveloper.bootstrap.config;

import java.util.List;
import java.util.Map;

/** What is written to the log, which goes to standard error. */
final class LogKeys {
    static final Setting<LogConfig.Format> FORMAT = Setting.of(
            "log.format",
            Kinds.choice(Map.of(
                    "auto", LogConfig.Format.AUTO, "text", LogConfig.Format.TEXT, "json", LogConfig.Format.JSON)),
            "auto",
            "Lines for people or one JSON object per line; auto is text on a terminal and JSON elsewhere.");
    static final Setting<LogConfig.Level> LEVEL = Setting.of(
            "log.level",
            Kinds.choice(Map.of(
                    "error", LogConfig.Level.ERROR,
                    "warn", LogConfig.Level.WARN,
                    "info", LogConfig.Level.INFO,
                    "debug", LogConfig.Level.DEBUG)),
            "info",
            "From which level on; debug adds the start of every answer. No level shows what people write.");

    static final Group GROUP = new Group("Log (to standard error)", List.of(FORMAT, LEVEL));

    private LogKeys() {}

    static LogConfig bind(Values values) {
        return new LogConfig(values.get(FORMAT), values.get(LEVEL));
    }
}
