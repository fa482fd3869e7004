package dev.daveloper.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.testkit.Conversations;
import dev.daveloper.domain.Ids;
import dev.daveloper.domain.cache.CacheKey;
import dev.daveloper.domain.cache.Tag;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.chat.RunRef;
import dev.daveloper.domain.ratelimits.KeyedBy;
import dev.daveloper.domain.ratelimits.Subject;
import dev.daveloper.domain.sessions.ClientAddress;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.sessions.TokenHash;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.EventId;
import io.lettuce.core.cluster.SlotHash;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KeysTest {
    private static final Keys KEYS = new Keys("dv");
    private static final SessionId SESSION = new SessionId("ses_01jz0000000000000000000000");
    private static final RunId RUN = new RunId("run_01jz0000000000000000000001");

    /** Of the session as a subject. */
    private static final String HASH = "8209aea51c4d2d9a7e89cf3a44bf2d3d";

    private final Conversations conversations = new Conversations(InstantSource.system());

    private static List<String> allOf(SessionId session) {
        RunRef run = new RunRef(session, RUN);
        int shard = Keys.shardOf(session);
        return List.of(
                KEYS.runs(session),
                KEYS.order(session),
                KEYS.messages(session),
                KEYS.cleared(session),
                KEYS.idempotency(session, "00ff"),
                KEYS.log(run),
                KEYS.followers(run),
                KEYS.session(session),
                KEYS.taken("chat", Subject.of(session)),
                KEYS.slots("answers", Subject.of(session)),
                KEYS.budgets(run),
                KEYS.leases(shard),
                KEYS.unwanted(shard),
                KEYS.expiries(shard),
                KEYS.counts(shard));
    }

    /** What is stored depends on them: a change here is a change of everybody's data. */
    @Test
    void the_names_are_these() {
        assertThat(allOf(SESSION))
                .containsExactly(
                        "dv:{123}:ses_01jz0000000000000000000000:runs",
                        "dv:{123}:ses_01jz0000000000000000000000:order",
                        "dv:{123}:ses_01jz0000000000000000000000:messages",
                        "dv:{123}:ses_01jz0000000000000000000000:cleared",
                        "dv:{123}:ses_01jz0000000000000000000000:key:00ff",
                        "dv:{123}:log:run_01jz0000000000000000000001",
                        "dv:{123}:followers:run_01jz0000000000000000000001",
                        "dv:{123}:session:ses_01jz0000000000000000000000",
                        "dv:{123}:taken:chat:%s".formatted(HASH),
                        "dv:{123}:slots:answers:%s".formatted(HASH),
                        "dv:{123}:budgets:run_01jz0000000000000000000001",
                        "dv:{123}:leases",
                        "dv:{123}:unwanted",
                        "dv:{123}:expiries",
                        "dv:{123}:counts");
        assertThat(KEYS.token(new TokenHash("00ff"))).isEqualTo("dv:token:{29}:00ff");
        assertThat(KEYS.taken("reads", Subject.of(new ClientAddress("7f000001"))))
                .isEqualTo("dv:{23}:taken:reads:57680e96093d19b2f414edf7c5232d16");
        assertThat(KEYS.taken("reads", Subject.EVERYBODY))
                .isEqualTo("dv:{60}:taken:reads:6417a8e7453b838d72fa6aa34a8039d1");
        assertThat(KEYS.policies()).isEqualTo("dv:policies");
        assertThat(KEYS.wake("node")).isEqualTo("dv:wake:node");
        assertThat(KEYS.signals()).isEqualTo("dv:signals");
        assertThat(Keys.lease(SESSION, RUN, 3))
                .isEqualTo("ses_01jz0000000000000000000000/run_01jz0000000000000000000001/3");
    }

    @Test
    void the_names_of_what_is_cached_are_these_and_changes_to_all_but_claims_are_heard_of() {
        CacheKey key = CacheKey.shared("tools", "all");
        String entry = "dv:cache:e:{48}:97eacc6de82880d84a83f33b103129eaaa31773e";
        assertThat(KEYS.cached(key)).isEqualTo(entry);
        assertThat(KEYS.cacheClaim(key)).isEqualTo(entry.replace(":e:", ":c:"));
        assertThat(KEYS.cacheTag(Tag.TOOLS)).isEqualTo("dv:cache:t:{49}:tools");
        assertThat(KEYS.cacheAll()).isEqualTo("dv:cache:all");
        assertThat(KEYS.cachedPattern()).isEqualTo("dv:cache:e:*");
        assertThat(Stream.of(KEYS.cached(key), KEYS.cacheTag(Tag.TOOLS), KEYS.cacheAll()))
                .allMatch(name -> KEYS.tracked().stream().anyMatch(name::startsWith));
        assertThat(KEYS.tracked()).noneMatch(KEYS.cacheClaim(key)::startsWith);
    }

    private static List<String> allOf(EndpointId endpoint) {
        int shard = Keys.shardOf(endpoint);
        return List.of(
                KEYS.hooksNext(shard),
                KEYS.hook(endpoint, "due"),
                KEYS.hook(endpoint, "hour:491234"),
                KEYS.deliveries(shard) + "dlv_01jz0000000000000000000003");
    }

    @Test
    void the_names_of_webhooks_are_these_and_events_lie_with_their_session() {
        assertThat(allOf(new EndpointId("ep_01jz0000000000000000000002")))
                .containsExactly(
                        "dv:{29}:hooks",
                        "dv:{29}:hook:ep_01jz0000000000000000000002:due",
                        "dv:{29}:hook:ep_01jz0000000000000000000002:hour:491234",
                        "dv:{29}:delivery:dlv_01jz0000000000000000000003");
        int shard = Keys.shardOf(SESSION);
        assertThat(List.of(KEYS.outbox(shard), KEYS.outgoing(shard)))
                .containsExactly("dv:{123}:outbox", "dv:{123}:outgoing")
                .allMatch(name -> SlotHash.getSlot(name) == SlotHash.getSlot(KEYS.runs(SESSION)));
        assertThat(KEYS.outbox(Keys.shardOf(new EventId("evt_01jz0000000000000000000004"))))
                .isEqualTo("dv:{103}:outbox");
        assertThat(KEYS.webhooks()).isEqualTo("dv:webhooks");
        assertThat(KEYS.awaited()).isEqualTo("dv:awaited");
        assertThat(KEYS.tracked()).noneMatch(KEYS.webhooks()::startsWith).noneMatch(KEYS.outbox(shard)::startsWith);
    }

    @Test
    void all_of_one_endpoint_lies_in_one_slot_and_endpoints_spread_over_all_shards() {
        Ids ids = new Ids(InstantSource.system(), new SecureRandom());
        List<EndpointId> endpoints =
                Stream.generate(() -> EndpointId.next(ids)).limit(5_000).toList();
        assertThat(endpoints.subList(0, 200))
                .allSatisfy(endpoint -> assertThat(
                                allOf(endpoint).stream().map(SlotHash::getSlot).distinct())
                        .hasSize(1));
        assertThat(endpoints.stream().map(Keys::shardOf).distinct()).hasSize(Keys.SHARDS);
    }

    @Test
    void the_tags_of_the_shards_are_these() {
        assertThat(IntStream.range(0, Keys.SHARDS)
                        .mapToObj(KEYS::leases)
                        .map(name -> name.replaceAll("dv:\\{(\\d+)}:leases", "$1")))
                .containsExactly(
                        "10", "18", "113", "342", "29", "21", "3", "122", "69", "61", "72", "162", "50", "58", "153",
                        "43", "11", "19", "112", "343", "28", "20", "2", "123", "68", "60", "73", "163", "51", "59",
                        "152", "42", "12", "102", "111", "119", "133", "23", "1", "9", "173", "63", "70", "78", "52",
                        "142", "49", "41", "13", "103", "110", "118", "132", "22", "0", "8", "172", "62", "71", "79",
                        "53", "143", "48", "40");
    }

    @Test
    void each_shard_has_its_own_part_of_the_slots() {
        assertThat(IntStream.range(0, Keys.SHARDS)
                        .map(shard -> SlotHash.getSlot(KEYS.leases(shard)) / (SlotHash.SLOT_COUNT / Keys.SHARDS)))
                .containsExactlyElementsOf(
                        IntStream.range(0, Keys.SHARDS).boxed().toList());
    }

    @Test
    void all_of_one_session_lies_in_one_slot() {
        for (int i = 0; i < 200; i++) {
            SessionId session = conversations.someSession();
            assertThat(allOf(session).stream().map(SlotHash::getSlot))
                    .containsOnly(SlotHash.getSlot(KEYS.runs(session)));
        }
    }

    @Test
    void addresses_spread_over_all_shards() {
        assertThat(IntStream.range(0, 5_000)
                        .mapToObj(i -> Subject.of(new ClientAddress(Integer.toHexString(i))))
                        .map(address -> SlotHash.getSlot(KEYS.taken("reads", address)))
                        .distinct())
                .hasSize(Keys.SHARDS);
    }

    @Test
    void subjects_of_different_kinds_are_different() {
        assertThat(Stream.of(KeyedBy.values())
                        .map(kind -> KEYS.taken("p", new Subject(kind, "same")).replaceFirst("\\{\\d+}", ""))
                        .distinct())
                .hasSize(KeyedBy.values().length);
    }

    @Test
    void sessions_spread_over_all_shards() {
        assertThat(IntStream.range(0, 5_000)
                        .map(i -> Keys.shardOf(conversations.someSession()))
                        .distinct())
                .hasSize(Keys.SHARDS);
    }
}
