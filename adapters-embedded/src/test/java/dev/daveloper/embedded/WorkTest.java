package dev.daveloper.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.daveloper.domain.failures.NotFound;
import dev.daveloper.domain.failures.StoreUnavailable;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkTest {
    private static final String WRITE = "UPDATE probe SET asked_at = 7";

    @TempDir
    Path directory;

    private Sqlite sqlite;

    @BeforeEach
    void open() {
        sqlite = Sqlite.open(EmbeddedStoresConfig.in(directory, InstantSource.system()), Schema.CONVERSATIONS);
    }

    @AfterEach
    void close() {
        sqlite.close();
    }

    @Test
    void a_refusal_reaches_the_caller_as_it_is() {
        assertThatExceptionOfType(NotFound.class)
                .isThrownBy(() -> sqlite.read(connection -> {
                    throw new NotFound("run");
                }));
    }

    @Test
    void a_mistake_of_ours_is_not_told_as_an_absent_store() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> sqlite.write(connection -> {
                    throw new ArithmeticException("on purpose");
                }))
                .withCauseInstanceOf(ArithmeticException.class);
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> sqlite.write(connection -> connection.update("INSERT INTO probe VALUES (1, 1)")))
                .withStackTraceContaining("UNIQUE");
    }

    @Test
    void readers_cannot_write() {
        assertThatExceptionOfType(StoreUnavailable.class)
                .isThrownBy(() -> sqlite.read(connection -> connection.update(WRITE)));
        int changed = sqlite.write(connection -> connection.update(WRITE));
        assertThat(changed).isOne();
    }

    @Test
    void a_reader_sees_what_was_answered_before() {
        sqlite.write(connection -> connection.update(WRITE));

        int seen = sqlite.read(connection -> connection
                .first("SELECT asked_at FROM probe", row -> row.getInt(1))
                .orElseThrow());
        assertThat(seen).isEqualTo(7);
    }
}
