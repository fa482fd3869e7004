package dev.daveloper.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.daveloper.application.cache.out.Cache;
import dev.daveloper.application.cache.out.Cache.Piece;
import dev.daveloper.application.testkit.Conversations;
import dev.daveloper.application.testkit.CoreFixture;
import dev.daveloper.application.testkit.Laws;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import dev.daveloper.domain.ContentKeys;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.chat.RunOutcome;
import dev.daveloper.domain.health.Status;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.redis.RedisConfig.Durability;
import dev.daveloper.redis.RedisConfig.Timeouts;
import dev.daveloper.redis.testkit.RedisProcess;
import dev.daveloper.redis.testkit.Relay;
import dev.daveloper.redis.testkit.TlsIdentity;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** TLS, users and passwords. */
@Timeout(120)
class SecuredRedisTest {
    /**
     * All that a user needs, with the prefix {@code dv}: what the stores ask for themselves, and what their scripts do,
     * which Redis checks as well. A cluster needs {@code +cluster|nodes +cluster|myid +info} too.
     */
    static final String LEAST_RIGHTS = "resetkeys ~dv:* resetchannels &dv:* -@all"
            + " +hello +auth +ping +select +client|setname +client|tracking +role"
            + " +evalsha +eval +publish +subscribe +wait"
            + " +mget +get +scan +hget +hmget +hexists +hgetall +hset +hsetnx +hdel +hkeys +hlen +hincrby"
            + " +zadd +zrem +zscore +zcard +zcount +zpopmin"
            + " +zrange +zrevrange +zrevrangebylex +zrangebyscore +zremrangebyscore"
            + " +xadd +xrange +sadd +sismember +set +exists +del +unlink +pexpire +time";

    private static final String PASSWORD = "p@ss:w/rd#1,%+é";
    private static final String ENCODED = "p%40ss%3Aw%2Frd%231%2C%25+%C3%A9";
    private static final TlsIdentity IDENTITY = TlsIdentity.create();
    private static final Timeouts QUICK =
            new Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofMillis(200));

    @RegisterExtension
    final TestAdapters opener = new TestAdapters();

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(Connection.class);

    @AfterAll
    static void forgetIdentity() {
        IDENTITY.close();
    }

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
    }

    private String said() {
        return String.join(
                "\n",
                List.copyOf(log.list).stream()
                        .map(ILoggingEvent::getFormattedMessage)
                        .toList());
    }

    private RedisAdapters open(RedisConfig config, ContentKeys keys) throws InterruptedException {
        return opener.open(config.with(keys));
    }

    private static Status statusOf(RedisAdapters adapters) throws InterruptedException {
        return adapters.probe().check().status();
    }

    @Test
    void over_tls_a_server_is_believed_by_the_certificate_that_was_given() throws Exception {
        try (Relay network = Relay.tls(TestAdapters.server().port(), IDENTITY.context())) {
            RedisConfig config = opener.at(network.url()).with(QUICK).withCertificates(IDENTITY.certificate());
            assertThat(config.url().tls()).isTrue();
            everythingWorks(open(config, WebhookRound.OLD), open(config, WebhookRound.BOTH));
        }
    }

    @Test
    void over_tls_a_server_with_another_certificate_is_never_spoken_to() throws Exception {
        try (TlsIdentity other = TlsIdentity.create();
                Relay network = Relay.tls(TestAdapters.server().port(), IDENTITY.context())) {
            RedisAdapters wrong =
                    opener.open(opener.at(network.url()).with(QUICK).withCertificates(other.certificate()));
            RedisAdapters none = opener.open(opener.at(network.url()).with(QUICK));
            await().during(Duration.ofSeconds(1))
                    .atMost(CoreFixture.SOON)
                    .until(() -> statusOf(wrong) == Status.FAIL && statusOf(none) == Status.FAIL);
            assertThat(said()).contains("cannot be reached").containsIgnoringCase("certifi");
        }
    }

    @Test
    void a_user_with_the_least_rights_can_do_all_that_the_stores_do() throws Exception {
        try (RedisProcess server = RedisProcess.start()) {
            setUser(server, PASSWORD);
            RedisConfig config = RedisConfig.at(
                            RedisUrl.parse(server.url().replace("://", "://gate%3Away:" + ENCODED + "@")))
                    .with(QUICK);
            everythingWorks(open(config, WebhookRound.OLD), open(config, WebhookRound.BOTH));
            assertThat(denied(server)).isSubsetOf("client");
            // One that waits for copies, of which this server has none: it is asked all the same.
            RedisAdapters durable = opener.open(config.with(new Durability(1, Duration.ofMillis(10))));
            assertThat(statusOf(durable)).isEqualTo(Status.PASS);
        }
    }

    /** The client introduces itself by {@code CLIENT SETINFO}, which servers before 7.2 do not have, and goes on. */
    private static Set<String> denied(RedisProcess server) {
        List<String> lines = server.command("ACL", "LOG").lines().toList();
        Set<String> denied = new TreeSet<>();
        for (int i = 0; i + 1 < lines.size(); i++) {
            if (lines.get(i).equals("object")) {
                denied.add(lines.get(i + 1));
            }
        }
        return denied;
    }

    private static void setUser(RedisProcess server, String password) {
        List<String> command = new ArrayList<>(List.of("ACL", "SETUSER", "gate:way", "reset", "on", ">" + password));
        command.addAll(Arrays.asList(LEAST_RIGHTS.split(" ", -1)));
        server.command(command.toArray(String[]::new));
    }

    @Test
    void a_wrong_password_is_told_of_without_being_shown_and_heals_once_it_is_right() throws Exception {
        try (RedisProcess server = RedisProcess.start()) {
            setUser(server, "another");
            RedisAdapters adapters = opener.open(
                    RedisConfig.at(RedisUrl.parse(server.url().replace("://", "://gate%3Away:" + ENCODED + "@")))
                            .with(QUICK));
            assertThat(statusOf(adapters)).isEqualTo(Status.FAIL);
            assertThat(said())
                    .contains("cannot be reached")
                    .contains("WRONGPASS")
                    .doesNotContain(PASSWORD)
                    .doesNotContain(ENCODED);
            setUser(server, PASSWORD);
            await().atMost(CoreFixture.SOON).until(() -> statusOf(adapters) == Status.PASS);
        }
    }

    @Test
    void a_password_alone_is_that_of_the_usual_user() throws Exception {
        try (RedisProcess server = RedisProcess.start("requirepass secret")) {
            RedisAdapters without = opener.open(opener.at(server.url()).with(QUICK));
            assertThat(statusOf(without)).isEqualTo(Status.FAIL);
            RedisAdapters with = opener.open(
                    opener.at(server.url().replace("://", "://:secret@") + "/3").with(QUICK));
            assertThat(statusOf(with)).isEqualTo(Status.PASS);
            assertThat(server.command("INFO", "keyspace")).contains("db3:");
        }
    }

    /** A piece may be empty and others follow. */
    private static boolean isRead(Cache cache) {
        Piece piece = cache.read("", 1_000);
        while (piece.entries().isEmpty() && !piece.next().isEmpty()) {
            piece = cache.read(piece.next(), 1_000);
        }
        return !piece.entries().isEmpty();
    }

    private static void theCacheWorks(Cache one, Cache other) {
        await().atMost(CoreFixture.SOON).until(() -> CachedThings.put(one, CachedThings.KEY, "text"));
        await().atMost(CoreFixture.SOON)
                .until(() -> CachedThings.found(other, CachedThings.KEY).isPresent());
        await().atMost(CoreFixture.SOON).until(() -> isRead(other));
        one.claim(CachedThings.KEY, Duration.ofSeconds(1)).orElseThrow().close();
        await().atMost(CoreFixture.SOON).until(() -> one.invalidate(CachedThings.TAGS));
    }

    /** A conversation over two nodes that uses every store and every signal. */
    private static void everythingWorks(RedisAdapters storesOfA, RedisAdapters storesOfB) throws Exception {
        theCacheWorks(storesOfA.cache(), storesOfB.cache());
        WebhookRound.play(storesOfA, storesOfB, new Conversations(InstantSource.system()).someSession());
        CountDownLatch gate = new CountDownLatch(1);
        ScriptedAgent agent =
                ScriptedAgent.following(request -> Script.say("one ").thenWaitFor(gate));
        try (Node a = Node.over(storesOfA, agent, Node.leasing(Duration.ofMillis(900)));
                Node b = Node.over(storesOfB, agent, Node.leasing(Duration.ofMillis(900)))) {
            var opened = a.core().sessions().open();
            SessionId session =
                    b.core().sessions().renew(opened.token()).session().id();
            Run run = a.ask(session, "q");
            Watch watch = b.watch(run, Cursor.START).awaitText("one ");
            b.chat().cancel(session, run.id());
            assertThat(watch.ending().outcome()).isEqualTo(RunOutcome.CANCELLED);
            Laws.lastTurnIs(b.chat(), run, watch.ending());
            assertThat(a.core().sessions().counts().live()).isEqualTo(1);
            b.core().sessions().end(session);
            assertThat(Laws.historyOf(a.chat(), session)).isEmpty();
            assertThat(statusOf(storesOfA)).isEqualTo(Status.PASS);
        }
    }
}
