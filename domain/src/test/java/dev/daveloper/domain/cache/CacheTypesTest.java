package dev.daveloper.domain.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daveloper.domain.Ids;
import dev.daveloper.domain.cache.Demand.Use;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.failures.InvalidValue;
import dev.daveloper.domain.sessions.SessionId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CacheTypesTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Freshness FRESHNESS =
            new Freshness(Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofSeconds(300));

    private static Entry entry() {
        return new Entry(
                Content.of("text/plain", "text".getBytes(StandardCharsets.UTF_8)),
                Set.of(Tag.TOOLS),
                FRESHNESS,
                NOW,
                Duration.ofSeconds(2));
    }

    /** An age, and what a caller bounds; empty is no bound. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "59 | | 0 | | FRESH",
                "60 | | 0 | | WHILE_REVALIDATED",
                "89 | | 0 | | WHILE_REVALIDATED",
                "90 | | 0 | | NONE",
                "59 | | 1 | | FRESH",
                "59 | | 2 | | NONE",
                "59 | 59 | 0 | | FRESH",
                "59 | 58 | 0 | | NONE",
                "70 | 80 | 0 | | NONE",
                "70 | | 0 | 10 | STALE",
                "71 | | 0 | 10 | WHILE_REVALIDATED",
                "200 | | 0 | 140 | STALE",
                "200 | | 0 | 139 | NONE",
                "0 | 0 | 0 | | FRESH"
            })
    void an_entry_meets_a_demand(int age, Integer maxAge, int minFresh, Integer maxStale, Use use) {
        Demand demand = new Demand(
                false,
                true,
                false,
                Optional.ofNullable(maxAge).map(Duration::ofSeconds),
                Duration.ofSeconds(minFresh),
                Optional.ofNullable(maxStale).map(Duration::ofSeconds));
        assertThat(demand.of(entry(), NOW.plusSeconds(age))).isEqualTo(use);
    }

    @Test
    void whoever_wants_it_new_is_not_given_the_old() {
        Demand reload = new Demand(true, true, false, Optional.empty(), Duration.ZERO, Optional.empty());
        assertThat(reload.of(entry(), NOW)).isEqualTo(Use.NONE);
        assertThat(reload.acceptsOnError(entry(), NOW)).isFalse();
        assertThat(Demand.ANY.acceptsOnError(entry(), NOW.plusSeconds(359))).isTrue();
        assertThat(Demand.ANY.acceptsOnError(entry(), NOW.plusSeconds(360))).isFalse();
    }

    @Test
    void an_entry_from_a_clock_that_is_ahead_is_new() {
        assertThat(entry().age(NOW.minusSeconds(5))).isZero();
        assertThat(entry().keep(NOW)).isEqualTo(Duration.ofMinutes(6));
    }

    @Test
    void what_is_costly_is_made_anew_early_now_and_then_and_never_long_before() {
        Random random = new Random(7);
        int early = 0;
        for (int i = 0; i < 10_000; i++) {
            assertThat(EarlyRefresh.isDue(entry(), NOW, random)).isFalse();
            early += EarlyRefresh.isDue(entry(), NOW.plusSeconds(58), random) ? 1 : 0;
            assertThat(EarlyRefresh.isDue(entry(), NOW.plusSeconds(60), random)).isTrue();
        }
        // e to the power of minus 2 s over the 2 s that it takes.
        assertThat(early).isBetween(3_400, 3_960);
    }

    @Test
    void keys_do_not_collide_and_hide_what_a_session_looked_for() {
        SessionId session = SessionId.next(new Ids(InstantSource.system(), new Random(1)));
        Set<String> texts = new HashSet<>(Set.of(
                CacheKey.shared("a", "b/c").text(),
                CacheKey.shared("a", "/b/c").text(),
                CacheKey.of(session, "a", "b").text(),
                CacheKey.shared("a", session + "/b").text()));
        assertThat(texts).hasSize(4);
        assertThat(CacheKey.of(session, "documents", "name=secret")).hasToString("documents/***");
        assertThat(CacheKey.shared("tools", "all")).hasToString("tools/all");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Tools", "a b", "a:", "a:b c", "a:b:c", "1a", "a:b/c"})
    void what_is_no_tag_is_refused(String text) {
        assertThatThrownBy(() -> new Tag(text)).isInstanceOf(InvalidValue.class);
    }

    @Test
    void tags_name_what_things_are_made_from() {
        SessionId session = SessionId.next(new Ids(InstantSource.system(), new Random(1)));
        assertThat(Tag.of(session)).hasToString("session:" + session);
        assertThat(Tag.documentsOf(Scope.of(session))).hasToString("documents:" + session);
        assertThat(Tag.documentsOf(Scope.SHARED)).hasToString("documents:shared");
        assertThat(Tag.TOOLS.compareTo(Tag.of(session))).isPositive();
    }

    @Test
    void bounds_are_kept() {
        assertThatThrownBy(() -> new CacheKey("Tools", Optional.empty(), "x")).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> CacheKey.shared("tools", "")).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> CacheKey.shared("tools", "x".repeat(CacheKey.MAX_NAME_CHARS + 1)))
                .isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> Freshness.of(Duration.ofDays(2))).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> Freshness.of(Duration.ofSeconds(-1))).isInstanceOf(InvalidValue.class);
        Set<Tag> many = new HashSet<>();
        for (int i = 0; i <= Entry.MAX_TAGS; i++) {
            many.add(new Tag("t" + i));
        }
        Content content = Content.of("text/plain", new byte[0]);
        assertThatThrownBy(() -> new Entry(content, many, FRESHNESS, NOW, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void contents_are_equal_by_their_bytes_and_altered_ones_are_seen() {
        Content one = Content.of("text/plain", new byte[] {1, 2});
        assertThat(one).isEqualTo(Content.of("text/plain", new byte[] {1, 2})).hasToString("text/plain, 2 bytes");
        assertThat(one).isNotEqualTo(Content.of("text/html", new byte[] {1, 2}));
        assertThat(one.isIntact()).isTrue();
        assertThat(new Content("text/plain", new byte[] {1, 3}, one.digest()).isIntact())
                .isFalse();
    }
}
