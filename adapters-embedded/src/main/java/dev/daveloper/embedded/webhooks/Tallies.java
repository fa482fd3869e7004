package dev.daveloper.embedded.webhooks;

import dev.daveloper.application.webhooks.out.DeliveryQueue.Backlog;
import dev.daveloper.domain.webhooks.Attempt;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.EndpointStats;
import dev.daveloper.domain.webhooks.FailureStreak;
import dev.daveloper.domain.webhooks.Latencies;
import dev.daveloper.domain.webhooks.Trouble;
import dev.daveloper.domain.webhooks.Verdict;
import dev.daveloper.embedded.SqliteConnection;
import dev.daveloper.stored.EpochNanos;
import dev.daveloper.stored.chat.Place;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How deliveries to an endpoint went: counted by the hour, with its streak of failures and the last of them. */
final class Tallies {
    static final String DELIVERED = "delivered";
    static final String DEAD = "dead";

    /** For how long hours are remembered. */
    private static final Duration KEPT = Duration.ofDays(8);

    private static final String TROUBLE = "trouble:";
    private static final String LATENCY = "latency:";

    private Tallies() {}

    static void count(SqliteConnection connection, EndpointId endpoint, Instant at, String what) throws SQLException {
        connection.update(
                "INSERT INTO webhook_tallies (endpoint, hour, what, count) VALUES (?, ?, ?, 1)"
                        + " ON CONFLICT (endpoint, hour, what) DO UPDATE SET count = count + 1",
                endpoint.value(),
                hourOf(at),
                what);
    }

    /** @return the endpoint's streak after the attempt */
    static FailureStreak attempted(SqliteConnection connection, EndpointId endpoint, Attempt attempt, AttemptSeal seal)
            throws SQLException {
        count(connection, endpoint, attempt.at(), TROUBLE + attempt.trouble().wireName());
        count(connection, endpoint, attempt.at(), LATENCY + Latencies.classOf(attempt.took()));
        FailureStreak before = streak(connection, endpoint);
        FailureStreak after = before.after(attempt.verdict(), attempt.endedAt());
        if (!after.equals(before)) {
            note(connection, endpoint, after, attempt, seal);
        }
        return after;
    }

    private static void note(
            SqliteConnection connection, EndpointId endpoint, FailureStreak streak, Attempt attempt, AttemptSeal seal)
            throws SQLException {
        boolean failed = attempt.verdict() != Verdict.DELIVERED;
        connection.update(
                "INSERT INTO webhook_standings (endpoint, failing_since, failures, certain_since, last_failure,"
                        + " sealed_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (endpoint) DO UPDATE"
                        + " SET failing_since = ?2, failures = ?3,"
                        + " certain_since = ?4, last_failure = coalesce(?5, last_failure),"
                        + " sealed_by = coalesce(?6, sealed_by)",
                endpoint.value(),
                streak.first().map(EpochNanos::of).orElse(null),
                streak.failures(),
                streak.certainSince().map(EpochNanos::of).orElse(null),
                failed ? seal.seal(List.of(attempt), Place.ofLastFailure(endpoint)) : null,
                failed ? seal.number() : null);
    }

    private static FailureStreak streak(SqliteConnection connection, EndpointId endpoint) throws SQLException {
        return connection
                .first(
                        "SELECT failing_since, failures, certain_since FROM webhook_standings WHERE endpoint = ?",
                        row -> new FailureStreak(
                                moment((Number) row.getObject(1)), row.getLong(2), moment((Number) row.getObject(3))),
                        endpoint.value())
                .orElse(FailureStreak.NONE);
    }

    private static Optional<Instant> moment(@Nullable Number nanos) {
        return Optional.ofNullable(nanos).map(any -> EpochNanos.at(any.longValue()));
    }

    static EndpointStats since(
            SqliteConnection connection, EndpointId endpoint, Instant since, Backlog backlog, AttemptSeal seal)
            throws SQLException {
        Map<Trouble, Long> troubles = new EnumMap<>(Trouble.class);
        List<Long> latencies = new ArrayList<>(Collections.nCopies(Latencies.CLASSES, 0L));
        long[] over = new long[2];
        connection.walk(
                "SELECT what, sum(count) FROM webhook_tallies WHERE endpoint = ? AND hour >= ? GROUP BY what",
                row -> {
                    String what = row.getString(1);
                    long count = row.getLong(2);
                    if (what.startsWith(TROUBLE)) {
                        troubles.put(troubleOf(what.substring(TROUBLE.length())), count);
                    } else if (what.startsWith(LATENCY)) {
                        latencies.set(Integer.parseInt(what.substring(LATENCY.length())), count);
                    } else {
                        over[what.equals(DELIVERED) ? 0 : 1] = count;
                    }
                    return true;
                },
                endpoint.value(),
                hourOf(since));
        return new EndpointStats(
                since.truncatedTo(ChronoUnit.HOURS),
                troubles,
                over[0],
                over[1],
                new Latencies(latencies),
                backlog.waiting(),
                backlog.oldest(),
                lastFailure(connection, endpoint, seal),
                streak(connection, endpoint));
    }

    private static Optional<Attempt> lastFailure(SqliteConnection connection, EndpointId endpoint, AttemptSeal seal)
            throws SQLException {
        return connection
                .first(
                        "SELECT last_failure FROM webhook_standings WHERE endpoint = ? AND last_failure IS NOT NULL",
                        row -> seal.open(row.getBytes(1), Place.ofLastFailure(endpoint)),
                        endpoint.value())
                .map(List::getFirst);
    }

    static void forget(SqliteConnection connection, EndpointId endpoint) throws SQLException {
        connection.update("DELETE FROM webhook_tallies WHERE endpoint = ?", endpoint.value());
        connection.update("DELETE FROM webhook_standings WHERE endpoint = ?", endpoint.value());
    }

    /** Forgets hours that nobody can ask for any more. */
    static void forgetOld(SqliteConnection connection, Instant now) throws SQLException {
        connection.update("DELETE FROM webhook_tallies WHERE hour < ?", hourOf(now.minus(KEPT)));
    }

    private static long hourOf(Instant moment) {
        return Math.floorDiv(moment.getEpochSecond(), Duration.ofHours(1).toSeconds());
    }

    private static Trouble troubleOf(String wireName) {
        for (Trouble trouble : Trouble.values()) {
            if (trouble.wireName().equals(wireName)) {
                return trouble;
            }
        }
        return Trouble.PROTOCOL;
    }
}
