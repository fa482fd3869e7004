package dev.daveloper.embedded.webhooks;

import dev.daveloper.application.webhooks.out.DeliveryQueue;
import dev.daveloper.domain.Page;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.UnreadableContent;
import dev.daveloper.domain.webhooks.Attempt;
import dev.daveloper.domain.webhooks.Delivery;
import dev.daveloper.domain.webhooks.DeliveryId;
import dev.daveloper.domain.webhooks.DeliveryState;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.EndpointStats;
import dev.daveloper.domain.webhooks.FailureStreak;
import dev.daveloper.domain.webhooks.PutOff;
import dev.daveloper.embedded.ContentSeal;
import dev.daveloper.embedded.Sqlite;
import dev.daveloper.embedded.SqliteConnection;
import dev.daveloper.stored.EpochNanos;
import dev.daveloper.stored.chat.Place;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The queues of all endpoints in one table, found by index. */
public final class SqliteDeliveryQueue implements DeliveryQueue {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteDeliveryQueue.class);

    private static final String CLAIMED = "d.id, d.endpoint, d.attempted, d.failures, ";
    private static final int CLAIM_COLUMNS = 4;

    private final Sqlite sqlite;
    private final EventRows events;
    private final DeliveryRecords records;
    private final AttemptSeal seal;
    /** Tickets of this process; those of earlier ones are worth nothing, see {@link #endAllClaims}. */
    private final AtomicLong tickets = new AtomicLong(System.nanoTime());

    public SqliteDeliveryQueue(Sqlite sqlite, EventRows events, ContentSeal contents) {
        this.sqlite = sqlite;
        this.events = events;
        this.seal = new AttemptSeal(contents);
        this.records = new DeliveryRecords(sqlite, events, new DeliveryRows(seal));
    }

    /** Makes due what a process had claimed that cannot be alive any more: nobody else has the database. */
    public void endAllClaims() {
        sqlite.write(connection -> {
            int ended = 0;
            for (First first : firsts(connection)) {
                ended += connection.update(
                        "UPDATE webhook_deliveries SET state = 0, ticket = 0, moment = min(moment, created_at)"
                                + " WHERE endpoint = ? AND state = 1",
                        first.endpoint());
            }
            return ended;
        });
    }

    @Override
    public Due due(Instant now) {
        return sqlite.read(connection -> {
            Set<EndpointId> due = new HashSet<>();
            for (First first : firsts(connection)) {
                if (first.moment() <= EpochNanos.of(now)) {
                    due.add(new EndpointId(first.endpoint()));
                }
            }
            Optional<Instant> next = connection.first(
                    "SELECT moment FROM webhook_deliveries INDEXED BY webhook_deliveries_next"
                            + " WHERE state < 2 AND moment > ? ORDER BY moment LIMIT 1",
                    row -> EpochNanos.at(row.getLong(1)),
                    EpochNanos.of(now));
            return new Due(due, next);
        });
    }

    /** When the first of an endpoint's deliveries is due. */
    private record First(String endpoint, long moment) {}

    /** From one endpoint to the next, and not through all that waits, which may be a hundred thousand for each. */
    private static List<First> firsts(SqliteConnection connection) throws SQLException {
        List<First> firsts = new ArrayList<>();
        Optional<First> first = firstAfter(connection, "");
        while (first.isPresent()) {
            firsts.add(first.get());
            first = firstAfter(connection, first.get().endpoint());
        }
        return firsts;
    }

    private static Optional<First> firstAfter(SqliteConnection connection, String endpoint) throws SQLException {
        return connection.first(
                "SELECT endpoint, moment FROM webhook_deliveries INDEXED BY webhook_deliveries_due"
                        + " WHERE state < 2 AND endpoint > ? ORDER BY endpoint, moment LIMIT 1",
                row -> new First(row.getString(1), row.getLong(2)),
                endpoint);
    }

    @Override
    public List<Claim> claim(EndpointId endpoint, int max, OptionalInt perSecond, Instant now, Duration leaseFor) {
        return sqlite.write(connection -> {
            int allowed =
                    perSecond.isEmpty() ? max : Rates.allowed(connection, endpoint, max, perSecond.getAsInt(), now);
            List<Claim> claims = allowed == 0 ? List.of() : due(connection, endpoint, allowed, now);
            for (Claim claim : claims) {
                connection.update(
                        "UPDATE webhook_deliveries SET state = 1, moment = ?, ticket = ? WHERE id = ?",
                        EpochNanos.of(now.plus(leaseFor)),
                        Long.parseLong(claim.ticket()),
                        claim.id().value());
            }
            if (perSecond.isPresent() && !claims.isEmpty()) {
                Rates.take(connection, endpoint, claims.size(), perSecond.getAsInt(), now);
            }
            return claims;
        });
    }

    /** What is due and can be read; what cannot be is put off. */
    private List<Claim> due(SqliteConnection connection, EndpointId endpoint, int max, Instant now)
            throws SQLException {
        List<Claim> claims = new ArrayList<>();
        Map<DeliveryId, UnreadableContent> unread = new LinkedHashMap<>();
        connection.walk(
                "SELECT " + CLAIMED + EventRows.COLUMNS + " FROM webhook_deliveries d"
                        + " JOIN webhook_events e ON e.number = d.event"
                        + " WHERE d.endpoint = ? AND d.state < 2 AND d.moment <= ? ORDER BY d.moment LIMIT ?",
                row -> {
                    DeliveryId id = new DeliveryId(row.getString(1));
                    try {
                        claims.add(new Claim(
                                id,
                                new EndpointId(row.getString(2)),
                                events.read(row, CLAIM_COLUMNS + 1),
                                row.getInt(3) + 1,
                                row.getInt(4),
                                Long.toString(tickets.incrementAndGet())));
                    } catch (UnreadableContent e) {
                        unread.put(id, e);
                    }
                    return claims.size() < max;
                },
                endpoint.value(),
                EpochNanos.of(now),
                max + PutOff.MOST_AT_ONCE);
        putOff(connection, endpoint, unread, now);
        return claims;
    }

    private static void putOff(
            SqliteConnection connection, EndpointId endpoint, Map<DeliveryId, UnreadableContent> unread, Instant now)
            throws SQLException {
        for (DeliveryId id : unread.keySet()) {
            connection.update(
                    "UPDATE webhook_deliveries SET state = 0, moment = ?, ticket = 0 WHERE id = ?",
                    EpochNanos.of(PutOff.until(id, now)),
                    id.value());
        }
        unread.entrySet().stream()
                .findFirst()
                .ifPresent(one -> LOG.warn(
                        "of the deliveries to {} are put off: {}, such as {}: {}",
                        endpoint,
                        unread.size(),
                        one.getKey(),
                        one.getValue().getMessage()));
    }

    @Override
    public Optional<FailureStreak> settle(Claim claim, Attempt attempt, Next next) {
        return sqlite.write(connection -> {
            Optional<List<Attempt>> before = connection.first(
                    "SELECT attempts FROM webhook_deliveries WHERE id = ? AND ticket = ?",
                    row -> seal.open(row.getBytes(1), Place.of(claim.id())),
                    claim.id().value(),
                    Long.parseLong(claim.ticket()));
            if (before.isEmpty()) {
                return Optional.empty();
            }
            write(connection, claim, with(before.get(), attempt), attempt, next);
            FailureStreak streak = Tallies.attempted(connection, claim.endpoint(), attempt, seal);
            if (next instanceof Next.Delivered) {
                Tallies.count(connection, claim.endpoint(), attempt.at(), Tallies.DELIVERED);
                DeliveryRecords.trim(connection, claim.endpoint(), DeliveryRows.DELIVERED);
            } else if (next instanceof Next.Dead) {
                Tallies.count(connection, claim.endpoint(), attempt.at(), Tallies.DEAD);
                DeliveryRecords.trim(connection, claim.endpoint(), DeliveryRows.DEAD);
            }
            return Optional.of(streak);
        });
    }

    private void write(SqliteConnection connection, Claim claim, List<Attempt> attempts, Attempt attempt, Next next)
            throws SQLException {
        int state = switch (next) {
            case Next.Delivered delivered -> DeliveryRows.DELIVERED;
            case Next.Retry retry -> DeliveryRows.WAITING;
            case Next.Dead dead -> DeliveryRows.DEAD;
        };
        connection.update(
                "UPDATE webhook_deliveries SET state = ?, moment = ?, death = ?, ticket = 0,"
                        + " attempted = attempted + 1, failures = failures + ?, attempts = ?, sealed_by = ?"
                        + " WHERE id = ?",
                state,
                EpochNanos.of(next instanceof Next.Retry retry ? retry.at() : attempt.endedAt()),
                next instanceof Next.Dead dead ? dead.why().wireName() : null,
                next instanceof Next.Retry ? 1 : 0,
                seal.seal(attempts, Place.of(claim.id())),
                seal.number(),
                claim.id().value());
    }

    private static List<Attempt> with(List<Attempt> before, Attempt attempt) {
        List<Attempt> attempts = new ArrayList<>(before);
        attempts.add(attempt);
        return attempts.subList(Math.max(0, attempts.size() - MAX_ATTEMPTS), attempts.size());
    }

    @Override
    public void release(Claim claim, Instant dueAt) {
        sqlite.write(connection -> connection.update(
                "UPDATE webhook_deliveries SET state = 0, moment = ?, ticket = 0 WHERE id = ? AND ticket = ?",
                EpochNanos.of(dueAt),
                claim.id().value(),
                Long.parseLong(claim.ticket())));
    }

    @Override
    public Page<Delivery> list(EndpointId endpoint, Optional<DeliveryState.Kind> only, PageRequest page) {
        return records.list(endpoint, only, page);
    }

    @Override
    public Optional<Known> find(DeliveryId delivery) {
        return records.find(delivery);
    }

    @Override
    public Optional<Delivery> redeliver(DeliveryId delivery, Instant now) {
        return records.redeliver(delivery, now);
    }

    @Override
    public int recover(EndpointId endpoint, Instant since, Instant now, int max) {
        return records.recover(endpoint, since, now, max);
    }

    @Override
    public EndpointStats stats(EndpointId endpoint, Instant since, Instant now) {
        return sqlite.read(connection ->
                Tallies.since(connection, endpoint, since, DeliveryRecords.backlog(connection, endpoint), seal));
    }

    @Override
    public Backlog backlog(EndpointId endpoint) {
        return sqlite.read(connection -> DeliveryRecords.backlog(connection, endpoint));
    }

    @Override
    public void forget(EndpointId endpoint) {
        records.forget(endpoint);
    }

    @Override
    public int forgetBefore(Instant moment, Set<EndpointId> endpoints, int max) {
        return records.forgetBefore(moment, max);
    }
}
