package dev.daveloper.application.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.cache.CacheParts;
import dev.daveloper.application.cache.out.Cache;
import dev.daveloper.application.cache.out.Cache.Claim;
import dev.daveloper.application.cache.out.Cache.Kept;
import dev.daveloper.application.cache.out.Cache.Lookup;
import dev.daveloper.application.cache.out.Cache.Piece;
import dev.daveloper.application.cache.out.Cache.Ticket;
import dev.daveloper.domain.Ids;
import dev.daveloper.domain.cache.CacheKey;
import dev.daveloper.domain.cache.Content;
import dev.daveloper.domain.cache.Entry;
import dev.daveloper.domain.cache.Freshness;
import dev.daveloper.domain.cache.Tag;
import dev.daveloper.domain.sessions.SessionId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link Cache} does. */
public abstract class CacheContract {
    protected static final CacheKey KEY = CacheKey.shared("tools", "all");
    protected static final Tag ONE = new Tag("one");
    protected static final Tag TWO = new Tag("two:x");
    protected static final Set<Tag> TAGS = Set.of(ONE, TWO);
    private static final Duration CLAIM = Duration.ofSeconds(30);

    protected final InstantSource clock = InstantSource.system();
    protected Cache cache;

    /** An empty one. */
    protected abstract Cache open() throws Exception;

    @BeforeEach
    final void begin() throws Exception {
        cache = open();
    }

    @AfterEach
    final void end() {
        cache.close();
    }

    protected final Entry entry(String text, Set<Tag> tags, Freshness freshness) {
        Content content = Content.of("text/plain", text.getBytes(StandardCharsets.UTF_8));
        return new Entry(content, tags, freshness, clock.instant(), Duration.ofMillis(3));
    }

    protected final Entry entry(String text) {
        return entry(text, TAGS, Freshness.of(Duration.ofMinutes(5)));
    }

    protected static Ticket ticket(Lookup lookup) {
        return switch (lookup) {
            case Lookup.Found found -> found.ticket();
            case Lookup.Absent absent -> absent.ticket();
            case Lookup.Away away -> throw new AssertionError("the store is away");
        };
    }

    protected final void put(CacheKey key, Entry entry) {
        assertThat(cache.put(key, entry, ticket(cache.find(key, entry.tags())))).isTrue();
    }

    protected final Optional<Entry> found(CacheKey key, Set<Tag> tags) {
        return cache.find(key, tags) instanceof Lookup.Found found ? Optional.of(found.entry()) : Optional.empty();
    }

    @Test
    void what_was_put_is_found_as_it_was() {
        Entry entry = entry(
                "ä text, 文", TAGS, new Freshness(Duration.ofSeconds(30), Duration.ofSeconds(20), Duration.ofHours(1)));
        put(KEY, entry);
        assertThat(found(KEY, TAGS)).contains(entry);
        assertThat(found(KEY, TAGS).orElseThrow().content().digest())
                .isEqualTo(entry.content().digest());
    }

    @Test
    void contents_of_every_size_come_back() {
        Random random = new Random(7);
        for (int size : List.of(0, 1, 200, 1_023, 1_024, 1_025, 70_000, 1_000_000)) {
            byte[] noise = new byte[size];
            random.nextBytes(noise);
            comesBack("noise-" + size, noise);
            comesBack("dull-" + size, "ab".repeat(size).substring(size).getBytes(StandardCharsets.US_ASCII));
        }
    }

    private void comesBack(String name, byte[] bytes) {
        Entry entry = new Entry(
                Content.of("application/octet-stream", bytes),
                Set.of(),
                Freshness.of(Duration.ofMinutes(1)),
                clock.instant(),
                Duration.ZERO);
        CacheKey key = CacheKey.shared("sizes", name);
        put(key, entry);
        assertThat(found(key, Set.of())).contains(entry);
    }

    @Test
    void what_is_one_sessions_is_not_anothers_and_namespaces_are_apart() {
        SessionId one = SessionId.next(new Ids(clock, new Random(1)));
        SessionId other = SessionId.next(new Ids(clock, new Random(2)));
        put(CacheKey.of(one, "tools", "all"), entry("hers"));
        assertThat(found(CacheKey.of(other, "tools", "all"), TAGS)).isEmpty();
        assertThat(found(KEY, TAGS)).isEmpty();
        assertThat(found(CacheKey.of(one, "documents", "all"), TAGS)).isEmpty();
        assertThat(found(CacheKey.of(one, "tools", "all"), TAGS)).isPresent();
    }

    @Test
    void an_invalidated_tag_takes_all_its_entries_and_no_others() {
        for (int i = 0; i < 50; i++) {
            put(CacheKey.shared("many", "both-" + i), entry("x" + i));
        }
        CacheKey other = CacheKey.shared("many", "other");
        Set<Tag> only = Set.of(TWO);
        put(other, entry("y", only, Freshness.of(Duration.ofMinutes(5))));

        assertThat(cache.invalidate(Set.of(ONE))).isTrue();

        for (int i = 0; i < 50; i++) {
            assertThat(found(CacheKey.shared("many", "both-" + i), TAGS)).isEmpty();
        }
        assertThat(found(other, only)).isPresent();
        put(KEY, entry("new"));
        assertThat(found(KEY, TAGS)).isPresent();
    }

    @Test
    void what_was_asked_for_before_its_tag_was_invalidated_is_worth_nothing_when_it_is_put_after() {
        Ticket before = ticket(cache.find(KEY, TAGS));
        cache.invalidate(Set.of(TWO));
        cache.put(KEY, entry("made from what was"), before);
        assertThat(found(KEY, TAGS)).isEmpty();
        put(KEY, entry("made from what is"));
        Ticket found = ticket(cache.find(KEY, TAGS));
        cache.invalidate(Set.of(TWO));
        cache.put(KEY, entry("refreshed from what was"), found);
        assertThat(found(KEY, TAGS)).isEmpty();
    }

    @Test
    void readers_never_see_what_was_invalidated_before_they_asked() throws Exception {
        AtomicInteger truth = new AtomicInteger();
        Racing.race(6, racer -> {
            for (int i = 0; i < 60; i++) {
                if (racer < 2) {
                    truth.incrementAndGet();
                    cache.invalidate(Set.of(ONE));
                } else {
                    int atLeast = racer < 4 ? 0 : truth.get();
                    Lookup lookup = cache.find(KEY, TAGS);
                    if (lookup instanceof Lookup.Found found) {
                        int seen = Integer.parseInt(
                                new String(found.entry().content().bytes(), StandardCharsets.US_ASCII));
                        // An invalidation that is under way may not be seen yet: of each writer one.
                        assertThat(seen).isGreaterThanOrEqualTo(atLeast - 2);
                    } else {
                        int made = truth.get();
                        cache.put(KEY, entry(Integer.toString(made)), ticket(lookup));
                    }
                }
            }
            return racer;
        });
    }

    @Test
    void an_entry_is_kept_as_long_as_there_is_a_use_for_it_and_no_longer() throws Exception {
        Entry shortLived = new Entry(
                Content.of("text/plain", new byte[3]),
                TAGS,
                new Freshness(Duration.ofMillis(1), Duration.ZERO, Duration.ofMillis(600)),
                clock.instant(),
                Duration.ZERO);
        put(KEY, shortLived);
        assertThat(found(KEY, TAGS)).isPresent();
        await().until(() -> found(KEY, TAGS).isEmpty());
    }

    @Test
    void one_entry_is_removed_and_all_are_cleared() {
        CacheKey other = CacheKey.shared("tools", "other");
        put(KEY, entry("a"));
        put(other, entry("b"));
        cache.remove(KEY);
        assertThat(found(KEY, TAGS)).isEmpty();
        assertThat(found(other, TAGS)).isPresent();
        put(KEY, entry("c"));
        Ticket before = ticket(cache.find(KEY, TAGS));
        assertThat(cache.clear()).isTrue();
        assertThat(found(KEY, TAGS)).isEmpty();
        assertThat(found(other, TAGS)).isEmpty();
        cache.put(KEY, entry("from before"), before);
        assertThat(found(KEY, TAGS)).isEmpty();
    }

    @Test
    void of_many_who_claim_one_does_until_it_gives_it_back() throws Exception {
        List<Optional<Claim>> claims = Racing.race(8, racer -> cache.claim(KEY, CLAIM));
        assertThat(claims).filteredOn(Optional::isPresent).hasSize(1);
        assertThat(cache.claim(KEY, CLAIM)).isEmpty();
        assertThat(cache.claim(CacheKey.shared("tools", "other"), CLAIM)).isPresent();
        claims.forEach(claim -> claim.ifPresent(Claim::close));
        assertThat(cache.claim(KEY, Duration.ofMillis(1))).isPresent();
        await().until(() -> cache.claim(KEY, CLAIM).isPresent());
    }

    @Test
    void all_that_is_kept_is_read_in_pieces_and_written_elsewhere() throws Exception {
        Set<CacheKey> expected = new HashSet<>();
        for (int i = 0; i < 230; i++) {
            CacheKey key = CacheKey.shared("many", "entry-" + i);
            put(key, entry("text " + i));
            expected.add(key);
        }
        List<Kept> read = new ArrayList<>();
        String cursor = "";
        do {
            Piece piece = cache.read(cursor, 100);
            read.addAll(piece.entries());
            cursor = piece.next();
        } while (!cursor.isEmpty());
        assertThat(read).extracting(Kept::key).containsAll(expected);
        cache.clear();
        assertThat(cache.write(read)).isGreaterThanOrEqualTo(230);
        assertThat(found(CacheKey.shared("many", "entry-229"), TAGS))
                .map(found -> new String(found.content().bytes(), StandardCharsets.UTF_8))
                .contains("text 229");
    }

    @Test
    void a_backup_made_while_others_write_is_whole_and_has_all_that_stayed() throws Exception {
        for (int i = 0; i < 150; i++) {
            put(CacheKey.shared("many", "stays-" + i), entry("text " + i));
        }
        CacheParts parts = new CacheParts(cache, new Random(3), clock, event -> {});
        List<byte[]> files = new CopyOnWriteArrayList<>();
        Racing.race(5, racer -> {
            for (int i = 0; i < 40; i++) {
                CacheKey key = CacheKey.shared("many", "comes-" + racer + "-" + i);
                if (racer == 0 && i % 10 == 0) {
                    files.add(backup(parts));
                } else if (i % 3 == 0) {
                    cache.remove(key);
                } else {
                    cache.put(key, entry("new"), ticket(cache.find(key, TAGS)));
                }
            }
            return racer;
        });
        assertThat(files).hasSize(4);
        for (byte[] file : files) {
            cache.clear();
            assertThat(parts.control().restore(new ByteArrayInputStream(file)).entries())
                    .isGreaterThanOrEqualTo(150);
            for (int i = 0; i < 150; i++) {
                assertThat(found(CacheKey.shared("many", "stays-" + i), TAGS)).isPresent();
            }
        }
    }

    private static byte[] backup(CacheParts parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            parts.control().backup(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
