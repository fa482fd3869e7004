package dev.daveloper.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.daveloper.domain.ContentKeys;
import dev.daveloper.redis.RedisConfig.Ahead;
import dev.daveloper.redis.RedisConfig.Caching;
import dev.daveloper.redis.RedisConfig.Durability;
import dev.daveloper.redis.RedisConfig.Keeping;
import dev.daveloper.redis.RedisConfig.Timeouts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisConfigTest {
    private static final RedisUrl URL = RedisUrl.parse("redis://user:secret@host");
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void each_part_can_be_another_while_the_others_stay() {
        Timeouts timeouts = new Timeouts(SECOND, SECOND, SECOND, SECOND);
        Keeping keeping = new Keeping("a.B_9-", SECOND, SECOND, SECOND, 4);
        Durability durability = new Durability(Durability.MAX_COPIES, SECOND);
        Caching caching = new Caching(SECOND, Caching.MIN_NEAR_BYTES);
        ContentKeys keys = TestAdapters.keys("k");
        Path pem = Path.of("ca.pem");
        InstantSource clock = InstantSource.system();
        assertThat(RedisConfig.at(URL)
                        .with(timeouts)
                        .with(keeping)
                        .with(durability)
                        .with(keys)
                        .with(Ahead.NOTHING)
                        .with(caching)
                        .withCertificates(pem)
                        .withClock(clock))
                .isEqualTo(new RedisConfig(
                        URL,
                        timeouts,
                        keeping,
                        durability,
                        Optional.of(pem),
                        keys,
                        Ahead.NOTHING,
                        caching,
                        Optional.of(clock)));
        assertThat(RedisConfig.at(URL)
                        .withClock(clock)
                        .withCertificates(pem)
                        .with(keys)
                        .with(durability))
                .isEqualTo(RedisConfig.at(URL)
                        .with(durability)
                        .with(keys)
                        .withCertificates(pem)
                        .withClock(clock));
    }

    @Test
    void it_shows_no_password() {
        assertThat(RedisConfig.at(URL).toString()).contains("redis://host:6379").doesNotContain("secret", "user:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "with space", "colon:", "{tag}", "slash/", "a-name-that-is-longer-than-it-may-be"})
    void a_prefix_that_could_be_mistaken_is_refused(String prefix) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Keeping(prefix, SECOND, SECOND, SECOND, 4))
                .withMessageContaining("'" + prefix + "'");
    }

    @Test
    void times_are_a_millisecond_or_more() {
        Duration none = Duration.ofNanos(999_999);
        assertThatIllegalArgumentException().isThrownBy(() -> new Timeouts(none, SECOND, SECOND));
        assertThatIllegalArgumentException().isThrownBy(() -> new Timeouts(SECOND, none, SECOND));
        assertThatIllegalArgumentException().isThrownBy(() -> new Timeouts(SECOND, SECOND, none));
        assertThatIllegalArgumentException().isThrownBy(() -> new Timeouts(SECOND, SECOND, SECOND, none));
        assertThatIllegalArgumentException().isThrownBy(() -> new Keeping("p", none, SECOND, SECOND, 4));
        assertThatIllegalArgumentException().isThrownBy(() -> new Keeping("p", SECOND, none, SECOND, 4));
        assertThatIllegalArgumentException().isThrownBy(() -> new Keeping("p", SECOND, SECOND, none, 4));
        assertThatIllegalArgumentException().isThrownBy(() -> new Durability(1, Duration.ofSeconds(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Ahead(1, 1, none));
        assertThatIllegalArgumentException().isThrownBy(() -> new Caching(none, Caching.MIN_NEAR_BYTES));
    }

    @Test
    void copies_messages_calls_and_memory_have_bounds() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Ahead(-1, 1, SECOND));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Ahead(1, Ahead.MAX_CALLS + 1, SECOND))
                .withMessageContaining("0 to 1000, the first no more than the most: 1, 1001");
        assertThatIllegalArgumentException().isThrownBy(() -> new Ahead(17, 16, SECOND));
        assertThatIllegalArgumentException().isThrownBy(() -> new Durability(-1, SECOND));
        assertThatIllegalArgumentException().isThrownBy(() -> new Durability(Durability.MAX_COPIES + 1, SECOND));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Keeping("p", SECOND, SECOND, SECOND, 3))
                .withMessageContaining("4 or more, not 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Caching(SECOND, Caching.MIN_NEAR_BYTES - 1))
                .withMessageContaining("65536 or more, not 65535");
    }
}
