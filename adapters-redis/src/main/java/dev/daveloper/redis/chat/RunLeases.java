package dev.daveloper.redis.chat;

import dev.daveloper.application.chat.out.RunStore.Standing;
import dev.daveloper.domain.chat.Lease;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.redis.Keys;
import dev.daveloper.redis.Redis;
import dev.daveloper.redis.Reply;
import dev.daveloper.redis.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who owns which run, and until when: a sorted set per shard. Each round asks all shards in one go, whatever the number
 * of runs, and after that only what needs a closer look.
 */
final class RunLeases {
    private static final Script RENEW = Script.beside(RunLeases.class, "renew");
    private static final Script STANDING = Script.beside(RunLeases.class, "standing");
    private static final Script EXPIRED = Script.beside(RunLeases.class, "expired");
    private static final Script TAKEOVER = Script.beside(RunLeases.class, "takeover");

    /** How many leases one script prolongs, so that others do not wait long behind it. */
    private static final int RENEWED_AT_ONCE = 200;

    private final Redis redis;
    private final Keys keys;

    RunLeases(Redis redis) {
        this.redis = redis;
        this.keys = redis.keys();
    }

    private record Renewal(List<Lease> leases, Redis.Call<Reply> call) {}

    Map<Lease, Standing> renew(Collection<Lease> held, Duration leaseFor) {
        Map<Integer, List<Lease>> byShard = new HashMap<>();
        for (Lease lease : held) {
            byShard.computeIfAbsent(Keys.shardOf(lease.run().sessionId()), shard -> new ArrayList<>())
                    .add(lease);
        }
        List<Renewal> renewals = new ArrayList<>();
        byShard.forEach((shard, leases) -> {
            for (int from = 0; from < leases.size(); from += RENEWED_AT_ONCE) {
                List<Lease> some = leases.subList(from, Math.min(leases.size(), from + RENEWED_AT_ONCE));
                renewals.add(new Renewal(some, send(shard, some, leaseFor)));
            }
        });
        Map<Lease, Standing> standings = new HashMap<>();
        for (Renewal renewal : renewals) {
            Reply reply = renewal.call().await();
            for (int i = 0; i < renewal.leases().size(); i++) {
                Lease lease = renewal.leases().get(i);
                standings.put(lease, standing(lease, reply.text(i), leaseFor));
            }
        }
        return standings;
    }

    private Redis.Call<Reply> send(int shard, List<Lease> leases, Duration leaseFor) {
        List<String> names = new ArrayList<>(List.of(keys.leases(shard), keys.unwanted(shard)));
        List<Object> values = new ArrayList<>(List.of(redis.moment(), leaseFor.toMillis()));
        for (Lease lease : leases) {
            names.add(keys.followers(lease.run().ref()));
            values.add(nameOf(lease));
            values.add(lease.run().sessionId() + "/" + lease.run().id());
        }
        return redis.send(RENEW, names, values.toArray());
    }

    private Standing standing(Lease lease, String said, Duration leaseFor) {
        return switch (said) {
            case "o" -> Standing.OWNED;
            case "f" -> Standing.FOLLOWED;
            case "u" -> Standing.UNWANTED;
            default -> standing(lease, leaseFor);
        };
    }

    private Standing standing(Lease lease, Duration leaseFor) {
        SessionId session = lease.run().sessionId();
        Reply reply = redis.run(
                STANDING,
                List.of(keys.runs(session), keys.cleared(session), keys.leases(Keys.shardOf(session))),
                redis.moment(),
                lease.run().id(),
                lease.epoch(),
                nameOf(lease),
                leaseFor.toMillis());
        return switch (reply.text(0)) {
            case "owned" -> Standing.OWNED;
            case "over" -> Standing.OVER;
            case "superseded" -> Standing.SUPERSEDED;
            case "cleared" -> Standing.CLEARED;
            default -> Standing.LOST;
        };
    }

    /**
     * After Redis was away nothing is taken over for the time of a lease: owners who are alive could not prolong theirs
     * and do so first.
     */
    List<Lease> takeOverExpired(Duration leaseFor, int max) {
        if (max <= 0
                || redis.sinceRefusal()
                        .filter(since -> since.compareTo(leaseFor) < 0)
                        .isPresent()) {
            return List.of();
        }
        List<Redis.Call<Reply>> calls = new ArrayList<>();
        for (int shard = 0; shard < Keys.SHARDS; shard++) {
            calls.add(redis.send(EXPIRED, List.of(keys.leases(shard)), redis.moment(), max));
        }
        List<Expired> expired = new ArrayList<>();
        for (Redis.Call<Reply> call : calls) {
            Reply reply = call.await();
            for (int i = 0; i + 1 < reply.size(); i += 2) {
                expired.add(new Expired(reply.text(i), Double.parseDouble(reply.text(i + 1))));
            }
        }
        expired.sort(Comparator.comparingDouble(Expired::till).thenComparing(Expired::lease));
        List<Lease> taken = new ArrayList<>();
        for (Expired one : expired) {
            if (taken.size() == max) {
                break;
            }
            takeOver(one.lease(), leaseFor).ifPresent(taken::add);
        }
        return taken;
    }

    private record Expired(String lease, double till) {}

    private Optional<Lease> takeOver(String lease, Duration leaseFor) {
        String[] parts = lease.split("/", -1);
        SessionId session = new SessionId(parts[0]);
        RunId run = new RunId(parts[1]);
        Reply reply = redis.run(
                TAKEOVER,
                List.of(keys.leases(Keys.shardOf(session)), keys.runs(session)),
                redis.moment(),
                lease,
                run,
                parts[2],
                session,
                leaseFor.toMillis());
        if (reply.isEmpty()) {
            return Optional.empty();
        }
        Run taken = StoredRun.read(session, run, reply.text(0));
        return Optional.of(new Lease(taken, reply.number(1)));
    }

    private static String nameOf(Lease lease) {
        return Keys.lease(lease.run().sessionId(), lease.run().id(), lease.epoch());
    }
}
