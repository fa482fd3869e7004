package dev.daveloper.embedded;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConnection;

/**
 * One connection and its prepared statements. For one thread at a time; only {@link #interrupt} may come from another.
 *
 * <p>Every SQL text is prepared once and kept, so texts are constants: values go in by question marks.
 */
public final class SqliteConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteConnection.class);

    /** How long SQLite itself waits for a lock of its own, such as a checkpoint's. */
    private static final int BUSY_TIMEOUT_MILLIS = 2_000;

    private static final int WRITER_CACHE_KIB = 16 * 1024;

    /** The write-ahead log is folded into the database when it is as long as this: 16 MiB of pages of 4 KiB. */
    private static final int CHECKPOINT_AFTER_PAGES = 4_096;

    /** What a write-ahead log that once had to grow beyond that is cut back to. */
    private static final long LOG_KEPT_BYTES = 64L << 20;

    /**
     * Pages in memory that count as a file, of 1 GiB at most, and are this connection's own. In {@code :memory:} a page
     * that was ever written stays dirty, and every commit walks over all of them.
     */
    private static final String IN_MEMORY = "file:conversations?vfs=memdb";

    private final Connection jdbc;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    private SqliteConnection(Connection jdbc) {
        this.jdbc = jdbc;
    }

    static SqliteConnection inMemory() throws SQLException {
        return connect(IN_MEMORY);
    }

    static SqliteConnection writing(Path database, Durability durability) throws SQLException {
        SqliteConnection connection = connect(database.toString());
        try {
            connection.requireWriteAheadLog();
            connection.script("PRAGMA synchronous = " + durability.synchronous());
            connection.script("PRAGMA cache_size = -" + WRITER_CACHE_KIB);
            connection.script("PRAGMA wal_autocheckpoint = " + CHECKPOINT_AFTER_PAGES);
            connection.script("PRAGMA journal_size_limit = " + LOG_KEPT_BYTES);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    static SqliteConnection reading(Path database) throws SQLException {
        SqliteConnection connection = connect(database.toString());
        connection.script("PRAGMA query_only = ON");
        return connection;
    }

    /** @return how many rows were changed */
    public int update(String sql, @Nullable Object... values) throws SQLException {
        return bound(sql, values).executeUpdate();
    }

    /** The first row, if there is one. */
    public <T> Optional<T> first(String sql, Row<T> row, @Nullable Object... values) throws SQLException {
        try (ResultSet rows = bound(sql, values).executeQuery()) {
            return rows.next() ? Optional.of(row.read(rows)) : Optional.empty();
        }
    }

    /** All rows; the statement bounds how many there can be. */
    public <T> List<T> list(String sql, Row<T> row, @Nullable Object... values) throws SQLException {
        List<T> read = new ArrayList<>();
        walk(sql, rows -> read.add(row.read(rows)), values);
        return read;
    }

    /** Shows one row after the other, until there are no more or one is answered with false. */
    public void walk(String sql, Row<Boolean> visitor, @Nullable Object... values) throws SQLException {
        try (ResultSet rows = bound(sql, values).executeQuery()) {
            boolean goOn = true;
            while (goOn && rows.next()) {
                goOn = visitor.read(rows);
            }
        }
    }

    /** Whether all that is deleted is overwritten from now on, or only what costs no extra write. */
    public void overwriteAllDeleted(boolean all) throws SQLException {
        script("PRAGMA secure_delete = " + (all ? "ON" : "FAST"));
    }

    private void requireWriteAheadLog() throws SQLException {
        String mode =
                first("PRAGMA journal_mode = WAL", row -> row.getString(1)).orElse("none");
        if (!mode.equals("wal")) {
            throw new SQLException("its file system cannot carry a write-ahead log, only '" + mode + "'");
        }
    }

    /** Runs one or several statements that come from us alone, without keeping them. */
    void script(String sql) throws SQLException {
        try (Statement statement = jdbc.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    /** Breaks off the statement that is running, from any thread. */
    void interrupt() throws SQLException {
        jdbc.unwrap(SQLiteConnection.class).getDatabase().interrupt();
    }

    /** The texts that were prepared so far. */
    public Set<String> prepared() {
        return Set.copyOf(statements.keySet());
    }

    @Override
    public void close() {
        try {
            jdbc.close();
        } catch (SQLException e) {
            LOG.warn("a database connection did not close well; nothing that was committed is lost", e);
        }
    }

    private static SqliteConnection connect(String where) throws SQLException {
        Properties settings = new Properties();
        // The driver would otherwise ask for the last row's number, by a statement of its own, after every insert.
        settings.setProperty("jdbc.get_generated_keys", "false");
        SqliteConnection connection =
                new SqliteConnection(DriverManager.getConnection("jdbc:sqlite:" + where, settings));
        connection.script("PRAGMA busy_timeout = " + BUSY_TIMEOUT_MILLIS);
        connection.script("PRAGMA foreign_keys = ON");
        connection.script("PRAGMA temp_store = MEMORY");
        connection.overwriteAllDeleted(false);
        return connection;
    }

    private PreparedStatement bound(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = jdbc.prepareStatement(sql);
            statements.put(sql, statement);
        }
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }
}
