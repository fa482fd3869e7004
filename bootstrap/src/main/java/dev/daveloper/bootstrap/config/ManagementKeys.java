package dev.daveloper.bootstrap.config;

import java.util.List;
import java.util.OptionalInt;

/** Where metrics and health are told, apart from what everybody reaches. */
final class ManagementKeys {
    static final Setting<String> HOST = Setting.of(
            "management.host",
            Kinds.FILLED_TEXT,
            "127.0.0.1",
            "Address on which metrics and health are told. Whoever reaches it may read them.");
    static final Setting<OptionalInt> PORT = Setting.of(
            "management.port",
            Kinds.OPTIONAL_PORT,
            Integer.toString(ManagementConfig.DEFAULT_PORT),
            "Port on which metrics and health are told; 0 takes one that is free, as the default does when it is taken;"
                    + " empty tells them nowhere.");

    static final Group GROUP = new Group("Management", List.of(HOST, PORT));

    private ManagementKeys() {}

    static ManagementConfig bind(Values values) {
        return new ManagementConfig(
                values.get(HOST),
                values.get(PORT),
                HealthKeys.bind(values),
                values.get(MetricsKeys.ENABLED),
                MetricsKeys.bind(values));
    }
}
