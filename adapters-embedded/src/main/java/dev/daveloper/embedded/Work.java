package dev.daveloper.embedded;

import java.sql.SQLException;

/**
 * What a caller wants done on a connection. Runs on a database thread, within a transaction when it writes; whatever it
 * throws undoes what it has written.
 */
@FunctionalInterface
public interface Work<T> {
    T on(SqliteConnection connection) throws SQLException;
}
