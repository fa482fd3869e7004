package dev.daveloper.embedded.documents.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.daveloper.domain.failures.InvalidValue;
import dev.daveloper.embedded.Durability;
import dev.daveloper.embedded.EmbeddedStoresConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EmbeddedDocumentsConfigTest {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Path DATA = Path.of("data", "documents");

    @Test
    void every_key_can_be_set() {
        EmbeddedDocumentsConfig config = new EmbeddedDocumentsConfig(
                Optional.of(DATA),
                CLOCK,
                Durability.POWER_CUT,
                3,
                4,
                SECOND,
                SECOND.multipliedBy(2),
                SECOND.multipliedBy(3));

        assertThat(config.directory()).contains(DATA);
        assertThat(config.clock()).isSameAs(CLOCK);
        assertThat(config.durability()).isEqualTo(Durability.POWER_CUT);
        assertThat(config.workers()).isEqualTo(3);
        assertThat(config.maxWaiting()).isEqualTo(4);
        assertThat(config.rememberEnded()).isEqualTo(SECOND);
        EmbeddedStoresConfig database = config.database();
        assertThat(database.directory()).contains(DATA);
        assertThat(database.clock()).isSameAs(CLOCK);
        assertThat(database.durability()).isEqualTo(Durability.POWER_CUT);
        assertThat(database.answerWithin()).isEqualTo(SECOND.multipliedBy(2));
        assertThat(database.closeWithin()).isEqualTo(SECOND.multipliedBy(3));
    }

    @Test
    void the_defaults_suit_the_machine() {
        assertThat(EmbeddedDocumentsConfig.workersFor(1)).isEqualTo(1);
        assertThat(EmbeddedDocumentsConfig.workersFor(2)).isEqualTo(1);
        assertThat(EmbeddedDocumentsConfig.workersFor(3)).isEqualTo(2);
        assertThat(EmbeddedDocumentsConfig.in(DATA, CLOCK).directory()).contains(DATA);
        assertThat(EmbeddedDocumentsConfig.inMemory(CLOCK).directory()).isEmpty();
        assertThat(EmbeddedDocumentsConfig.inMemory(CLOCK).rememberEnded()).isEqualTo(Duration.ofDays(1));
        assertThat(EmbeddedDocumentsConfig.inMemory(CLOCK).with(5, 6))
                .returns(5, EmbeddedDocumentsConfig::workers)
                .returns(6, EmbeddedDocumentsConfig::maxWaiting);
    }

    @Test
    void bounds_that_bound_nothing_are_refused_by_name() {
        refused("workers", 0, 1, SECOND, SECOND, SECOND);
        refused("workers", EmbeddedDocumentsConfig.MAX_WORKERS + 1, 1, SECOND, SECOND, SECOND);
        refused("max waiting", 1, 0, SECOND, SECOND, SECOND);
        refused("max waiting", 1, EmbeddedDocumentsConfig.MAX_WAITING + 1, SECOND, SECOND, SECOND);
        refused("remember ended", 1, 1, Duration.ZERO, SECOND, SECOND);
        refused("answer within", 1, 1, SECOND, Duration.ZERO, SECOND);
        refused("close within", 1, 1, SECOND, SECOND, SECOND.negated());
    }

    private static void refused(
            String name, int workers, int waiting, Duration remember, Duration answer, Duration close) {
        assertThatExceptionOfType(InvalidValue.class)
                .isThrownBy(() -> new EmbeddedDocumentsConfig(
                        Optional.empty(), CLOCK, Durability.PROCESS_DEATH, workers, waiting, remember, answer, close))
                .satisfies(refusal -> assertThat(refusal.name()).isEqualTo(name));
    }
}
