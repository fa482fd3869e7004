package dev.daveloper.embedded.chat;

import dev.daveloper.application.chat.out.RunStore.Standing;
import dev.daveloper.domain.chat.Lease;
import dev.daveloper.embedded.Sqlite;
import dev.daveloper.embedded.SqliteConnection;
import dev.daveloper.stored.EpochNanos;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who owns which run, and until when. */
final class RunLeases {
    private final Sqlite sqlite;
    private final InstantSource clock;

    RunLeases(Sqlite sqlite, InstantSource clock) {
        this.sqlite = sqlite;
        this.clock = clock;
    }

    void endAll() {
        sqlite.write(connection -> connection.update("UPDATE runs SET lease_until = 0 WHERE ended_at IS NULL"));
    }

    Map<Lease, Standing> renew(Collection<Lease> leases, Duration leaseFor) {
        long until = EpochNanos.of(clock.instant().plus(leaseFor));
        return sqlite.write(connection -> {
            Map<Lease, Standing> standings = new HashMap<>();
            for (Lease lease : leases) {
                int renewed = connection.update(
                        "UPDATE runs SET lease_until = ? WHERE id = ? AND epoch = ? AND ended_at IS NULL",
                        until,
                        lease.run().id().value(),
                        lease.epoch());
                standings.put(lease, renewed == 1 ? Standing.OWNED : standing(connection, lease));
            }
            return standings;
        });
    }

    List<Lease> takeOverExpired(Duration leaseFor, int max) {
        Instant now = clock.instant();
        return sqlite.write(connection -> {
            List<Lease> taken = connection.list(
                    "SELECT " + SqliteRunStore.RUN + ", r.epoch + 1 FROM runs r"
                            + " WHERE r.ended_at IS NULL AND r.lease_until <= ?"
                            + " ORDER BY r.lease_until, r.number LIMIT max(?, 0)",
                    row -> new Lease(SqliteRunStore.run(row), row.getLong(7)),
                    EpochNanos.of(now),
                    max);
            for (Lease lease : taken) {
                connection.update(
                        "UPDATE runs SET epoch = ?, lease_until = ? WHERE id = ?",
                        lease.epoch(),
                        EpochNanos.of(now.plus(leaseFor)),
                        lease.run().id().value());
            }
            return taken;
        });
    }

    /** Where the owner of a lease stands that could not be prolonged. */
    private static Standing standing(SqliteConnection connection, Lease lease) throws SQLException {
        return connection
                .first(
                        "SELECT epoch FROM runs WHERE id = ?",
                        row -> row.getLong(1) == lease.epoch() ? Standing.OVER : Standing.SUPERSEDED,
                        lease.run().id().value())
                .orElse(Standing.CLEARED);
    }
}
