package dev.daveloper.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The steps that make the schema, first to last; a database's {@code user_version} says how many it has been through.
 * A step that was released is never changed: what it got wrong, a later one puts right.
 */
final class Migrations {
    private final List<String> scripts;

    Migrations(List<String> scripts) {
        this.scripts = List.copyOf(scripts);
    }

    static Migrations of(Schema schema) {
        return named(schema.steps());
    }

    static Migrations named(List<String> names) {
        List<String> scripts = new ArrayList<>();
        for (String name : names) {
            scripts.add(resource("migrations/" + name));
        }
        return new Migrations(scripts);
    }

    /**
     * Brings the database up to date, each step in a transaction of its own: after a failure it is as after the last
     * step that succeeded.
     *
     * @throws SQLException when a step fails, or the database was made by a later version of this program
     */
    void applyTo(SqliteConnection connection) throws SQLException {
        int done = version(connection);
        if (done > scripts.size()) {
            throw new SQLException(
                    "its schema is version " + done + ", made by a later version of this program; this one"
                            + " knows versions up to " + scripts.size());
        }
        for (int version = done + 1; version <= scripts.size(); version++) {
            apply(connection, version);
        }
    }

    static int version(SqliteConnection connection) throws SQLException {
        return connection.first("PRAGMA user_version", row -> row.getInt(1)).orElseThrow();
    }

    private void apply(SqliteConnection connection, int version) throws SQLException {
        connection.script("BEGIN IMMEDIATE");
        try {
            connection.script(scripts.get(version - 1));
            connection.script("PRAGMA user_version = " + version);
            connection.script("COMMIT");
        } catch (SQLException e) {
            connection.script("ROLLBACK");
            throw new SQLException("the step to schema version " + version + " failed: " + e.getMessage(), e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = Migrations.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
