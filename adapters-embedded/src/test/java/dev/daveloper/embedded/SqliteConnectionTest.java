package dev.daveloper.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SqliteConnectionTest {
    private static final int COMMITS = 300;
    private static final int ROWS_OF_A_COMMIT = 3;
    private static final int MANY_ROWS = 150_000;
    /** It was more than twenty times as long when every commit walked over all pages. */
    private static final int MOST_TIMES_AS_LONG = 10;

    @Test
    void two_databases_in_memory_know_nothing_of_each_other() throws SQLException {
        try (SqliteConnection one = SqliteConnection.inMemory();
                SqliteConnection other = SqliteConnection.inMemory()) {
            one.update("CREATE TABLE told (word TEXT)");

            assertThat(tablesOf(one)).containsExactly("told");
            assertThat(tablesOf(other)).isEmpty();
        }
    }

    @Test
    void what_is_in_memory_is_gone_with_its_connection() throws SQLException {
        try (SqliteConnection one = SqliteConnection.inMemory()) {
            one.update("CREATE TABLE told (word TEXT)");
        }

        try (SqliteConnection next = SqliteConnection.inMemory()) {
            assertThat(tablesOf(next)).isEmpty();
        }
    }

    /** The median of many says what a commit takes, however busy the machine is. */
    @Test
    void a_commit_in_memory_takes_about_as_long_when_much_is_kept() throws SQLException {
        try (SqliteConnection connection = SqliteConnection.inMemory()) {
            connection.update("CREATE TABLE told (id TEXT PRIMARY KEY, word BLOB) WITHOUT ROWID");
            usualCommitNanos(connection);
            long little = usualCommitNanos(connection);
            connection.update("BEGIN");
            connection.update("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT " + MANY_ROWS
                    + ") INSERT INTO told SELECT hex(randomblob(16)), zeroblob(300) FROM n");
            connection.update("COMMIT");

            assertThat(usualCommitNanos(connection)).isLessThan(little * MOST_TIMES_AS_LONG);
        }
    }

    private static long usualCommitNanos(SqliteConnection connection) throws SQLException {
        long[] taken = new long[COMMITS];
        for (int i = 0; i < COMMITS; i++) {
            connection.update("BEGIN IMMEDIATE");
            for (int row = 0; row < ROWS_OF_A_COMMIT; row++) {
                connection.update("INSERT INTO told VALUES (hex(randomblob(16)), zeroblob(300))");
            }
            long began = System.nanoTime();
            connection.update("COMMIT");
            taken[i] = System.nanoTime() - began;
        }
        Arrays.sort(taken);
        return taken[COMMITS / 2];
    }

    private static List<String> tablesOf(SqliteConnection connection) throws SQLException {
        return connection.list("SELECT name FROM sqlite_schema", row -> row.getString(1));
    }
}
