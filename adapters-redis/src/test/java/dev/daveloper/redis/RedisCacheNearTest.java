package dev.daveloper.redis;

import static dev.daveloper.redis.CachedThings.KEY;
import static dev.daveloper.redis.CachedThings.OTHER;
import static dev.daveloper.redis.CachedThings.TAGS;
import static dev.daveloper.redis.CachedThings.found;
import static dev.daveloper.redis.CachedThings.isAbsent;
import static dev.daveloper.redis.CachedThings.isNear;
import static dev.daveloper.redis.CachedThings.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.cache.out.Cache;
import dev.daveloper.application.testkit.CoreFixture;
import dev.daveloper.application.testkit.Racing;
import dev.daveloper.domain.cache.CacheKey;
import dev.daveloper.domain.cache.Tag;
import dev.daveloper.redis.RedisConfig.Caching;
import dev.daveloper.redis.testkit.RedisProcess;
import dev.daveloper.redis.testkit.Relay;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a node holds near is what Redis has, or it is not used. */
@Timeout(120)
class RedisCacheNearTest {
    /** Usually a few milliseconds; the rest is for a machine that has other things to do. */
    private static final Duration SEEN_WITHIN = Duration.ofSeconds(1);

    private static final int ROUNDS = 40;
    private static final Set<String> OF_THE_CACHE = Set.of("get", "mget", "set", "evalsha", "unlink", "scan");

    @RegisterExtension
    final TestAdapters opener = new TestAdapters();

    private final RedisProcess server = RedisProcess.start();
    private final Relay network = Relay.to(server.port());
    private Cache here;
    private Cache there;

    @BeforeEach
    void open() throws InterruptedException {
        here = opener.open(opener.at(server.url())).cache();
        there = opener.open(opener.at(network.url())).cache();
        awaitCoherent();
    }

    @AfterEach
    void close() {
        network.close();
        server.close();
    }

    private void awaitCoherent() {
        soon(() -> here.usage().coherent() && there.usage().coherent());
    }

    private static void soon(Callable<Boolean> condition) {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .atMost(CoreFixture.SOON)
                .until(condition);
    }

    /** Looks all the time. */
    private static void atOnce(Callable<Boolean> condition) {
        await().pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(SEEN_WITHIN)
                .until(condition);
    }

    private void isNearThere(CacheKey key) {
        soon(() -> isNear(there, key));
    }

    @Test
    void what_one_node_puts_and_makes_worthless_is_seen_by_the_other_at_once() {
        for (int i = 0; i < ROUNDS; i++) {
            String text = "text " + i;
            assertThat(put(here, KEY, text)).isTrue();
            atOnce(() -> found(there, KEY).equals(Optional.of(text)));
            isNearThere(KEY);
            assertThat(here.invalidate(Set.of(Tag.TOOLS))).isTrue();
            assertThat(found(here, KEY)).isEmpty();
            atOnce(() -> isAbsent(there, KEY));
        }
    }

    @Test
    void in_a_cluster_every_node_of_it_is_heard() throws InterruptedException {
        Cache one = opener.open(opener.clustered()).cache();
        Cache other = opener.open(opener.clustered()).cache();
        soon(() -> other.usage().coherent());
        for (int i = 0; i < ROUNDS; i++) {
            CacheKey key = CacheKey.shared("spread", "entry-" + i);
            put(one, key, "before");
            soon(() -> isNear(other, key));
            put(one, key, "after");
            atOnce(() -> found(other, key).equals(Optional.of("after")));
        }
        one.invalidate(Set.of(Tag.TOOLS));
        atOnce(() -> isAbsent(other, CacheKey.shared("spread", "entry-0")));
        for (int i = 0; i < ROUNDS; i++) {
            assertThat(found(other, CacheKey.shared("spread", "entry-" + i))).isEmpty();
        }
    }

    @Test
    void what_one_node_removes_and_clears_is_not_near_the_other_any_more() {
        put(here, KEY, "one");
        put(here, OTHER, "other");
        isNearThere(KEY);
        isNearThere(OTHER);
        here.remove(KEY);
        atOnce(() -> isAbsent(there, KEY));
        assertThat(found(there, OTHER)).contains("other");
        here.clear();
        atOnce(() -> isAbsent(there, OTHER));
    }

    /** What is heard late of the entry's own beginning costs one more question. */
    @Test
    void what_is_near_is_found_without_asking_anybody() {
        put(here, KEY, "text");
        isNearThere(KEY);
        soon(() -> {
            Commands.forget(server);
            boolean near = true;
            for (int i = 0; i < 1_000; i++) {
                near &= isNear(there, KEY);
            }
            return near && OF_THE_CACHE.stream().noneMatch(Commands.called(server)::containsKey);
        });
    }

    @Test
    void what_is_near_but_worthless_is_known_to_be_so_without_asking_anybody() {
        put(here, KEY, "text");
        isNearThere(KEY);
        here.invalidate(Set.of(Tag.TOOLS));
        atOnce(() -> isAbsent(there, KEY));
        soon(() -> {
            Commands.forget(server);
            return isAbsent(there, KEY) && !Commands.called(server).containsKey("mget");
        });
    }

    @Test
    void of_many_changes_while_it_is_read_the_last_is_what_stays_near() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            String last = "last " + i;
            Racing.race(6, racer -> {
                for (int change = 0; change < 10; change++) {
                    if (racer == 0) {
                        put(here, KEY, change == 9 ? last : "changing");
                    } else {
                        found(there, KEY);
                    }
                }
                return racer;
            });
            atOnce(() -> found(there, KEY).equals(Optional.of(last)));
            isNearThere(KEY);
            assertThat(found(there, KEY)).contains(last);
        }
    }

    @Test
    void one_that_is_cut_off_holds_nothing_and_believes_nothing_until_it_hears_again() {
        for (int i = 0; i < 3; i++) {
            put(here, KEY, "text");
            isNearThere(KEY);
            network.refuse(true);
            network.cut();
            soon(() -> !there.usage().coherent());
            assertThat(found(there, KEY)).isEmpty();
            assertThat(there.usage().nearEntries()).isZero();
            here.invalidate(TAGS);
            network.refuse(false);
            awaitCoherent();
            soon(() -> isAbsent(there, KEY));
        }
        put(here, KEY, "again");
        isNearThere(KEY);
    }

    @Test
    void a_server_that_is_emptied_leaves_nothing_near() {
        put(here, KEY, "text");
        isNearThere(KEY);
        server.command("FLUSHALL");
        atOnce(() -> isAbsent(there, KEY));
        assertThat(there.usage().coherent()).isTrue();
        put(here, KEY, "again");
        isNearThere(KEY);
    }

    @Test
    void no_more_is_near_than_there_is_room_for() throws InterruptedException {
        RedisConfig small = opener.at(server.url()).with(new Caching(CoreFixture.SOON, Caching.MIN_NEAR_BYTES));
        Cache cramped = opener.open(small).cache();
        soon(() -> cramped.usage().coherent());
        for (int i = 0; i < 100; i++) {
            CacheKey key = CacheKey.shared("many", "entry-" + i);
            put(here, key, "0123456789".repeat(200));
            assertThat(found(cramped, key)).isPresent();
        }
        soon(() -> cramped.usage().evicted() > 0);
        soon(() -> cramped.usage().nearBytes() <= Caching.MIN_NEAR_BYTES);
        assertThat(cramped.usage().nearEntries()).isBetween(1L, 40L);
        assertThat(here.usage().savedBytes()).isPositive();
    }
}
