package dev.daveloper.embedded;

import dev.daveloper.application.health.out.HealthProbe;
import dev.daveloper.domain.health.ErrorClass;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** Looks how much space is left on the volume of a folder. */
public final class SpaceProbe implements HealthProbe {
    /** A volume, looked at. */
    interface Volume {
        Space look() throws IOException;
    }

    /** In bytes; free for this process. */
    record Space(long free, long total) {}

    private final String component;
    private final Volume volume;
    private final SpaceLimits limits;

    SpaceProbe(String component, Volume volume, SpaceLimits limits) {
        this.component = component;
        this.volume = volume;
        this.limits = limits;
    }

    /** @param what lies in the folder, which is told as {@code disk:what} */
    public static SpaceProbe of(String what, Path folder, SpaceLimits limits) {
        return new SpaceProbe(
                "disk:" + what,
                () -> {
                    FileStore store = Files.getFileStore(folder);
                    return new Space(store.getUsableSpace(), store.getTotalSpace());
                },
                limits);
    }

    @Override
    public String component() {
        return component;
    }

    /** Whether the last bytes suffice is what those find out who write. */
    @Override
    public boolean vital() {
        return false;
    }

    @Override
    public Finding check() {
        try {
            Space space = volume.look();
            if (space.free() < limits.failBytes()) {
                return Finding.failing(ErrorClass.FULL, left(space));
            }
            return space.free() < limits.warnBelow(space.total())
                    ? Finding.warning(ErrorClass.FULL, left(space))
                    : Finding.PASS;
        } catch (IOException e) {
            return Finding.warning(ErrorClass.FAILED, "The space that is left is not known.");
        }
    }

    private static String left(Space space) {
        return "Only " + (space.free() >> 20) + " of " + (space.total() >> 20) + " MiB are left.";
    }
}
