package dev.daveloper.embedded.chat;

import dev.daveloper.domain.chat.Message;
import dev.daveloper.domain.chat.MessageId;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.embedded.ContentSeal;
import dev.daveloper.embedded.SqliteConnection;
import dev.daveloper.stored.chat.MessageCodec;
import dev.daveloper.stored.chat.Place;
import java.sql.SQLException;
import java.util.Optional;

/** Messages as rows of the database, sealed where there are keys. Safe for use by many threads. */
final class MessageRows {
    /** Messages that are counted; of what has more it is only known that it has as many. */
    private static final int MAX_COUNTED = 64;

    private final ContentSeal seal;

    MessageRows(ContentSeal seal) {
        this.seal = seal;
    }

    /**
     * What a conversation is before a message comes.
     *
     * @param last empty when there is none
     * @param withNext how many messages there will be; {@link Long#MAX_VALUE} when they are not, or too many to be,
     *     counted
     */
    record Before(Optional<MessageId> last, long withNext) {}

    Before before(SqliteConnection connection, SessionId session, boolean counted) throws SQLException {
        if (!counted) {
            return new Before(last(connection, session), Long.MAX_VALUE);
        }
        long count = connection
                .first(
                        "SELECT count(*) FROM (SELECT 1 FROM messages WHERE session_id = ? LIMIT ?)",
                        row -> row.getLong(1),
                        session.value(),
                        MAX_COUNTED)
                .orElseThrow();
        return new Before(last(connection, session), count < MAX_COUNTED ? count + 1 : Long.MAX_VALUE);
    }

    Optional<MessageId> last(SqliteConnection connection, SessionId session) throws SQLException {
        return connection.first(
                "SELECT id FROM messages WHERE session_id = ? ORDER BY position DESC LIMIT 1",
                row -> new MessageId(row.getString(1)),
                session.value());
    }

    /** The message as its row has it. */
    byte[] sealed(SessionId session, Message message) {
        return seal.seal(MessageCodec.encode(message), Place.of(session, message.id()));
    }

    Message open(SessionId session, MessageId id, byte[] content) {
        return MessageCodec.decode(seal.open(content, Place.of(session, id)));
    }

    /** @param content {@link #sealed} */
    void insert(SqliteConnection connection, SessionId session, MessageId id, byte[] content) throws SQLException {
        connection.update(
                "INSERT INTO messages (id, session_id, content, sealed_by) VALUES (?, ?, ?, ?)",
                id.value(),
                session.value(),
                content,
                seal.number());
    }
}
