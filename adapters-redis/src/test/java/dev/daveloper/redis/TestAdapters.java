package dev.daveloper.redis;

import static org.awaitility.Awaitility.await;

import dev.daveloper.application.testkit.ChatStores;
import dev.daveloper.domain.ContentKey;
import dev.daveloper.domain.ContentKeys;
import dev.daveloper.redis.RedisConfig.Caching;
import dev.daveloper.redis.RedisConfig.Keeping;
import dev.daveloper.redis.RedisConfig.Timeouts;
import dev.daveloper.redis.testkit.RedisCluster;
import dev.daveloper.redis.testkit.RedisProcess;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Opens adapters for a test and closes them behind it. Servers that no test harms are started once for all; each test
 * has a prefix of its own in them.
 */
public final class TestAdapters implements AfterEachCallback {
    /** Generous, because a build may share its machine with others. */
    private static final Timeouts PATIENT =
            new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofSeconds(10));

    private static final Duration SOON = Duration.ofSeconds(20);

    private static final AtomicInteger PREFIXES = new AtomicInteger();

    private final Deque<RedisAdapters> opened = new ArrayDeque<>();
    private final String prefix = "t" + PREFIXES.incrementAndGet();

    private static final class Server {
        static final RedisProcess SINGLE = RedisProcess.start();
    }

    private static final class Cluster {
        static final RedisCluster OF_THREE = RedisCluster.ofMasters();
    }

    /** The server that all tests share. */
    public static RedisProcess server() {
        return Server.SINGLE;
    }

    /** The cluster that all tests share. */
    public static RedisCluster cluster() {
        return Cluster.OF_THREE;
    }

    /** In the shared server, under this test's prefix. */
    public RedisConfig config() {
        return at(server().url());
    }

    /** In the shared cluster, under this test's prefix. */
    public RedisConfig clustered() {
        return at(cluster().url());
    }

    /** At this URL, under this test's prefix. */
    public RedisConfig at(String url) {
        Keeping usual = Keeping.DEFAULT;
        return RedisConfig.at(RedisUrl.parse(url))
                .with(PATIENT)
                .with(new Caching(PATIENT.command(), Caching.DEFAULT.nearBytes()))
                .with(new Keeping(prefix, usual.session(), usual.log(), usual.idempotencyKey(), usual.messages()));
    }

    public String prefix() {
        return prefix;
    }

    public RedisAdapters open(RedisConfig config) throws InterruptedException {
        RedisAdapters adapters = RedisAdapters.connect(config);
        opened.push(adapters);
        return adapters;
    }

    public ChatStores chat(RedisConfig config, InstantSource clock) throws InterruptedException {
        return chat(open(config.withClock(clock)));
    }

    public static ChatStores chat(RedisAdapters adapters) {
        return new ChatStores(adapters.runStore(), adapters.runLog(), adapters.messageStore());
    }

    /** Waits until so many nodes listen for signals in this server. */
    public static void awaitHearing(RedisProcess server, int nodes) {
        await().atMost(SOON)
                .until(() -> server.command("PUBSUB", "CHANNELS", "*:signals")
                        .lines()
                        .anyMatch(channel ->
                                server.command("PUBSUB", "NUMSUB", channel).endsWith("\n" + nodes)));
    }

    public static ContentKeys keys(String name) {
        byte[] secret = new byte[ContentKey.BYTES];
        Arrays.fill(secret, (byte) name.hashCode());
        return new ContentKeys(List.of(new ContentKey(name, secret)));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }
}
