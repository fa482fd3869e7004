package dev.daveloper.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.chat.out.RunStore.Begun;
import dev.daveloper.application.chat.out.RunStore.Finished;
import dev.daveloper.application.chat.out.RunStore.NewRun;
import dev.daveloper.application.testkit.ChatStores;
import dev.daveloper.application.testkit.Conversations;
import dev.daveloper.application.testkit.CoreFixture;
import dev.daveloper.application.webhooks.out.DeliveryQueue;
import dev.daveloper.application.webhooks.out.DeliveryQueue.Claim;
import dev.daveloper.application.webhooks.out.DeliveryQueue.Next;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.Lease;
import dev.daveloper.domain.chat.RunRef;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.ratelimits.Check;
import dev.daveloper.domain.ratelimits.PolicyText;
import dev.daveloper.domain.ratelimits.Subject;
import dev.daveloper.domain.sessions.Session;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.sessions.SessionToken;
import dev.daveloper.domain.webhooks.Awaited;
import dev.daveloper.domain.webhooks.DeliveryState;
import dev.daveloper.domain.webhooks.Endpoint;
import dev.daveloper.redis.testkit.RedisProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page that lists what lies in Redis says what lies in Redis, and which scripts there are. */
@Timeout(60)
class KeysReferenceTest {
    private static final Path PAGE = Path.of("..", "docs", "reference", "redis-keys.md");
    private static final Path SCRIPTS = Path.of("src", "main", "resources", "dev", "daveloper", "redis");
    private static final String SCRIPT = ".lua";
    private static final String SHARED_BEGINNING = "prelude";
    private static final Pattern KEY_LINE =
            Pattern.compile("\\| `dv:(?<key>[^`]+)` \\| (?<type>hash|zset|set|stream|string) \\| (?<goes>yes: |no )");
    private static final Pattern SCRIPT_LINE =
            Pattern.compile("\\| `(?<name>(?:[a-z]+/)?[a-z-]+)` \\| `[A-Z][A-Za-z]+` \\|");

    @RegisterExtension
    final TestAdapters opener = new TestAdapters();

    private final RedisProcess server = TestAdapters.server();
    private final Conversations conversations = new Conversations(InstantSource.system());

    /** @param goes whether Redis forgets it by itself */
    private record Line(String key, String type, boolean goes) {
        /** Everything that is written in small letters in its brackets stands for something of the conversation's. */
        boolean describes(String found, String prefix) {
            String form = Pattern.quote(prefix + ":" + key)
                    .replace("{shard}", "\\E\\{\\d+}\\Q")
                    .replace("<session>", "\\Eses_\\w{26}\\Q")
                    .replace("<run>", "\\Erun_\\w{26}\\Q")
                    .replace("<policy>", "\\E[a-z][a-z0-9-]*\\Q")
                    .replace("<subject>", "\\E[0-9a-f]{32}\\Q")
                    .replace("<entry>", "\\E[0-9a-f]{40}\\Q")
                    .replace("<tag>", "\\E[a-z]+(:[a-z_0-9]+)?\\Q")
                    .replace("<endpoint>", "\\Eep_\\w{26}\\Q")
                    .replace("<delivery>", "\\Edlv_\\w{26}\\Q")
                    .replace("<hour>", "\\E\\d+\\Q")
                    .replace("<canary>", "\\E[0-9a-f]{16}\\Q")
                    .replace("<hash>", "\\E[0-9a-f]{64}\\Q");
            return found.matches(form);
        }
    }

    private static List<Line> lines() throws IOException {
        return KEY_LINE.matcher(Files.readString(PAGE))
                .results()
                .map(line -> new Line(
                        line.group("key"),
                        line.group("type"),
                        line.group("goes").startsWith("yes")))
                .toList();
    }

    @Test
    void each_key_is_what_the_page_says_and_each_that_it_lists_is_there() throws Exception {
        converse();
        List<Line> lines = lines();
        List<String> keys = StoredData.keys(server, opener.prefix());
        for (String key : keys) {
            List<Line> about = lines.stream()
                    .filter(line -> line.describes(key, opener.prefix()))
                    .toList();
            assertThat(about).as(key).hasSize(1);
            Line line = about.getFirst();
            assertThat(server.command("TYPE", key)).as(key).isEqualTo(line.type());
            long left = Long.parseLong(server.command("PTTL", key));
            assertThat(left > 0).as("%s has %d ms left", key, left).isEqualTo(line.goes());
        }
        assertThat(lines)
                .hasSizeGreaterThan(12)
                .allMatch(line -> keys.stream().anyMatch(key -> line.describes(key, opener.prefix())), "was seen");
    }

    @Test
    void each_script_is_on_the_page_and_none_beside_them() throws IOException {
        List<String> listed = SCRIPT_LINE
                .matcher(Files.readString(PAGE))
                .results()
                .map(line -> line.group("name"))
                .toList();
        try (Stream<Path> files = Files.walk(SCRIPTS)) {
            assertThat(listed)
                    .containsExactlyInAnyOrderElementsOf(files.map(
                                    file -> SCRIPTS.relativize(file).toString().replace('\\', '/'))
                            .filter(name -> name.endsWith(SCRIPT))
                            .map(name -> name.substring(0, name.length() - SCRIPT.length()))
                            .filter(name -> !name.equals(SHARED_BEGINNING))
                            .toList());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** One that leaves something behind under every name, over two nodes. */
    private void converse() throws InterruptedException {
        RedisAdapters one = opener.open(opener.config());
        RedisAdapters other = opener.open(opener.config());
        one.probe().check();
        SessionId session = openSession(one);
        NewRun over = begin(TestAdapters.chat(one), session, "Why?");
        Lease lease = new Lease(over.run(), 1);
        one.runLog().append(lease, Conversations.deltas(lease, 1, "Because."));
        assertThat(other.runStore().finish(lease, conversations.answer(over.run(), "Because.")))
                .isEqualTo(Finished.DONE);

        NewRun going = begin(TestAdapters.chat(other), session, "And now?");
        one.runLog().awaitMore(going.run().ref(), Cursor.START, Duration.ofMillis(1));
        one.runStore().cancel(going.run().ref());

        SessionId cleared = openSession(other);
        begin(TestAdapters.chat(one), cleared, "What?");
        other.messageStore().clear(cleared);
        limit(one, going.run().ref());
        tell(opener.open(opener.config().with(WebhookThings.KEYS)), session);
        assertThat(CachedThings.put(other.cache(), CachedThings.KEY, "text")).isTrue();
        assertThat(one.cache().claim(CachedThings.KEY, Duration.ofSeconds(30))).isPresent();
        one.cache().invalidate(CachedThings.TAGS);
        one.cache().clear();
        await().atMost(CoreFixture.SOON).until(one.tracking()::armed);
        one.measureLag();
        await().atMost(CoreFixture.SOON).until(() -> one.cache().usage().lag().isPresent());
    }

    private static void limit(RedisAdapters adapters, RunRef run) {
        Subject subject = Subject.of(run.session());
        List<Check> checks = Stream.of("chat: 9 per 1h by session on chat", "answers: 2 at once by session on chat")
                .map(policy -> new Check(PolicyText.read(policy), subject, 1))
                .toList();
        adapters.rateLimiter().ask(checks, "ticket").await();
        adapters.rateLimiter().hold(run, checks, Duration.ofMinutes(10));
        adapters.policyStore().put("chat", PolicyText.OFF);
    }

    /** Leaves a delivery wherever one can stand, and an event and a note that wait. */
    private static void tell(RedisAdapters adapters, SessionId session) {
        Endpoint endpoint = WebhookThings.endpoint("one");
        adapters.webhookStore().add(endpoint, 9);
        DeliveryQueue queue = adapters.deliveryQueue();
        for (int i = 0; i < 4; i++) {
            WebhookThings.deliver(adapters, WebhookThings.event(session), Set.of(endpoint.id()));
        }
        List<Claim> claims =
                queue.claim(endpoint.id(), 3, OptionalInt.of(9), WebhookThings.soon(), WebhookThings.LEASE);
        queue.settle(claims.get(0), WebhookThings.success(claims.get(0)), WebhookThings.DELIVERED);
        queue.settle(claims.get(1), WebhookThings.failure(claims.get(1)), new Next.Dead(DeliveryState.Death.EXHAUSTED));
        adapters.outbox().put(WebhookThings.event(session));
        adapters.outbox()
                .await(new Awaited.Deletion(WebhookThings.document(), new Scope.OfSession(session)), Instant.now());
    }

    private SessionId openSession(RedisAdapters adapters) {
        Session opened = conversations.newSession();
        SessionToken token = conversations.newToken();
        adapters.sessionStore().create(opened, token.hash(), Instant.now().plus(Duration.ofDays(1)), Optional.empty());
        return opened.id();
    }

    private NewRun begin(ChatStores stores, SessionId session, String question) {
        NewRun begun = conversations.question(question).withKey(question, "f").in(session);
        assertThat(stores.runs().begin(begun)).isInstanceOf(Begun.Started.class);
        return begun;
    }
}
