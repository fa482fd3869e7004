package dev.daveloper.embedded;

import dev.daveloper.application.health.out.HealthProbe;
import dev.daveloper.domain.failures.StoreUnavailable;
import dev.daveloper.domain.health.ErrorClass;
import dev.daveloper.stored.EpochNanos;
import java.time.InstantSource;

/** Writes a row and looks at the queues. */
public final class SqliteProbe implements HealthProbe {
    /** From here on callers will soon be refused. */
    private static final int WARN_FILL_PERCENT = 80;

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
                    ? Finding.warning(ErrorClass.FULL, "The queue of work is " + fillPercent + " % full.")
                    : Finding.PASS;
        } catch (StoreUnavailable e) {
            return Finding.failing(ErrorClass.UNAVAILABLE, "The database cannot be written to.");
        }
    }
}
