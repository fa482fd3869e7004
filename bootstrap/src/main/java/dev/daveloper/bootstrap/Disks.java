package dev.daveloper.bootstrap;

import dev.daveloper.application.health.out.HealthProbe;
import dev.daveloper.bootstrap.config.DocumentsChoice;
import dev.daveloper.bootstrap.config.GatewayConfig;
import dev.daveloper.bootstrap.config.StoresChoice;
import dev.daveloper.embedded.SpaceLimits;
import dev.daveloper.embedded.SpaceProbe;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The folders in which the gateway itself keeps something. */
final class Disks {
    private Disks() {}

    /** One for each of them. */
    static List<HealthProbe> probes(GatewayConfig config) {
        SpaceLimits limits = config.management().space();
        return folders(config).entrySet().stream()
                .<HealthProbe>map(folder -> SpaceProbe.of(folder.getKey(), folder.getValue(), limits))
                .toList();
    }

    /** By what lies in them. */
    private static Map<String, Path> folders(GatewayConfig config) {
        Map<String, Path> folders = new LinkedHashMap<>();
        Optional<Path> data = switch (config.stores()) {
            case StoresChoice.Embedded embedded -> embedded.config().directory();
            case StoresChoice.InRedis inRedis -> Optional.empty();
        };
        Optional<Path> documents = switch (config.documents()) {
            case DocumentsChoice.Embedded embedded -> embedded.config().directory();
            case DocumentsChoice.OverGrpc overGrpc -> Optional.empty();
            case DocumentsChoice.None none -> Optional.empty();
        };
        data.ifPresent(folder -> folders.put("data", folder));
        documents.ifPresent(folder -> folders.put("documents", folder));
        return folders;
    }
}
