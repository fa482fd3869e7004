package dev.daveloper.redis;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where Redis is and how it is run, as one line:
 *
 * <ul>
 *   <li>{@code redis://[user:password@]host[:port][/database]}, one server;
 *   <li>{@code redis-sentinel://[user:password@]host[:port],host[:port]…[/database]#master}, the addresses of sentinels
 *       and the name of the master that they watch;
 *   <li>{@code redis-cluster://[user:password@]host[:port],host[:port]…}, some nodes of a cluster.
 * </ul>
 *
 * {@code rediss}, {@code rediss-sentinel} and {@code rediss-cluster} are the same over TLS. User and password are
 * percent-encoded where they hold one of {@code : @ / # , %}; a password alone is written {@code :password@}. They are
 * for the Redis servers; sentinels are asked without.
 */
public record RedisUrl(
        Topology topology,
        boolean tls,
        List<Host> hosts,
        Optional<String> user,
        Optional<String> password,
        int database,
        String master) {
    /** How many hosts may be named. */
    public static final int MAX_HOSTS = 32;

    private static final int DEFAULT_PORT = 6_379;
    private static final int DEFAULT_SENTINEL_PORT = 26_379;
    private static final int MAX_PORT = 65_535;

    private static final Pattern FORM = Pattern.compile("(?<scheme>rediss?(?:-sentinel|-cluster)?)://"
            + "(?:(?<user>[^:@/#,]*):(?<password>[^:@/#,]*)@)?"
            + "(?<hosts>[^@/#]+)(?:/(?<database>[0-9]{1,4})?)?(?:#(?<master>[A-Za-z0-9_.-]+))?");

    private static final Pattern HOST = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._-]+)(?::([0-9]{1,5}))?");

    /** How Redis is run. */
    public enum Topology {
        STANDALONE,
        SENTINEL,
        CLUSTER
    }

    /** @param name an address or a name of the network */
    public record Host(String name, int port) {
        @Override
        public String toString() {
            return name + ":" + port;
        }
    }

    public RedisUrl {
        hosts = List.copyOf(hosts);
    }

    /** @throws IllegalArgumentException when it is none of the forms; the message shows nothing of it */
    public static RedisUrl parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "it must be redis://host:port, redis-sentinel://host:port,host:port#master"
                            + " or redis-cluster://host:port,host:port, with rediss in the place of redis for TLS");
        }
        String scheme = form.group("scheme");
        Topology topology = scheme.endsWith("-sentinel")
                ? Topology.SENTINEL
                : scheme.endsWith("-cluster") ? Topology.CLUSTER : Topology.STANDALONE;
        String master = Optional.ofNullable(form.group("master")).orElse("");
        if (topology == Topology.SENTINEL == master.isEmpty()) {
            throw new IllegalArgumentException(
                    "#master, the name of what is watched, belongs to redis-sentinel and to it alone");
        }
        int database = Optional.ofNullable(form.group("database"))
                .map(Integer::parseInt)
                .orElse(0);
        if (topology == Topology.CLUSTER && database != 0) {
            throw new IllegalArgumentException("a cluster has no databases");
        }
        return new RedisUrl(
                topology,
                scheme.startsWith("rediss"),
                hosts(form.group("hosts"), topology),
                decoded(form.group("user")),
                decoded(form.group("password")),
                database,
                master);
    }

    /** As it may be shown: without user and password. */
    @Override
    public String toString() {
        String scheme = (tls ? "rediss" : "redis")
                + switch (topology) {
                    case STANDALONE -> "";
                    case SENTINEL -> "-sentinel";
                    case CLUSTER -> "-cluster";
                };
        String all = String.join(",", hosts.stream().map(Host::toString).toList());
        return scheme + "://" + all + (database == 0 ? "" : "/" + database) + (master.isEmpty() ? "" : "#" + master);
    }

    private static List<Host> hosts(String text, Topology topology) {
        String[] written = text.split(",", -1);
        if (written.length > MAX_HOSTS || (topology == Topology.STANDALONE && written.length > 1)) {
            throw new IllegalArgumentException("redis:// names one host, the others up to " + MAX_HOSTS);
        }
        List<Host> hosts = new ArrayList<>();
        for (String one : written) {
            Matcher host = HOST.matcher(one);
            if (!host.matches()) {
                throw new IllegalArgumentException(
                        "each host must be a name or an address, with :port if it is not" + " the usual one");
            }
            String port = host.group(2);
            hosts.add(new Host(host.group(1), port == null ? usualPort(topology) : port(port)));
        }
        return hosts;
    }

    private static int usualPort(Topology topology) {
        return topology == Topology.SENTINEL ? DEFAULT_SENTINEL_PORT : DEFAULT_PORT;
    }

    private static int port(String digits) {
        int port = Integer.parseInt(digits);
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("a port must be from 1 to " + MAX_PORT + ", not " + port);
        }
        return port;
    }

    private static Optional<String> decoded(@Nullable String part) {
        return part == null || part.isEmpty()
                ? Optional.empty()
                : Optional.of(URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8));
    }
}
