package dev.daveloper.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.ratelimits.out.RateLimiter;
import dev.daveloper.application.testkit.ChatStores;
import dev.daveloper.application.testkit.Conversations;
import dev.daveloper.application.testkit.CoreFixture;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import dev.daveloper.application.webhooks.out.DeliveryQueue.Claim;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.Lease;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.ratelimits.Check;
import dev.daveloper.domain.ratelimits.PolicyText;
import dev.daveloper.domain.ratelimits.Subject;
import dev.daveloper.domain.sessions.ClientAddress;
import dev.daveloper.domain.sessions.Session;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.sessions.SessionToken;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.redis.RedisConfig.Ahead;
import dev.daveloper.redis.testkit.RedisProcess;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What each step costs in commands. */
@Timeout(120)
class RoundTripsTest {
    private static final RedisProcess SERVER = RedisProcess.start();

    /** What is sent by itself, and not by a script. */
    private static final Set<String> SENT = Set.of("evalsha", "eval", "hmget", "wait");

    private static final int DELTAS = 250;
    private static final double COMMANDS_PER_DELTA = 0.1;

    @RegisterExtension
    final TestAdapters opener = new TestAdapters();

    private final Conversations conversations = new Conversations(InstantSource.system());

    @AfterAll
    static void closeServer() {
        SERVER.close();
    }

    private static Map<String, Long> sentDuring(Runnable step) {
        step.run();
        Commands.forget(SERVER);
        step.run();
        return Commands.called(SERVER).entrySet().stream()
                .filter(entry -> SENT.contains(entry.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Test
    void a_session_is_found_by_one_plain_command_and_again_by_none() throws Exception {
        RedisAdapters adapters = opener.open(opener.at(SERVER.url()));
        await().atMost(CoreFixture.SOON).until(adapters.tracking()::armed);
        SessionToken token = conversations.newToken();
        assertThat(sentDuring(() -> {
                    Session session = conversations.newSession();
                    SessionToken another = conversations.newToken();
                    adapters.sessionStore()
                            .create(session, another.hash(), Instant.now().plus(Duration.ofDays(1)), Optional.empty());
                    assertThat(adapters.sessionStore().find(another.hash())).contains(session);
                }))
                .isEqualTo(Map.of("evalsha", 2L, "hmget", 1L));
        adapters.sessionStore()
                .create(
                        conversations.newSession(),
                        token.hash(),
                        Instant.now().plus(Duration.ofDays(1)),
                        Optional.empty());
        await().atMost(CoreFixture.SOON)
                .until(() -> sentDuring(() -> adapters.sessionStore().find(token.hash()))
                        .isEmpty());
    }

    @Test
    void all_policies_of_a_call_are_asked_by_one_script() throws Exception {
        RateLimiter limiter = opener.open(opener.at(SERVER.url())).rateLimiter();
        Subject session = Subject.of(conversations.someSession());
        List<Check> checks = List.of(
                new Check(PolicyText.read("chat: 20 per 1m by session on chat"), session, 1),
                new Check(
                        PolicyText.read("reads: 20 per 1m by address on chat"), Subject.of(new ClientAddress("a")), 1),
                new Check(PolicyText.read("all: 20 per 1m by global on chat"), Subject.EVERYBODY, 1),
                new Check(PolicyText.read("answers: 2 at once by session on chat"), session, 1));
        assertThat(scriptsDuring(() -> limiter.ask(checks, "ticket").await())).isEqualTo(1);
    }

    @Test
    void a_caller_who_asks_all_the_time_is_asked_for_every_so_many_times() throws Exception {
        Ahead ahead = new Ahead(16, 16, Duration.ofMinutes(5));
        RateLimiter limiter = opener.open(opener.at(SERVER.url()).with(ahead)).rateLimiter();
        List<Check> checks = List.of(
                new Check(
                        PolicyText.read("reads: 9000 per 1m by session on reads"),
                        Subject.of(conversations.someSession()),
                        1),
                new Check(PolicyText.read("all: 9000 per 1m by global on all"), Subject.EVERYBODY, 1));
        assertThat(scriptsDuring(() -> {
                    for (int i = 0; i < 17 * 20; i++) {
                        limiter.ask(checks, "ticket").await();
                    }
                }))
                .isBetween(18L, 45L);
    }

    @Test
    void a_run_begins_is_written_to_found_and_ended_by_one_script_each() throws Exception {
        ChatStores stores = TestAdapters.chat(opener.open(opener.at(SERVER.url())));
        var question = conversations.question("q").withKey("k", "f").in(conversations.someSession());
        Lease lease = new Lease(question.run(), 1);
        assertThat(scriptsDuring(() -> stores.runs().begin(question))).isEqualTo(1);
        assertThat(scriptsDuring(() -> stores.log().append(lease, Conversations.deltas(lease, 1, "a", "b"))))
                .isEqualTo(1);
        assertThat(scriptsDuring(() -> stores.runs().find(question.run().ref())))
                .isEqualTo(1);
        assertThat(scriptsDuring(() -> stores.log().read(question.run().ref(), Cursor.START, 9)))
                .isEqualTo(1);
        assertThat(scriptsDuring(() -> stores.runs().finish(lease, conversations.answer(question.run(), "ab"))))
                .isEqualTo(1);
    }

    @Test
    void what_is_told_costs_a_script_for_each_endpoint_and_an_attempt_one_more() throws Exception {
        RedisAdapters adapters = opener.open(opener.at(SERVER.url()).with(WebhookThings.KEYS));
        SessionId session = conversations.someSession();
        EndpointId endpoint = WebhookThings.endpoint("one").id();
        Set<EndpointId> three = Set.of(
                endpoint,
                WebhookThings.endpoint("two").id(),
                WebhookThings.endpoint("three").id());
        assertThat(scriptsDuring(() -> adapters.outbox().put(WebhookThings.event(session))))
                .isEqualTo(1);
        assertThat(scriptsDuring(() -> adapters.outbox()
                        .distribute(WebhookThings.event(session), three, Instant.now(), WebhookThings.MANY)))
                .as("one for each, and one that takes the event out")
                .isEqualTo(4);
        WebhookThings.deliver(adapters, WebhookThings.event(session), three);
        List<Claim> claims = new ArrayList<>();
        assertThat(scriptsDuring(() ->
                        claims.addAll(WebhookThings.claim(adapters.deliveryQueue(), endpoint, WebhookThings.soon()))))
                .isEqualTo(1);
        assertThat(claims).hasSize(3);
        assertThat(scriptsDuring(() -> {
                    Claim claim = claims.removeLast();
                    adapters.deliveryQueue().settle(claim, WebhookThings.success(claim), WebhookThings.DELIVERED);
                }))
                .isEqualTo(1);
    }

    private static long scriptsDuring(Runnable step) {
        Map<String, Long> sent = sentDuring(step);
        assertThat(sent).doesNotContainKey("eval").doesNotContainKey("wait");
        return sent.get("evalsha");
    }

    @Test
    void an_answer_that_is_only_watched_where_it_is_made_costs_a_command_per_ten_deltas() throws Exception {
        Script script = new Script(List.of());
        for (int i = 0; i < DELTAS; i++) {
            // Some 50 a second, with what a pause takes beside its time.
            script = script.thenPause(Duration.ofMillis(18)).thenSay("word ");
        }
        Script paced = script;
        ScriptedAgent agent = ScriptedAgent.following(request -> paced);
        try (Node node = Node.over(opener.open(opener.at(SERVER.url())), agent, Node.leasing(Duration.ofMinutes(10)))) {
            // The node's first look for runs of others, in every shard.
            await().atMost(CoreFixture.SOON)
                    .until(() -> Commands.called(SERVER).getOrDefault("zrangebyscore", 0L) >= 2L * Keys.SHARDS);
            Commands.forget(SERVER);
            Run run = node.ask(node.openSession(), "q");
            Watch watch = node.watch(run, Cursor.START);
            assertThat(watch.ending().text()).hasSize(DELTAS * "word ".length());
            long batches = Commands.called(SERVER).get("xadd");
            assertThat((double) batches / DELTAS).as("%d batches", batches).isLessThanOrEqualTo(COMMANDS_PER_DELTA);
        }
    }
}
