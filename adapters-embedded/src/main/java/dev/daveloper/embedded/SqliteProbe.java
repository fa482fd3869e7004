package dev.daveloper.embedded;

import dev.daveloper.application.health.out.HealthProbe;
import dev.daveloper.domain.failures.StoreUnavailable;
import dev.daveloper.domain.health.Status;
import dev.daveloper.stored.EpochNanos;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;

/** Writes a row and looks at the queues and at the space that is left. */
public final class SqliteProbe implements HealthProbe {
    /** From here on callers will soon be refused. */
    private static final int WARN_FILL_PERCENT = 80;

    private static final long WARN_FREE_BYTES = 256L << 20;

    private final Sqlite sqlite;
    private final InstantSource clock;
    private final String component;
    private final boolean vital;

    public SqliteProbe(Sqlite sqlite, InstantSource clock, String component, boolean vital) {
        this.sqlite = sqlite;
        this.clock = clock;
        this.component = component;
        this.vital = vital;
    }

    @Override
    public String component() {
        return component;
    }

    @Override
    public boolean vital() {
        return vital;
    }

    @Override
    public Finding check() throws InterruptedException {
        int fillPercent = sqlite.queueFillPercent();
        try {
            long now = EpochNanos.of(clock.instant());
            sqlite.writeInterruptibly(connection -> connection.update("UPDATE probe SET asked_at = ?", now));
            return fillPercent >= WARN_FILL_PERCENT
                    ? new Finding(Status.WARN, "The queue of work is " + fillPercent + " % full.")
                    : space();
        } catch (StoreUnavailable e) {
            return new Finding(Status.FAIL, "The database cannot be written to.");
        }
    }

    private Finding space() {
        if (sqlite.directory().isEmpty()) {
            return Finding.PASS;
        }
        try {
            long freeBytes = Files.getFileStore(sqlite.directory().get().path()).getUsableSpace();
            return freeBytes < WARN_FREE_BYTES
                    ? new Finding(Status.WARN, "Only " + (freeBytes >> 20) + " MiB are left for data.")
                    : Finding.PASS;
        } catch (IOException e) {
            return new Finding(Status.WARN, "The space that is left for data is not known.");
        }
    }
}
