package dev.daveloper.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.chat.out.RunStore.Begun;
import dev.daveloper.application.chat.out.RunStore.Finished;
import dev.daveloper.application.chat.out.RunStore.NewRun;
import dev.daveloper.application.testkit.ChatStores;
import dev.daveloper.application.testkit.Conversations;
import dev.daveloper.application.testkit.CoreFixture;
import dev.daveloper.domain.UnreadableContent;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.Lease;
import dev.daveloper.domain.chat.Message;
import dev.daveloper.domain.sessions.Session;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.sessions.SessionToken;
import dev.daveloper.redis.RedisConfig.Keeping;
import dev.daveloper.redis.testkit.RedisProcess;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How much is kept, for how long, and in which form. */
@Timeout(60)
class KeptDataTest {
    private static final String MARKER = "marzipan";
    private static final String FIXED_KEYS = ".*:(leases|unwanted|expiries|counts)";

    @RegisterExtension
    final TestAdapters opener = new TestAdapters();

    private final RedisProcess server = TestAdapters.server();
    private final Conversations conversations = new Conversations(InstantSource.system());
    private final SessionId session = conversations.someSession();

    private ChatStores open(RedisConfig config) throws InterruptedException {
        return TestAdapters.chat(opener.open(config));
    }

    private Keys keys() {
        return new Keys(opener.prefix());
    }

    private NewRun turn(ChatStores stores, String question, String answer) {
        NewRun begun = conversations.question(question).withKey(question, "f").in(session);
        assertThat(stores.runs().begin(begun)).isInstanceOf(Begun.Started.class);
        Lease lease = new Lease(begun.run(), 1);
        stores.log().append(lease, Conversations.deltas(lease, 1, answer));
        assertThat(stores.runs().finish(lease, conversations.answer(begun.run(), answer)))
                .isEqualTo(Finished.DONE);
        return begun;
    }

    private RedisConfig keeping(Duration idempotencyKey, int messages) {
        Keeping usual = Keeping.DEFAULT;
        return opener.config()
                .with(new Keeping(opener.prefix(), usual.session(), usual.log(), idempotencyKey, messages));
    }

    @Test
    void a_session_keeps_no_more_messages_than_it_may_and_forgets_a_run_with_its_question() throws Exception {
        int max = 6;
        ChatStores stores = open(keeping(Duration.ofHours(1), max));
        NewRun first = turn(stores, "q0", "a0");
        for (int i = 1; i <= max; i++) {
            turn(stores, "q" + i, "a" + i);
            assertThat(stores.messages().recent(session, 99)).hasSizeLessThanOrEqualTo(max);
        }
        assertThat(stores.messages().recent(session, 99).stream().map(Message::text))
                .endsWith("q" + max, "a" + max);
        assertThat(stores.runs().find(first.run().ref())).isEmpty();
        assertThat(server.command("HGETALL", keys().runs(session)))
                .doesNotContain(first.run().id().value());
        assertThat(server.command("ZCARD", keys().order(session)))
                .isEqualTo(server.command("HLEN", keys().messages(session)));
    }

    @Test
    void everything_goes_by_itself_in_the_end_but_for_four_keys_of_each_shard() throws Exception {
        RedisAdapters adapters = opener.open(opener.config());
        ChatStores stores = TestAdapters.chat(adapters);
        Session opened = conversations.newSession();
        adapters.sessionStore()
                .create(
                        opened,
                        conversations.newToken().hash(),
                        Instant.now().plus(Duration.ofDays(1)),
                        Optional.empty());
        adapters.probe().check();
        turn(stores, "q", "a");
        NewRun going = conversations.question("on").in(session);
        stores.runs().begin(going);
        stores.log().awaitMore(going.run().ref(), Cursor.START, Duration.ofMillis(1));
        stores.runs().cancel(going.run().ref());
        stores.log().append(new Lease(going.run(), 1), Conversations.deltas(new Lease(going.run(), 1), 1, "x"));
        SessionId cleared = conversations.someSession();
        stores.runs().begin(conversations.question("c").in(cleared));
        stores.messages().clear(cleared);

        List<String> keys = StoredData.keys(server, opener.prefix());
        assertThat(keys).anyMatch(key -> key.matches(FIXED_KEYS)).hasSizeGreaterThan(12);
        assertThat(keys)
                .filteredOn(key -> !key.matches(FIXED_KEYS))
                .allMatch(key -> Long.parseLong(server.command("PTTL", key)) > 0, "has a time to live");
    }

    @Test
    void an_idempotency_key_is_forgotten_by_redis_in_its_time() throws Exception {
        ChatStores stores = open(keeping(Duration.ofMillis(300), 10));
        NewRun first = turn(stores, "q", "a");
        await().atMost(CoreFixture.SOON)
                .until(() -> StoredData.keys(server, opener.prefix()).stream().noneMatch(key -> key.contains(":key:")));
        NewRun again = conversations.question("q").withKey("q", "f").in(session);
        assertThat(stores.runs().begin(again)).isEqualTo(new Begun.Started(new Lease(again.run(), 1)));
        assertThat(again.run()).isNotEqualTo(first.run());
    }

    @Test
    void a_session_that_is_used_lives_on_however_long_ago_it_was_opened() throws Exception {
        RedisAdapters adapters = opener.open(opener.config());
        Session opened = conversations.newSession();
        SessionToken token = conversations.newToken();
        Instant expiry = Instant.now().plus(Duration.ofDays(1));
        adapters.sessionStore().create(opened, token.hash(), expiry, Optional.empty());
        turnIn(opened.id(), TestAdapters.chat(adapters));
        List<String> kept = List.of(
                keys().session(opened.id()),
                keys().runs(opened.id()),
                keys().order(opened.id()),
                keys().messages(opened.id()));
        kept.forEach(key -> server.command("PEXPIRE", key, "60000"));

        adapters.sessionStore().touch(opened.id(), opened.lastSeenAt().plusSeconds(60), expiry.plusSeconds(60));
        assertThat(kept).allMatch(key -> Long.parseLong(server.command("PTTL", key)) > 60_000);
        assertThat(adapters.sessionStore().end(opened.id(), dev.daveloper.domain.sessions.SessionEnd.ENDED, expiry))
                .isTrue();
    }

    private void turnIn(SessionId of, ChatStores stores) {
        assertThat(stores.runs().begin(conversations.question("q").in(of))).isInstanceOf(Begun.Started.class);
    }

    @Test
    void a_message_that_somebody_spoilt_is_a_failure_and_no_text() throws Exception {
        ChatStores stores = open(opener.config());
        NewRun turn = turn(stores, "q", "a");
        server.command(
                "HSET", keys().messages(session), turn.run().userMessageId().value(), "spoilt");
        assertThatThrownBy(() -> stores.messages().recent(session, 9)).hasMessageContaining("no JSON");
        server.command("HSET", keys().runs(session), turn.run().id().value(), "spoilt");
        assertThatThrownBy(() -> stores.runs().find(turn.run().ref()))
                .hasMessageContaining(turn.run().id().value());
    }

    @Test
    void what_is_encrypted_is_not_to_be_read_in_redis_nor_with_another_key() throws Exception {
        ChatStores stores = open(opener.config().with(TestAdapters.keys("k1")));
        turn(stores, "the question is " + MARKER, "the answer is " + MARKER);
        assertThat(stores.messages().recent(session, 9)).hasSize(2);
        var contents = StoredData.contents(server, opener.prefix());
        assertThat(contents).hasSize(5);
        assertThat(contents.toString()).doesNotContain(MARKER);

        ChatStores others = open(opener.config().with(TestAdapters.keys("k2")));
        assertThatExceptionOfType(UnreadableContent.class)
                .isThrownBy(() -> others.messages().recent(session, 9))
                .withMessageContaining("'k1'");
        ChatStores without = open(opener.config());
        assertThatExceptionOfType(UnreadableContent.class)
                .isThrownBy(() -> without.messages().recent(session, 9))
                .withMessageContaining("'k1'");
    }

    @Test
    void an_answer_that_is_said_twice_is_known_again_although_it_is_encrypted_anew() throws Exception {
        ChatStores stores = open(opener.config().with(TestAdapters.keys("k1")));
        NewRun begun = conversations.question("q").in(session);
        stores.runs().begin(begun);
        Lease lease = new Lease(begun.run(), 1);
        var answer = conversations.answer(begun.run(), "a");
        assertThat(stores.runs().finish(lease, answer)).isEqualTo(Finished.DONE);
        assertThat(stores.runs().finish(lease, answer)).isEqualTo(Finished.DONE);
        assertThat(stores.runs().finish(lease, conversations.answer(begun.run(), "another")))
                .isEqualTo(Finished.REFUSED);
    }

    @Test
    void without_a_key_the_marker_would_have_been_found() throws Exception {
        turn(open(opener.config()), MARKER, MARKER);
        assertThat(StoredData.contents(server, opener.prefix()).toString()).contains(MARKER);
    }
}
