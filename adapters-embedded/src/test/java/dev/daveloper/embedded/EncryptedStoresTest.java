package dev.daveloper.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.chat.out.RunLog.Slice;
import dev.daveloper.application.chat.out.RunStore.Begun;
import dev.daveloper.application.chat.out.RunStore.NewRun;
import dev.daveloper.application.testkit.Conversations;
import dev.daveloper.application.testkit.ManualClock;
import dev.daveloper.domain.ContentKey;
import dev.daveloper.domain.ContentKeys;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.UnreadableContent;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.Lease;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EncryptedStoresTest {
    private static final String MARKER = "nobody-else-shall-read-this";

    /** Longer than a page of the database. */
    private static final String ANSWER = "Because " + MARKER.repeat(400);

    /** What a question, an answer's log, the answer and an idempotency key take. */
    private static final int ROWS_OF_A_TURN = 4;

    @TempDir
    Path directory;

    @RegisterExtension
    final TestStores opener = new TestStores();

    private final ManualClock clock = new ManualClock();
    private final Conversations conversations = new Conversations(clock);
    private final NewRun question = conversations
            .question("Why " + MARKER + "?")
            .withKey("key", "hash of " + MARKER)
            .in(conversations.someSession());
    private final Lease lease = new Lease(question.run(), 1);

    @Test
    void without_keys_the_files_say_what_was_written() throws Exception {
        talk(open());

        assertThat(files()).contains(MARKER);
    }

    @Test
    void with_keys_no_file_does_neither_while_open_nor_afterwards() throws Exception {
        EmbeddedStores stores = open("k1");
        talk(stores);

        assertThat(files()).contains("k1").doesNotContain(MARKER);
        stores.close();
        assertThat(files()).doesNotContain(MARKER);
        assertAllIsThere(open("k1"));
    }

    @Test
    void the_key_is_changed_while_what_is_there_stays_readable_and_the_old_one_may_go() throws Exception {
        talkAndClose("k1");

        EmbeddedStores rotated = open("k2", "k1");
        assertAllIsThere(rotated);
        awaitKeys("k2");
        assertAllIsThere(rotated);
        rotated.close();

        assertAllIsThere(open("k2"));
    }

    @Test
    void switched_on_it_covers_what_is_there_and_leaves_no_trace() throws Exception {
        talkAndClose();

        EmbeddedStores stores = open("k1");
        await().until(() -> plainRows() == 0);
        assertAllIsThere(stores);
        stores.close();

        assertThat(files()).doesNotContain(MARKER);
        assertAllIsThere(open("k1"));
    }

    @Test
    void a_key_that_is_missing_is_named_with_what_it_is_needed_for() {
        talkAndClose("k1");

        refused(keys(), ROWS_OF_A_TURN + " of its entries are encrypted with the key 'k1', which is not configured");
        refused(keys("k2"), "key 'k1', which is not configured. Configure it again, behind the key that");
        assertAllIsThere(open("k1"));
    }

    @Test
    void another_key_of_the_same_name_is_refused_and_changes_nothing() {
        talkAndClose("k1");
        ContentKey impostor = new ContentKey("k1", new byte[ContentKey.BYTES]);

        refused(new ContentKeys(List.of(impostor)), "key 'k1' is not the key of this name that its entries");
        ContentKey newer = keys("k2").keys().getFirst();
        refused(new ContentKeys(List.of(newer, impostor)), "'k1' is not the key of this name");
        assertAllIsThere(open("k1"));
    }

    @Test
    void a_key_that_encrypted_nothing_need_not_be_kept() {
        open("k1").close();

        opener.open(config(new ContentKeys(List.of(new ContentKey("k1", new byte[ContentKey.BYTES])))))
                .close();
        talkAndClose("k2");
        assertAllIsThere(open("k2"));
    }

    @Test
    void a_row_that_was_tampered_with_is_told_from_an_outage_and_named() throws Exception {
        talkAndClose("k1");
        tamper("UPDATE messages SET content = substr(content, 1, length(content) - 1) || x'00'");
        EmbeddedStores stores = open("k1");

        assertThatThrownBy(() -> stores.messageStore().recent(question.run().sessionId(), 10))
                .isExactlyInstanceOf(IllegalStateException.class)
                .cause()
                .isInstanceOf(UnreadableContent.class)
                .hasMessageContaining("message msg_")
                .hasMessageContaining("not what the key 'k1' sealed here");
        assertThatThrownBy(() -> stores.runStore().find(question.run().ref()))
                .isExactlyInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_content_that_was_moved_to_another_row_is_not_shown() throws Exception {
        EmbeddedStores stores = open("k1");
        talk(stores);
        NewRun other = conversations.question("Mine?").in(conversations.someSession());
        stores.runStore().begin(other);
        stores.close();
        tamper("UPDATE messages SET content = (SELECT content FROM messages WHERE id = '"
                + question.message().id().value() + "')");

        EmbeddedStores after = open("k1");
        assertThatThrownBy(
                        () -> after.messageStore().page(other.run().sessionId(), new PageRequest(10, Optional.empty())))
                .cause()
                .isInstanceOf(UnreadableContent.class)
                .hasMessageContaining(other.message().id().value());
    }

    private void talkAndClose(String... keys) {
        EmbeddedStores stores = open(keys);
        talk(stores);
        stores.close();
    }

    private void talk(EmbeddedStores stores) {
        stores.runStore().begin(question);
        stores.runLog().append(lease, Conversations.deltas(lease, 1, "Because ", MARKER));
        stores.runStore().finish(lease, conversations.answer(question.run(), ANSWER));
    }

    private void assertAllIsThere(EmbeddedStores stores) {
        assertThat(stores.messageStore().recent(question.run().sessionId(), 10))
                .containsExactly(question.message(), conversations.answer(question.run(), ANSWER));
        assertThat(stores.runLog().read(question.run().ref(), Cursor.START, 10))
                .isEqualTo(new Slice.Held(Conversations.deltas(lease, 1, "Because ", MARKER)));
        assertThat(stores.runStore().begin(question)).isEqualTo(new Begun.Attached(question.run()));
    }

    private void refused(ContentKeys keys, String why) {
        assertThatExceptionOfType(UnusableDataDirectory.class)
                .isThrownBy(() -> opener.open(config(keys)))
                .withMessageContaining(why);
    }

    /** Waits until these are the keys that something is sealed with. */
    private void awaitKeys(String... names) throws SQLException {
        try (SqliteConnection beside = SqliteConnection.reading(directory.resolve(DataDirectory.DATABASE))) {
            await().until(() -> beside.list("SELECT name FROM content_keys", row -> row.getString(1))
                    .equals(List.of(names)));
        }
    }

    private long plainRows() throws SQLException {
        try (SqliteConnection beside = SqliteConnection.reading(directory.resolve(DataDirectory.DATABASE))) {
            return beside.first(
                            "SELECT (SELECT count(*) FROM messages WHERE sealed_by = 0)"
                                    + " + (SELECT count(*) FROM run_log WHERE sealed_by = 0)"
                                    + " + (SELECT count(*) FROM idempotency_keys WHERE sealed_by = 0)",
                            row -> row.getLong(1))
                    .orElseThrow();
        }
    }

    private void tamper(String sql) throws SQLException {
        try (SqliteConnection attacker =
                SqliteConnection.writing(directory.resolve(DataDirectory.DATABASE), Durability.PROCESS_DEATH)) {
            attacker.update(sql);
        }
    }

    /** What all files together say. */
    private String files() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    private EmbeddedStores open(String... keys) {
        return opener.open(config(keys(keys)));
    }

    private EmbeddedStoresConfig config(ContentKeys keys) {
        return EmbeddedStoresConfig.in(directory, clock).with(keys);
    }

    private static ContentKeys keys(String... names) {
        return TestStores.keys(names);
    }
}
