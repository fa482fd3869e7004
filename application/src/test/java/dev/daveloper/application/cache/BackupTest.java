package dev.daveloper.application.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daveloper.application.cache.in.CacheControl;
import dev.daveloper.application.cache.in.CacheControl.Restored;
import dev.daveloper.application.cache.in.CacheControl.Warmable;
import dev.daveloper.application.cache.in.CacheControl.Warmed;
import dev.daveloper.application.cache.in.Caching.Question;
import dev.daveloper.application.testkit.InMemoryCache;
import dev.daveloper.application.testkit.ManualClock;
import dev.daveloper.domain.Ids;
import dev.daveloper.domain.cache.CacheKey;
import dev.daveloper.domain.cache.Content;
import dev.daveloper.domain.cache.Demand;
import dev.daveloper.domain.cache.Freshness;
import dev.daveloper.domain.cache.Tag;
import dev.daveloper.domain.failures.AgentUnavailable;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.domain.failures.StoreUnavailable;
import dev.daveloper.domain.sessions.SessionId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BackupTest {
    private static final int ENTRIES = 250;
    private static final Demand KEPT = new Demand(false, true, true, Optional.empty(), Duration.ZERO, Optional.empty());

    private final ManualClock clock = new ManualClock();
    private final CacheParts full = parts();
    private final SessionId session = SessionId.next(new Ids(clock, new Random(3)));

    private CacheParts parts() {
        return new CacheParts(new InMemoryCache(clock), RandomGenerator.getDefault(), clock, event -> {});
    }

    private Question question(int number, Demand demand) {
        Freshness freshness = Freshness.of(Duration.ofSeconds(number < 10 ? 10 : 1_000));
        CacheKey key = number % 2 == 0
                ? CacheKey.shared("tools", "entry " + number)
                : CacheKey.of(session, "documents", "entry " + number);
        return new Question(key, Set.of(Tag.TOOLS, Tag.of(session)), freshness, demand);
    }

    private static Content content(int number) {
        return Content.of("text/plain", ("content of " + number).getBytes(StandardCharsets.UTF_8));
    }

    private byte[] backup() throws Exception {
        for (int i = 0; i < ENTRIES; i++) {
            int number = i;
            full.caching().get(question(number, Demand.ANY), () -> content(number));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(full.control().backup(out)).isEqualTo(ENTRIES);
        return out.toByteArray();
    }

    @Test
    void what_was_kept_is_kept_elsewhere_for_what_is_left_of_its_time() throws Exception {
        byte[] file = backup();
        clock.advance(Duration.ofSeconds(20));
        CacheParts empty = parts();
        Restored restored = empty.control().restore(new ByteArrayInputStream(file));
        assertThat(restored).isEqualTo(new Restored(ENTRIES - 10, 10));
        for (int i = 10; i < ENTRIES; i++) {
            assertThat(empty.caching()
                            .get(question(i, KEPT), () -> content(0))
                            .orElseThrow()
                            .entry()
                            .content())
                    .isEqualTo(content(i));
        }
        clock.advance(Duration.ofMinutes(20));
        assertThat(empty.caching().get(question(100, KEPT), () -> content(0))).isEmpty();
    }

    @Test
    void what_is_read_while_the_store_is_away_does_not_look_whole() throws Exception {
        InMemoryCache cache = new InMemoryCache(clock);
        CacheParts parts = new CacheParts(cache, RandomGenerator.getDefault(), clock, event -> {});
        cache.away(true);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThatThrownBy(() -> parts.control().backup(out)).isInstanceOf(StoreUnavailable.class);
        isRefused(out.toByteArray());
    }

    @Test
    void what_is_restored_is_forgotten_with_its_tags() throws Exception {
        byte[] file = backup();
        CacheParts empty = parts();
        empty.control().restore(new ByteArrayInputStream(file));
        assertThat(empty.control().forget(Set.of(Tag.of(session)))).isTrue();
        assertThat(empty.caching().get(question(100, KEPT), () -> content(0))).isEmpty();
    }

    @Test
    void no_byte_of_a_backup_can_be_changed_or_left_out() throws Exception {
        byte[] file = backup();
        Random random = new Random(11);
        for (int i = 0; i < 400; i++) {
            byte[] altered = file.clone();
            altered[random.nextInt(file.length)] ^= (byte) (1 + random.nextInt(255));
            isRefused(altered);
            isRefused(Arrays.copyOf(file, random.nextInt(file.length)));
        }
        isRefused(Arrays.copyOf(file, file.length + 1));
        isRefused("no backup at all".getBytes(StandardCharsets.UTF_8));
        isRefused(new byte[0]);
    }

    private void isRefused(byte[] file) {
        assertThatThrownBy(() -> parts().control().restore(new ByteArrayInputStream(file)))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("The file");
    }

    @Test
    void a_backup_of_another_version_is_refused_by_its_number() throws IOException {
        byte[] file = "DVCACHE\u0007".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> parts().control().restore(new ByteArrayInputStream(file)))
                .hasMessageContaining("version 7");
    }

    @Test
    void what_is_asked_for_most_is_made_ahead_first_and_what_fails_does_not_end_it() throws Exception {
        CacheControl control = full.control();
        List<Integer> order = new ArrayList<>();
        control.register(List.of(warmable(2, order), warmable(4, order), warmable(6, order)));
        full.caching().get(question(6, Demand.ANY), () -> content(6));
        full.control().forget(Set.of(Tag.TOOLS));
        List<Warmed> progress = new ArrayList<>();
        Warmed warmed = control.warm(control.warmable(), progress::add);
        assertThat(order).containsExactly(6, 2, 4);
        assertThat(warmed).isEqualTo(new Warmed(3, 2, 0, 1));
        assertThat(progress).hasSize(3);
        assertThat(control.warm(List.of("6"), so -> {})).isEqualTo(new Warmed(1, 0, 1, 0));
        assertThatThrownBy(() -> control.warm(List.of("8"), so -> {})).isInstanceOf(InvalidRequest.class);
    }

    private Warmable warmable(int number, List<Integer> order) {
        return new Warmable(Integer.toString(number), question(number, Demand.ANY), () -> {
            order.add(number);
            if (number == 4) {
                throw new AgentUnavailable(Duration.ofSeconds(1));
            }
            return content(number);
        });
    }
}
