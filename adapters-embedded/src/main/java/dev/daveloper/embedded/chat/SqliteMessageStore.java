package dev.daveloper.embedded.chat;

import dev.daveloper.application.chat.out.MessageStore;
import dev.daveloper.domain.Page;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.chat.Message;
import dev.daveloper.domain.chat.MessageId;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.embedded.ContentSeal;
import dev.daveloper.embedded.Row;
import dev.daveloper.embedded.Sqlite;
import dev.daveloper.embedded.SqliteConnection;
import dev.daveloper.stored.chat.NearHistory;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Conversations in SQLite. A page's cursor is the id of the last message before it. */
public final class SqliteMessageStore implements MessageStore {
    private final Sqlite sqlite;
    private final MessageRows rows;
    private final NearHistory near;

    /** @param near shared with who writes the messages */
    public SqliteMessageStore(Sqlite sqlite, ContentSeal seal, NearHistory near) {
        this.sqlite = sqlite;
        this.rows = new MessageRows(seal);
        this.near = near;
    }

    @Override
    public Page<Message> page(SessionId session, PageRequest page) {
        List<Message> found = sqlite.read(connection -> connection.list(
                "SELECT content, id FROM messages WHERE session_id = ? AND position > ? ORDER BY position LIMIT ?",
                messageOf(session),
                session.value(),
                page.cursor().isPresent()
                        ? position(connection, session, page.cursor().get())
                        : 0,
                page.limit() + 1));
        if (found.size() <= page.limit()) {
            return new Page<>(found, Optional.empty());
        }
        List<Message> items = found.subList(0, page.limit());
        return new Page<>(items, Optional.of(items.getLast().id().value()));
    }

    @Override
    public List<Message> recent(SessionId session, int max) {
        return max <= 0 ? List.of() : near.take(session, max).orElseGet(() -> read(session, max));
    }

    private List<Message> read(SessionId session, int max) {
        List<Message> read = sqlite.read(connection -> connection.list(
                        "SELECT content, id FROM messages WHERE session_id = ? ORDER BY position DESC LIMIT ?",
                        messageOf(session),
                        session.value(),
                        max))
                .reversed();
        near.read(session, read);
        return read;
    }

    @Override
    public void clear(SessionId session) {
        sqlite.write(
                connection -> {
                    connection.update("DELETE FROM messages WHERE session_id = ?", session.value());
                    connection.update("DELETE FROM idempotency_keys WHERE session_id = ?", session.value());
                    // The logs go with their runs.
                    return connection.update("DELETE FROM runs WHERE session_id = ?", session.value());
                },
                () -> near.drop(session));
    }

    private Row<Message> messageOf(SessionId session) {
        return row -> rows.open(session, new MessageId(row.getString(2)), row.getBytes(1));
    }

    private static long position(SqliteConnection connection, SessionId session, String cursor) throws SQLException {
        return connection
                .first(
                        "SELECT position FROM messages WHERE id = ? AND session_id = ?",
                        row -> row.getLong(1),
                        cursor,
                        session.value())
                .orElseThrow(() -> new InvalidRequest("#/cursor", "The cursor is none of this conversation's."));
    }
}
