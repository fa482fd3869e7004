package dev.daveloper.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.chat.out.RunStore.Begun;
import dev.daveloper.application.chat.out.RunStore.Finished;
import dev.daveloper.application.chat.out.RunStore.NewRun;
import dev.daveloper.application.testkit.ChatStores;
import dev.daveloper.application.testkit.Conversations;
import dev.daveloper.application.testkit.CoreFixture;
import dev.daveloper.application.testkit.ScriptedAgent;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What was said last is at hand where a conversation goes on, and is always what Redis has. */
@Timeout(120)
class NearConversationsTest {
    private static final RedisProcess SERVER = RedisProcess.start();
    private static final int ASKED_FOR = 5;
    private static final int STEPS = 1_500;
    private static final int SESSIONS = 4;

    @RegisterExtension
    final TestAdapters opener = new TestAdapters();

    private final Conversations conversations = new Conversations(InstantSource.system());

    @AfterAll
    static void closeServer() {
        SERVER.close();
    }

    private RedisAdapters open() throws InterruptedException {
        return opener.open(opener.at(SERVER.url()));
    }

    private NewRun begin(ChatStores stores, SessionId session) {
        NewRun begun = conversations.question("q").in(session);
        assertThat(stores.runs().begin(begun)).isInstanceOf(Begun.Started.class);
        return begun;
    }

    private Message finish(ChatStores stores, NewRun run) {
        var answer = conversations.richAnswer(run.run());
        assertThat(stores.runs().finish(new Lease(run.run(), 1), answer)).isEqualTo(Finished.DONE);
        return answer;
    }

    @Test
    void a_chat_starts_with_one_command() throws Exception {
        RedisAdapters adapters = open();
        ChatStores stores = TestAdapters.chat(adapters);
        await().atMost(CoreFixture.SOON).until(adapters.tracking()::armed);
        Session session = conversations.newSession();
        SessionToken token = conversations.newToken();
        adapters.sessionStore().create(session, token.hash(), Instant.now().plus(Duration.ofDays(1)), Optional.empty());
        finish(stores, begin(stores, session.id()));
        await().atMost(CoreFixture.SOON).until(() -> {
            adapters.sessionStore().find(token.hash());
            Commands.forget(SERVER);
            adapters.sessionStore().find(token.hash());
            return !Commands.called(SERVER).containsKey("hmget");
        });

        Commands.forget(SERVER);
        assertThat(adapters.sessionStore().recall(token.hash())).contains(session.id());
        assertThat(adapters.sessionStore().find(token.hash())).contains(session);
        NewRun begun = begin(stores, session.id());
        assertThat(stores.messages().recent(session.id(), 41)).hasSize(3).endsWith(begun.message());

        Map<String, Long> sent = Commands.called(SERVER);
        assertThat(sent).containsEntry("evalsha", 1L).doesNotContainKeys("eval", "hmget");
    }

    @Test
    void the_first_message_of_all_is_known_to_have_none_before_it() throws Exception {
        ChatStores stores = TestAdapters.chat(open());
        finish(stores, begin(stores, conversations.someSession()));
        SessionId session = conversations.someSession();
        Commands.forget(SERVER);
        NewRun begun = begin(stores, session);
        assertThat(stores.messages().recent(session, 41)).containsExactly(begun.message());
        assertThat(Commands.called(SERVER)).containsEntry("evalsha", 1L);
    }

    @Test
    void what_another_node_has_added_is_read() throws Exception {
        ChatStores here = TestAdapters.chat(open());
        ChatStores there = TestAdapters.chat(open());
        SessionId session = conversations.someSession();
        finish(here, begin(here, session));
        NewRun second = begin(there, session);
        Message answer = finish(there, second);
        NewRun third = begin(here, session);
        assertThat(here.messages().recent(session, 3)).containsExactly(second.message(), answer, third.message());
    }

    @Test
    void what_is_handed_out_once_is_read_the_next_time() throws Exception {
        ChatStores stores = TestAdapters.chat(open());
        SessionId session = conversations.someSession();
        begin(stores, session);
        stores.messages().recent(session, 9);
        Commands.forget(SERVER);
        stores.messages().recent(session, 9);
        assertThat(Commands.called(SERVER)).containsEntry("evalsha", 1L);
    }

    @Test
    void an_agent_is_told_the_same_whichever_node_is_asked_and_on_one_node_without_reading() throws Exception {
        ScriptedAgent agent = ScriptedAgent.saying("a");
        try (Node here = Node.over(open(), agent, Node.leasing(Duration.ofMinutes(10)));
                Node there = Node.over(open(), agent, Node.leasing(Duration.ofMinutes(10)))) {
            SessionId session = here.openSession();
            here.answerOf(here.ask(session, "q0"));
            Commands.forget(SERVER);
            for (int i = 1; i <= 5; i++) {
                here.answerOf(here.ask(session, "q" + i));
            }
            assertThat(Commands.called(SERVER).get("zrevrange"))
                    .as("one when it begins, one when it ends")
                    .isEqualTo(10);
            for (int i = 6; i <= 15; i++) {
                Node node = i % 3 == 0 ? there : here;
                node.answerOf(node.ask(session, "q" + i));
            }
            for (int i = 0; i <= 15; i++) {
                List<Message> told = agent.requests().get(i).history();
                assertThat(told).hasSize(2 * i);
                for (int j = 0; j < told.size(); j++) {
                    assertThat(told.get(j).text()).isEqualTo(j % 2 == 0 ? "q" + j / 2 : "a");
                }
            }
        }
    }

    @Test
    void whatever_happens_on_two_nodes_it_is_what_redis_has() throws Exception {
        Keeping usual = Keeping.DEFAULT;
        RedisConfig config = opener.at(SERVER.url())
                .with(new Keeping(opener.prefix(), usual.session(), usual.log(), usual.idempotencyKey(), 7));
        playAtRandom(config);
    }

    @Test
    void whatever_happens_on_two_nodes_it_is_what_redis_has_encrypted() throws Exception {
        playAtRandom(opener.at(SERVER.url()).with(TestAdapters.keys("k1")));
    }

    private void playAtRandom(RedisConfig config) throws InterruptedException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<ChatStores> nodes =
                List.of(TestAdapters.chat(opener.open(config)), TestAdapters.chat(opener.open(config)));
        ChatStores onlooker = TestAdapters.chat(opener.open(config));
        SessionId[] sessions = new SessionId[SESSIONS];
        NewRun[] going = new NewRun[SESSIONS];
        for (int i = 0; i < SESSIONS; i++) {
            sessions[i] = conversations.someSession();
        }
        for (int step = 0; step < STEPS; step++) {
            int one = random.nextInt(SESSIONS);
            ChatStores node = nodes.get(random.nextInt(nodes.size()));
            if (going[one] == null) {
                going[one] = begin(node, sessions[one]);
                assertThat(node.messages().recent(sessions[one], ASKED_FOR))
                        .as("seed %d, step %d", seed, step)
                        .isEqualTo(onlooker.messages().recent(sessions[one], ASKED_FOR));
            } else {
                goOn(random.nextInt(20), node, going, one);
            }
        }
    }

    private void goOn(int how, ChatStores node, NewRun[] going, int one) {
        NewRun run = going[one];
        going[one] = null;
        switch (how) {
            case 0 -> node.messages().clear(run.run().sessionId());
            case 1 -> node.runs().withdraw(run.run());
            case 2 -> {
                // One that another node had in the making, and puts back behind all that is there.
                node.runs().restore(conversations.question("lost").in(run.run().sessionId()), 1);
                going[one] = run;
            }
            case 3 -> {
                SERVER.command("FLUSHALL");
                Arrays.fill(going, null);
            }
            case 4 -> {
                SERVER.command("FLUSHALL");
                Arrays.fill(going, null);
                node.runs().restore(run, 1);
                going[one] = run;
            }
            default -> finish(node, run);
        }
    }
}
