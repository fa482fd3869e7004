package dev.daveloper.embedded.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daveloper.application.testkit.Racing;
import dev.daveloper.domain.Ids;
import dev.daveloper.domain.sessions.Session;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.sessions.TokenHash;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class NearSessionsTest {
    private static final TokenHash TOKEN = new TokenHash("ab".repeat(32));
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final Session session =
            new Session(SessionId.next(new Ids(InstantSource.system(), new Random(1))), NOW, NOW);
    private final AtomicReference<Optional<Session>> stored = new AtomicReference<>(Optional.of(session));
    private final AtomicInteger reads = new AtomicInteger();
    private final NearSessions near = new NearSessions();

    private Optional<Session> find() {
        return near.find(TOKEN, () -> {
            reads.incrementAndGet();
            return stored.get();
        });
    }

    private boolean end() {
        return near.change(
                session.id(), () -> stored.getAndSet(Optional.empty()).isPresent());
    }

    @Test
    void what_was_found_is_not_read_again_until_it_changes() {
        assertThat(find()).contains(session);
        assertThat(find()).contains(session);
        assertThat(reads).hasValue(1);
        assertThat(end()).isTrue();
        assertThat(find()).isEmpty();
        assertThat(find()).isEmpty();
        assertThat(reads).hasValue(3);
    }

    @Test
    void what_ends_while_it_is_read_is_not_held() {
        Optional<Session> read = near.find(TOKEN, () -> {
            Optional<Session> before = stored.get();
            end();
            return before;
        });
        assertThat(read).contains(session);
        assertThat(find()).isEmpty();
    }

    @Test
    void a_reading_that_fails_holds_nothing_up() {
        assertThatThrownBy(() -> near.find(TOKEN, () -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThat(find()).contains(session);
    }

    @Test
    void nobody_finds_what_had_ended_before_he_asked() throws Exception {
        for (int round = 0; round < 300; round++) {
            stored.set(Optional.of(session));
            Racing.race(4, racer -> racer == 0 ? end() : find().isPresent());
            assertThat(find()).isEmpty();
        }
    }
}
