package dev.daveloper.bootstrap.e2e;

import static org.awaitility.Awaitility.await;

import dev.daveloper.redis.testkit.RedisProcess;
import dev.daveloper.redis.testkit.Relay;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Several gateways, each a process of its own, over one Redis, each with a network of its own to it. */
final class ManyNodes implements AutoCloseable {
    /** Short, so that the runs of a dead node are closed within a test's patience. */
    static final Duration LEASE = Duration.ofSeconds(3);

    private static final Duration READY_WITHIN = Duration.ofSeconds(30);

    static final String ADMIN_KEY = "an administrators key";

    private final RedisProcess redis;
    private final List<Node> nodes = new ArrayList<>();

    /** One gateway, which may be away. */
    static final class Node {
        private final Path directory;
        private final Relay network;
        private final List<String> options;
        private volatile RunningProgram program;
        private volatile URI base;

        private Node(Path directory, RedisProcess redis, List<String> options) throws IOException {
            this.directory = Files.createDirectories(directory);
            this.network = Relay.to(redis.port());
            this.options = new ArrayList<>(options);
            this.options.add("--redis.url=" + network.url());
            start();
        }

        /** Starts it anew, on a port of its own, and returns at once. */
        void start() {
            program = RunningProgram.start(
                    directory, List.of("-Xmx192m", "-XX:+ExitOnOutOfMemoryError"), options.toArray(String[]::new));
        }

        void awaitListening() {
            base = program.base();
        }

        /** On a slow machine the first connection to Redis may come after the first request. */
        private void awaitReady() {
            await().atMost(READY_WITHIN).until(this::isReady);
        }

        private boolean isReady() throws IOException, InterruptedException {
            HttpRequest asked =
                    HttpRequest.newBuilder(base.resolve("/health/ready")).build();
            return Visitor.HTTP.send(asked, BodyHandlers.discarding()).statusCode() == 200;
        }

        RunningProgram program() {
            return program;
        }

        /** Between it and Redis. */
        Relay network() {
            return network;
        }

        /** Where it is, or was last. */
        URI base() {
            return base;
        }
    }

    private ManyNodes(RedisProcess redis) {
        this.redis = redis;
    }

    /** As many gateways in front of this agent, all listening. */
    static ManyNodes start(Path directory, int count, RedisProcess redis, String... options) throws IOException {
        ManyNodes many = new ManyNodes(redis);
        List<String> all = new ArrayList<>(List.of(
                "--http.port=0",
                "--log.format=text",
                "--data.dir=",
                "--documents.target=none",
                "--rate-limits.defaults=false",
                "--chat.lease=" + LEASE.toSeconds() + "s",
                "--http.sse-heartbeat=500ms",
                "--admin.keys=" + ADMIN_KEY));
        all.addAll(List.of(options));
        for (int i = 0; i < count; i++) {
            many.nodes.add(new Node(directory.resolve("node-" + i), redis, all));
        }
        many.nodes.forEach(Node::awaitListening);
        many.nodes.forEach(Node::awaitReady);
        return many;
    }

    RedisProcess redis() {
        return redis;
    }

    List<Node> all() {
        return nodes;
    }

    Node get(int number) {
        return nodes.get(number);
    }

    URI base(int number) {
        return nodes.get(number).base();
    }

    /** Whichever a load balancer would choose that knows nothing. */
    URI any(RandomGenerator random) {
        return base(random.nextInt(nodes.size()));
    }

    @Override
    public void close() {
        for (Node node : nodes) {
            node.program().close();
            node.network().close();
        }
        redis.close();
    }
}
