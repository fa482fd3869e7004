package dev.daveloper.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.daveloper.domain.ContentKeys;
import dev.daveloper.domain.failures.InvalidValue;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EmbeddedStoresConfigTest {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Path DATA = Path.of("data");
    private static final ContentKeys KEYS = TestStores.keys("k1");

    @Test
    void every_key_can_be_set() {
        EmbeddedStoresConfig config = new EmbeddedStoresConfig(
                Optional.of(DATA), CLOCK, Durability.POWER_CUT, 3, 4, 5, 6, SECOND, SECOND.multipliedBy(2), KEYS);

        assertThat(config.directory()).contains(DATA);
        assertThat(config.clock()).isSameAs(CLOCK);
        assertThat(config.durability()).isEqualTo(Durability.POWER_CUT);
        assertThat(config.readerThreads()).isEqualTo(3);
        assertThat(config.queuedWrites()).isEqualTo(4);
        assertThat(config.queuedReads()).isEqualTo(5);
        assertThat(config.writesPerCommit()).isEqualTo(6);
        assertThat(config.answerWithin()).isEqualTo(SECOND);
        assertThat(config.closeWithin()).isEqualTo(SECOND.multipliedBy(2));
        assertThat(config.contentKeys()).isEqualTo(KEYS);
    }

    @Test
    void the_defaults_differ_by_where_and_how_safely_it_is_kept_only() {
        assertThat(EmbeddedStoresConfig.inMemory(CLOCK).directory()).isEmpty();
        assertThat(EmbeddedStoresConfig.in(DATA, CLOCK).directory()).contains(DATA);
        assertThat(EmbeddedStoresConfig.in(DATA, CLOCK).durability()).isEqualTo(Durability.PROCESS_DEATH);
        EmbeddedStoresConfig safer = EmbeddedStoresConfig.in(DATA, CLOCK).with(Durability.POWER_CUT);
        assertThat(safer.durability()).isEqualTo(Durability.POWER_CUT);
        assertThat(safer.with(Durability.PROCESS_DEATH)).isEqualTo(EmbeddedStoresConfig.in(DATA, CLOCK));
        assertThat(safer.contentKeys()).isEqualTo(ContentKeys.NONE);
        assertThat(safer.with(KEYS).contentKeys()).isEqualTo(KEYS);
        assertThat(safer.with(KEYS).with(ContentKeys.NONE)).isEqualTo(safer);
    }

    @Test
    void bounds_that_bound_nothing_are_refused_by_name() {
        refused("reader threads", 0, 1, 1, 1, SECOND, SECOND);
        refused("reader threads", EmbeddedStoresConfig.MAX_READER_THREADS + 1, 1, 1, 1, SECOND, SECOND);
        refused("queued writes", 1, 0, 1, 1, SECOND, SECOND);
        refused("queued reads", 1, 1, -1, 1, SECOND, SECOND);
        refused("writes per commit", 1, 1, 1, 0, SECOND, SECOND);
        refused("answer within", 1, 1, 1, 1, Duration.ZERO, SECOND);
        refused("close within", 1, 1, 1, 1, SECOND, SECOND.negated());
    }

    private static void refused(
            String name, int readers, int writes, int reads, int group, Duration answer, Duration close) {
        assertThatExceptionOfType(InvalidValue.class)
                .isThrownBy(() -> new EmbeddedStoresConfig(
                        Optional.empty(),
                        CLOCK,
                        Durability.PROCESS_DEATH,
                        readers,
                        writes,
                        reads,
                        group,
                        answer,
                        close,
                        ContentKeys.NONE))
                .satisfies(refusal -> assertThat(refusal.name()).isEqualTo(name));
    }
}
