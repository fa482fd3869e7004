package dev.daveloper.redis.testkit;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A master, its replicas, and three sentinels that put a replica in the master's place when two of them have missed it
 * for 1.5 seconds. A failover takes some 3 seconds, and 6 more when the sentinels do not agree at once who leads it.
 * Safe for use by many threads.
 */
public final class RedisSentinels implements AutoCloseable {
    /** What the sentinels call the master. */
    public static final String NAME = "main";

    /**
     * Longer than the second between two pings: at a second sharp, a master just chosen is at times taken for missing
     * before its first ping, and the one that was killed gets its place back.
     */
    private static final int MAX_SILENCE_MILLISECONDS = 1_500;

    private static final int SENTINELS = 3;
    private static final int QUORUM = 2;

    private final List<RedisProcess> servers = new ArrayList<>();
    private final List<RedisProcess> sentinels = new ArrayList<>();

    private RedisSentinels() {}

    /** A master with one replica; otherwise as {@link #start(int, String...)}. */
    public static RedisSentinels start() {
        return start(1);
    }

    /**
     * Returns when the replicas follow and the sentinels know them and each other, after some 3 seconds.
     *
     * @param replicas how many, from 1
     * @param options of the servers, lines as in {@code redis.conf}; a password is {@code requirepass}
     * @throws IllegalStateException with the logs, if that takes longer than 30 seconds
     */
    public static RedisSentinels start(int replicas, String... options) {
        RedisSentinels started = new RedisSentinels();
        try {
            started.startAll(replicas, List.of(options));
            return started;
        } catch (RuntimeException failed) {
            started.close();
            throw failed;
        }
    }

    private void startAll(int replicas, List<String> options) {
        Optional<String> password = RedisProcess.passwordIn(options);
        List<String> common = new ArrayList<>(options);
        password.ifPresent(secret -> common.add("masterauth " + secret));
        // A replica is not kept waiting for others that might want the same copy.
        common.addAll(List.of("repl-diskless-sync yes", "repl-diskless-sync-delay 0"));
        RedisProcess master = add(servers, false, common);
        common.add("replicaof 127.0.0.1 " + master.port());
        for (int i = 0; i < replicas; i++) {
            add(servers, false, common);
        }
        // Sentinels ask for replicas when they start, and then every 10 s only.
        until("the replicas follow", () -> following(replicas));
        for (int i = 0; i < SENTINELS; i++) {
            add(sentinels, true, watching(master, password));
        }
        until("the sentinels know all", () -> sentinels.stream().allMatch(sentinel -> knowsAll(sentinel, replicas)));
    }

    private static RedisProcess add(List<RedisProcess> group, boolean sentinel, List<String> options) {
        RedisProcess started = RedisProcess.start(FreePort::any, sentinel, options);
        group.add(started);
        return started;
    }

    private static List<String> watching(RedisProcess master, Optional<String> password) {
        List<String> lines = new ArrayList<>(List.of(
                "sentinel monitor " + NAME + " 127.0.0.1 " + master.port() + " " + QUORUM,
                "sentinel down-after-milliseconds " + NAME + " " + MAX_SILENCE_MILLISECONDS,
                "sentinel failover-timeout " + NAME + " 3000",
                "sentinel parallel-syncs " + NAME + " 1"));
        password.ifPresent(secret -> lines.add("sentinel auth-pass " + NAME + " " + secret));
        return lines;
    }

    private boolean following(int replicas) {
        return servers.stream()
                        .filter(server -> server.command("INFO", "replication").contains("master_link_status:up"))
                        .count()
                == replicas;
    }

    private static boolean knowsAll(RedisProcess sentinel, int replicas) {
        List<String> known =
                sentinel.command("SENTINEL", "MASTER", NAME).lines().toList();
        return value("flags", known).equals("master")
                && value("num-slaves", known).equals(Integer.toString(replicas))
                && value("num-other-sentinels", known).equals(Integer.toString(SENTINELS - 1));
    }

    private static String value(String name, List<String> namesAndValues) {
        int found = namesAndValues.indexOf(name);
        return found < 0 ? "" : namesAndValues.get(found + 1);
    }

    /** {@code redis-sentinel://127.0.0.1:P1,127.0.0.1:P2,127.0.0.1:P3/0#main}. */
    public String url() {
        return sentinels.stream()
                .map(RedisProcess::address)
                .collect(Collectors.joining(",", "redis-sentinel://", "/0#" + NAME));
    }

    /** The master and its replicas, in the order in which they were started: the first was master then. */
    public List<RedisProcess> servers() {
        return List.copyOf(servers);
    }

    public List<RedisProcess> sentinels() {
        return List.copyOf(sentinels);
    }

    /**
     * The master that the sentinels name; it may be down, as long as they have not replaced it.
     *
     * @throws IllegalStateException if no sentinel answers
     */
    public RedisProcess master() {
        return sentinels.stream()
                .flatMap(sentinel -> namedBy(sentinel).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no sentinel names a master"));
    }

    /**
     * Waits until every sentinel that answers names a server at another port, and that server is master.
     *
     * @throws IllegalStateException with the logs, if that takes longer than 30 seconds
     */
    public RedisProcess awaitMasterOtherThan(int port) {
        until("the master is another than the one at port " + port, () -> {
            List<RedisProcess> named = sentinels.stream()
                    .flatMap(sentinel -> namedBy(sentinel).stream())
                    .distinct()
                    .toList();
            return named.size() == 1
                    && named.getFirst().port() != port
                    && named.getFirst().command("ROLE").startsWith("master");
        });
        return master();
    }

    private Optional<RedisProcess> namedBy(RedisProcess sentinel) {
        if (!sentinel.isAlive()) {
            return Optional.empty();
        }
        try {
            String address = sentinel.command("SENTINEL", "GET-MASTER-ADDR-BY-NAME", NAME)
                    .replace('\n', ':');
            return servers.stream()
                    .filter(server -> server.address().equals(address))
                    .findFirst();
        } catch (UncheckedIOException frozen) {
            return Optional.empty();
        }
    }

    private void until(String condition, Callable<Boolean> holds) {
        Eventually.holds(condition, Stream.concat(servers.stream(), sentinels.stream()), holds);
    }

    /** Ends all of them: sentinels first, which would take the end of the others for a failure. */
    @Override
    public void close() {
        sentinels.forEach(RedisProcess::close);
        servers.forEach(RedisProcess::close);
    }
}
