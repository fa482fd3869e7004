package dev.daveloper.bootstrap.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The space on the disks that something is kept on. They are looked at no more often than every ten seconds. */
final class DiskMetrics {
    private static final Duration GOOD_FOR = Duration.ofSeconds(10);

    private DiskMetrics() {}

    private record Space(double free, double size) {
        static final Space UNKNOWN = new Space(Double.NaN, Double.NaN);

        static Space of(Path directory) {
            try {
                FileStore disk = Files.getFileStore(directory);
                return new Space(disk.getUsableSpace(), disk.getTotalSpace());
            } catch (IOException e) {
                return UNKNOWN;
            }
        }
    }

    /** @param volume what is kept there, in a word */
    static void register(MeterRegistry registry, String volume, Path directory) {
        Glance<Space> glance = new Glance<>(() -> Space.of(directory), GOOD_FOR);
        Gauge.builder("daveloper.disk.free", () -> glance.get().free())
                .description("What is left on the disk for this process.")
                .baseUnit("bytes")
                .tag("volume", volume)
                .register(registry);
        Gauge.builder("daveloper.disk.size", () -> glance.get().size())
                .description("How large the disk is.")
                .baseUnit("bytes")
                .tag("volume", volume)
                .register(registry);
    }
}
