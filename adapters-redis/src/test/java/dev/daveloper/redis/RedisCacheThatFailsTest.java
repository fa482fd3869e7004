package dev.daveloper.redis;

import static dev.daveloper.redis.CachedThings.KEY;
import static dev.daveloper.redis.CachedThings.OTHER;
import static dev.daveloper.redis.CachedThings.TAGS;
import static dev.daveloper.redis.CachedThings.entry;
import static dev.daveloper.redis.CachedThings.found;
import static dev.daveloper.redis.CachedThings.isAbsent;
import static dev.daveloper.redis.CachedThings.isAway;
import static dev.daveloper.redis.CachedThings.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.cache.out.Cache;
import dev.daveloper.application.cache.out.Cache.Claim;
import dev.daveloper.application.cache.out.Cache.Kept;
import dev.daveloper.application.cache.out.Cache.Piece;
import dev.daveloper.application.cache.out.Cache.Ticket;
import dev.daveloper.application.testkit.CoreFixture;
import dev.daveloper.application.testkit.Racing;
import dev.daveloper.domain.cache.Tag;
import dev.daveloper.redis.RedisConfig.Caching;
import dev.daveloper.redis.RedisConfig.Timeouts;
import dev.daveloper.redis.testkit.RedisProcess;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A Redis that does not answer, or has something that is no entry, costs a cache little and its callers nothing. */
@Timeout(120)
class RedisCacheThatFailsTest {
    private static final Timeouts TIMEOUTS =
            new Timeouts(Duration.ofMillis(400), Duration.ofSeconds(1), Duration.ofMillis(200));
    private static final Duration PATIENCE = Duration.ofMillis(100);
    private static final int CALLS = 1_000;

    @RegisterExtension
    final TestAdapters opener = new TestAdapters();

    private final RedisProcess server = RedisProcess.start();
    private final Keys keys = new Keys(opener.prefix());
    private Cache cache;

    @BeforeEach
    void open() throws InterruptedException {
        cache = impatient();
        soon(() -> put(cache, KEY, "text"));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Cache impatient() throws InterruptedException {
        RedisConfig config =
                opener.at(server.url()).with(TIMEOUTS).with(new Caching(PATIENCE, Caching.DEFAULT.nearBytes()));
        return opener.open(config).cache();
    }

    private Cache patient() throws InterruptedException {
        return opener.open(opener.at(server.url())).cache();
    }

    private static void soon(Callable<Boolean> condition) {
        await().atMost(CoreFixture.SOON).until(condition);
    }

    @Test
    void a_frozen_server_costs_one_wait_and_not_one_each() throws Exception {
        server.freeze();
        long start = System.nanoTime();
        assertThat(isAway(cache, OTHER)).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(PATIENCE, PATIENCE.plusSeconds(2));
        assertThat(cache.usage().away()).isTrue();

        start = System.nanoTime();
        for (int i = 0; i < CALLS; i++) {
            assertThat(isAway(cache, OTHER)).isTrue();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE.multipliedBy(CALLS / 10));
        server.thaw();
        soon(() -> isAbsent(cache, OTHER));
        assertThat(cache.usage().away()).isFalse();
    }

    @Test
    void whoever_asks_one_that_is_frozen_may_make_what_he_wants_and_keep_nothing() throws Exception {
        Ticket before = new Ticket(List.of("0", "0", "0"));
        server.freeze();
        assertThat(Racing.race(50, caller -> isAway(cache, OTHER))).containsOnly(true);
        try (Claim one = cache.claim(OTHER, Duration.ofSeconds(30)).orElseThrow();
                Claim other = cache.claim(OTHER, Duration.ofSeconds(30)).orElseThrow()) {
            assertThat(one).isNotSameAs(other);
        }
        assertThat(cache.put(OTHER, entry("made"), before)).isFalse();
        assertThat(cache.write(List.of(new Kept(OTHER, entry("written"))))).isZero();
        assertThat(cache.read("", 10)).isEqualTo(new Piece(List.of(), ""));
        cache.remove(OTHER);
        server.thaw();
    }

    @Test
    void what_was_made_worthless_while_it_was_away_is_not_given_out_and_the_others_are_told_later() throws Exception {
        Cache other = patient();
        soon(() -> found(other, KEY).isPresent());
        server.freeze();
        assertThat(cache.invalidate(Set.of(Tag.TOOLS))).isFalse();
        assertThat(found(cache, KEY)).isEmpty();
        server.thaw();
        soon(() -> isAbsent(cache, KEY));
        soon(() -> found(other, KEY).isEmpty());
    }

    @Test
    void a_cache_that_was_cleared_while_it_was_away_is_cleared() {
        server.freeze();
        assertThat(cache.clear()).isFalse();
        assertThat(found(cache, KEY)).isEmpty();
        server.thaw();
        soon(() -> isAbsent(cache, KEY));
    }

    @Test
    void a_killed_server_is_away_at_once_and_found_again() {
        server.kill();
        soon(() -> isAway(cache, OTHER));
        assertThat(cache.claim(OTHER, Duration.ofSeconds(1))).isPresent();
        server.restart();
        soon(() -> put(cache, OTHER, "text"));
        soon(() -> found(cache, OTHER).isPresent());
    }

    @Test
    void what_is_no_entry_is_counted_thrown_away_and_not_there() throws Exception {
        Cache other = patient();
        server.command("SET", keys.cached(KEY), "no entry");
        assertThat(isAbsent(other, KEY)).isTrue();
        assertThat(other.usage().broken()).isEqualTo(1);
        soon(() -> server.command("EXISTS", keys.cached(KEY)).equals("0"));
        assertThat(put(other, KEY, "good")).isTrue();
        assertThat(found(other, KEY)).contains("good");
    }

    @Test
    void what_is_of_another_type_is_not_there_and_written_over() throws Exception {
        Cache other = patient();
        server.command("DEL", keys.cached(KEY));
        server.command("RPUSH", keys.cached(KEY), "a", "list");
        assertThat(isAbsent(other, KEY)).isTrue();
        assertThat(put(other, KEY, "good")).isTrue();
        assertThat(found(other, KEY)).contains("good");
    }

    @Test
    void an_entry_under_anothers_name_is_not_given_out() throws Exception {
        server.command("COPY", keys.cached(KEY), keys.cached(OTHER));
        Cache other = patient();
        assertThat(found(other, KEY)).contains("text");
        assertThat(isAbsent(other, OTHER)).isTrue();
    }

    @Test
    void a_full_server_keeps_nothing_new_and_gives_out_what_it_has() throws Exception {
        Cache other = patient();
        server.command("CONFIG", "SET", "maxmemory", "1");
        assertThat(put(other, OTHER, "no room")).isFalse();
        assertThat(found(other, KEY)).contains("text");
        assertThat(other.usage().away()).isFalse();
        assertThat(other.invalidate(TAGS)).isFalse();
        assertThat(found(other, KEY)).isEmpty();
        server.command("CONFIG", "SET", "maxmemory", "0");
        soon(() -> put(other, KEY, "again"));
    }

    @Test
    void a_claim_whose_holder_died_runs_out_and_is_not_given_back_for_whoever_has_it_then() throws Exception {
        Cache other = patient();
        Claim dead = cache.claim(OTHER, Duration.ofMillis(300)).orElseThrow();
        assertThat(other.claim(OTHER, Duration.ofSeconds(30))).isEmpty();
        soon(() -> other.claim(OTHER, Duration.ofSeconds(30)).isPresent());
        dead.close();
        Optional<Claim> third = other.claim(OTHER, Duration.ofSeconds(30));
        assertThat(third).isEmpty();
    }
}
