package dev.daveloper.embedded.webhooks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** The database in a directory, looked into and meddled with past the stores. */
record DatabaseBeside(Path directory) {
    void update(String sql) throws SQLException {
        try (Connection jdbc = connect();
                Statement statement = jdbc.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    /** Each row's values, with a space between. */
    List<String> rows(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection jdbc = connect();
                Statement statement = jdbc.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            ResultSetMetaData columns = found.getMetaData();
            while (found.next()) {
                StringJoiner row = new StringJoiner(" ");
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    row.add(found.getString(i));
                }
                rows.add(row.toString());
            }
        }
        return rows;
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("daveloper.db"));
    }
}
