package dev.daveloper.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MigrationsTest {
    private static final String FIRST = "CREATE TABLE people (name TEXT); INSERT INTO people VALUES ('Ada');";
    private static final String SECOND =
            "ALTER TABLE people ADD COLUMN age INTEGER NOT NULL DEFAULT 0; UPDATE people SET age = 36;";
    private static final String BROKEN = "UPDATE people SET name = 'spoilt'; DROP TABLE no_such_table;";

    private SqliteConnection connection;

    @BeforeEach
    void connect() throws SQLException {
        connection = SqliteConnection.inMemory();
    }

    @AfterEach
    void close() {
        connection.close();
    }

    @Test
    void an_empty_database_goes_through_all_steps() throws SQLException {
        new Migrations(List.of(FIRST, SECOND)).applyTo(connection);

        assertThat(Migrations.version(connection)).isEqualTo(2);
        assertThat(age()).isEqualTo(36);
    }

    @Test
    void a_database_of_version_1_is_brought_forward_with_what_is_in_it() throws SQLException {
        new Migrations(List.of(FIRST)).applyTo(connection);
        connection.update("INSERT INTO people VALUES ('Grace')");

        new Migrations(List.of(FIRST, SECOND)).applyTo(connection);

        assertThat(Migrations.version(connection)).isEqualTo(2);
        assertThat(names()).containsExactly("Ada", "Grace");
    }

    @Test
    void a_database_that_is_up_to_date_is_left_alone() throws SQLException {
        Migrations migrations = new Migrations(List.of(FIRST));
        migrations.applyTo(connection);
        migrations.applyTo(connection);

        assertThat(names()).containsExactly("Ada");
    }

    @Test
    void a_step_that_fails_leaves_the_version_before_it_whole() throws SQLException {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> new Migrations(List.of(FIRST, BROKEN, SECOND)).applyTo(connection))
                .withMessageContaining("the step to schema version 2 failed");

        assertThat(Migrations.version(connection)).isEqualTo(1);
        assertThat(names()).containsExactly("Ada");
        new Migrations(List.of(FIRST, SECOND)).applyTo(connection);
        assertThat(age()).isEqualTo(36);
    }

    @Test
    void a_database_of_a_later_program_is_left_alone() throws SQLException {
        new Migrations(List.of(FIRST, SECOND)).applyTo(connection);

        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> new Migrations(List.of(FIRST)).applyTo(connection))
                .withMessageContaining("version 2")
                .withMessageContaining("versions up to 1");
        assertThat(age()).isEqualTo(36);
    }

    @Test
    void the_known_steps_make_the_schema() throws SQLException {
        Migrations.of(Schema.CONVERSATIONS).applyTo(connection);

        assertThat(Migrations.version(connection))
                .isEqualTo(Schema.CONVERSATIONS.steps().size());
        assertThat(connection.list("SELECT name FROM sqlite_schema WHERE type = 'table'", row -> row.getString(1)))
                .contains("sessions", "runs", "messages", "idempotency_keys", "run_log");
    }

    private int age() throws SQLException {
        return connection
                .first("SELECT age FROM people WHERE name = 'Ada'", row -> row.getInt(1))
                .orElseThrow();
    }

    private List<String> names() throws SQLException {
        return connection.list("SELECT name FROM people ORDER BY name", row -> row.getString(1));
    }

    @Test
    void sessions_of_the_first_schema_live_on() throws SQLException {
        List<String> first = List.of(Schema.CONVERSATIONS.steps().getFirst());
        Migrations.named(first).applyTo(connection);
        connection.update("INSERT INTO sessions VALUES ('ses_1', 'hash', 1, 2, 3)");

        Migrations.of(Schema.CONVERSATIONS).applyTo(connection);

        assertThat(connection.first("SELECT token_hash FROM sessions WHERE expires_at <= 3", row -> row.getString(1)))
                .contains("hash");
        assertThat(connection.first("SELECT opened - ended FROM session_counts", row -> row.getLong(1)))
                .contains(1L);
    }
}
