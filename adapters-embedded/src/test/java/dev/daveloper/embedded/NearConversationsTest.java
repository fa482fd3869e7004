package dev.daveloper.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.chat.out.RunStore.NewRun;
import dev.daveloper.application.testkit.Conversations;
import dev.daveloper.domain.ContentKeys;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.Lease;
import dev.daveloper.domain.chat.Message;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.embedded.chat.LogRows;
import dev.daveloper.embedded.chat.SqliteMessageStore;
import dev.daveloper.embedded.chat.SqliteRunStore;
import dev.daveloper.embedded.webhooks.EventRows;
import dev.daveloper.stored.chat.NearHistory;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** That a conversation which goes on is not read from the database again; that it is the same, its contract says. */
class NearConversationsTest {
    private final InstantSource clock = InstantSource.system();
    private final Conversations conversations = new Conversations(clock);
    private final SessionId session = conversations.someSession();
    private final Sqlite sqlite = Sqlite.open(EmbeddedStoresConfig.inMemory(clock), Schema.CONVERSATIONS);
    private final ContentSeal seal = ContentSeal.open(sqlite, ContentKeys.NONE);
    private final NearHistory near = new NearHistory();
    private final SqliteRunStore runs =
            new SqliteRunStore(sqlite, clock, seal, new EventRows(seal), new LogRows(seal), near);
    private final SqliteMessageStore messages = new SqliteMessageStore(sqlite, seal, near);

    @AfterEach
    void close() {
        sqlite.close();
    }

    @Test
    void an_agent_is_told_what_was_said_without_reading_it() {
        List<Message> first = turn("q1", "a1");
        NewRun second = begin("q2");
        assertThat(messages.recent(session, 40)).containsExactly(first.getFirst(), first.getLast(), second.message());
        assertThat(hasRead()).isFalse();
    }

    @Test
    void a_conversation_that_was_cleared_is_known_to_begin_anew() {
        turn("q1", "a1");
        messages.clear(session);
        NewRun second = begin("q2");
        assertThat(messages.recent(session, 40)).containsExactly(second.message());
        assertThat(hasRead()).isFalse();
    }

    @Test
    void what_was_said_before_this_start_is_read_once() {
        turn("q1", "a1");
        near.drop(session);
        begin("q2");
        assertThat(messages.recent(session, 40)).hasSize(3);
        assertThat(hasRead()).isTrue();
    }

    @Test
    void a_conversation_that_is_longer_than_is_asked_for_goes_on_without_being_read() {
        List<Message> all = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            NewRun run = begin("q" + i);
            all.add(run.message());
            assertThat(messages.recent(session, 9)).isEqualTo(all.subList(Math.max(0, all.size() - 9), all.size()));
            AssistantMessage said = conversations.answer(run.run(), "a" + i);
            runs.finish(new Lease(run.run(), 1), said, List.of(), Optional.empty());
            all.add(said);
        }
        assertThat(hasRead()).isFalse();
    }

    private boolean hasRead() {
        return sqlite.read(SqliteConnection::prepared).stream().anyMatch(sql -> sql.startsWith("SELECT content"));
    }

    private NewRun begin(String question) {
        NewRun run = conversations.question(question).in(session);
        runs.begin(run);
        return run;
    }

    private List<Message> turn(String question, String answer) {
        NewRun run = begin(question);
        AssistantMessage said = conversations.answer(run.run(), answer);
        runs.finish(new Lease(run.run(), 1), said, List.of(), Optional.empty());
        return List.of(run.message(), said);
    }
}
