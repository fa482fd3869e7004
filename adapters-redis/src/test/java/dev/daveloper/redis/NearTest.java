package dev.daveloper.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.testkit.CoreFixture;
import dev.daveloper.application.testkit.Racing;
import dev.daveloper.redis.testkit.RedisProcess;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is held near is what was there when nothing has changed since. */
@Timeout(60)
class NearTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final int READERS = 16;
    private static final int CHANGES = 500;

    @RegisterExtension
    final TestAdapters opener = new TestAdapters();

    private final RedisProcess server = RedisProcess.start();
    private final AtomicInteger reads = new AtomicInteger();
    private Redis redis;
    private String key;
    private Near<String> near;

    @BeforeEach
    void open() {
        redis = new Redis(opener.at(server.url()));
        key = redis.keys().tokens() + "one";
        near = new Near<>(redis.tracking(), 100, LONG);
        redis.start(new Redis.Listening(new RedisPubSubAdapter<>() {}, List.of("none")));
        await().atMost(CoreFixture.SOON).until(redis.tracking()::armed);
    }

    @AfterEach
    void close() {
        redis.close();
        server.close();
    }

    private Optional<String> read() {
        reads.incrementAndGet();
        byte[] value = redis.send(commands -> commands.get(Redis.bytes(key))).await();
        return Optional.ofNullable(value).map(String::new);
    }

    private void write(Object value) {
        server.command("SET", key, value.toString());
    }

    @Test
    void what_was_read_is_held_until_it_changes() {
        write(1);
        await().atMost(CoreFixture.SOON).until(() -> {
            near.get(key, this::read);
            int before = reads.get();
            return near.get(key, this::read).equals(Optional.of("1")) && reads.get() == before;
        });
        write(2);
        await().atMost(CoreFixture.SOON).until(() -> near.get(key, this::read).equals(Optional.of("2")));
        near.drop(key);
        int before = reads.get();
        near.get(key, this::read);
        assertThat(reads).hasValue(before + 1);
    }

    @Test
    void what_is_not_there_is_looked_for_each_time() {
        assertThat(near.get(key, this::read)).isEmpty();
        assertThat(near.get(key, this::read)).isEmpty();
        assertThat(reads).hasValue(2);
        assertThat(near.size()).isZero();
    }

    @Test
    void what_changed_while_it_was_read_is_not_held() {
        Optional<String> old = near.get(key, () -> {
            near.drop(key);
            return Optional.of("old");
        });
        assertThat(old).contains("old");
        assertThat(near.get(key, () -> Optional.of("new"))).contains("new");
    }

    @Test
    void what_was_being_read_when_all_became_worthless_is_not_held() {
        near.get(key, () -> {
            server.command("CLIENT", "KILL", "TYPE", "normal");
            await().atMost(CoreFixture.SOON).until(() -> !redis.tracking().armed());
            await().atMost(CoreFixture.SOON).until(redis.tracking()::armed);
            return Optional.of("old");
        });
        assertThat(near.get(key, () -> Optional.of("new"))).contains("new");
    }

    @Test
    void a_reading_that_failed_leaves_nothing_behind() {
        try {
            near.get(key, () -> {
                throw new IllegalStateException("cannot be read");
            });
        } catch (IllegalStateException expected) {
            assertThat(near.size()).isZero();
        }
        near.get(key, () -> Optional.of("1"));
        assertThat(near.get(key, () -> Optional.of("2"))).contains("1");
    }

    @Test
    void many_readers_never_keep_what_was_there_before_the_last_change() throws Exception {
        write(0);
        List<Boolean> right = Racing.race(READERS, reader -> {
            for (int i = 1; i <= CHANGES; i++) {
                if (reader == 0) {
                    write(i);
                } else {
                    near.get(key, this::read);
                }
            }
            return true;
        });
        assertThat(right).containsOnly(true);
        await().atMost(Duration.ofSeconds(1))
                .until(() -> near.get(key, this::read).equals(Optional.of(Integer.toString(CHANGES))));
        await().during(Duration.ofMillis(200))
                .until(() -> near.get(key, this::read).equals(Optional.of(Integer.toString(CHANGES))));
    }

    @Test
    void no_more_is_held_than_may_be() {
        for (int i = 0; i < 500; i++) {
            near.get(key + i, () -> Optional.of("1"));
        }
        assertThat(near.size()).isBetween(1L, 100L);
    }
}
