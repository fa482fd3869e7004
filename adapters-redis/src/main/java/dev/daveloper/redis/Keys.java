package dev.daveloper.redis;

import dev.daveloper.domain.cache.CacheKey;
import dev.daveloper.domain.cache.Tag;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.chat.RunRef;
import dev.daveloper.domain.ratelimits.Subject;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.sessions.TokenHash;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.EventId;
import io.lettuce.core.cluster.SlotHash;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The names of everything in Redis; {@code docs/reference/redis-keys.md} lists them. What belongs to a session lies in
 * the session's shard, which is the hash tag in its keys: one atomic step can touch all of it, in a cluster too. A
 * token's record lies in the shard of the token's hash, because that is all there is when somebody comes with a token.
 *
 * <p>There are {@value #SHARDS} shards, each with a sorted set of leases and of expiries: few enough to look into all
 * of them, enough to spread over a cluster. Their tags are chosen so that each has its own {@code 1/64} of the slots.
 *
 * @param prefix what every name begins with
 */
public record Keys(String prefix) {
    /** Never changed: what is stored depends on it. */
    public static final int SHARDS = 64;

    private static final int SLOTS_PER_SHARD = SlotHash.SLOT_COUNT / SHARDS;
    private static final List<String> TAGS = tags();

    /** Enough to tell subjects apart. */
    private static final int SUBJECT_BYTES = 16;

    /** Enough never to meet another by chance; an entry says its whole key all the same. */
    private static final int CACHE_KEY_BYTES = 20;

    public static int shardOf(SessionId session) {
        return shardOf(session.value());
    }

    public String runs(SessionId session) {
        return of(session, "runs");
    }

    public String order(SessionId session) {
        return of(session, "order");
    }

    public String messages(SessionId session) {
        return of(session, "messages");
    }

    public String cleared(SessionId session) {
        return of(session, "cleared");
    }

    /** @param hash of the key, in hexadecimal: clients choose keys, and they may be long */
    public String idempotency(SessionId session, String hash) {
        return of(session, "key:" + hash);
    }

    public String log(RunRef run) {
        return inShard(shardOf(run.session()), "log:" + run.id());
    }

    public String followers(RunRef run) {
        return inShard(shardOf(run.session()), "followers:" + run.id());
    }

    public String session(SessionId session) {
        return inShard(shardOf(session), "session:" + session);
    }

    public String token(TokenHash token) {
        return tokens() + "{" + TAGS.get(shardOf(token.hex())) + "}:" + token.hex();
    }

    /** What the names of tokens' records begin with, in all shards: the tag stands behind it. */
    public String tokens() {
        return prefix + ":token:";
    }

    /** What those keys begin with whose changes this node wants to hear of. */
    List<String> tracked() {
        return List.of(tokens(), cache("e:"), cache("t:"), cacheAll(), cache("canary:"));
    }

    /** An entry of the cache. Its name is only a hash: what somebody looked for is not to be read in it. */
    public String cached(CacheKey key) {
        return ofHash("e:", key);
    }

    /** What all entries' names match, and nothing else's; see {@code SCAN}. */
    public String cachedPattern() {
        return cache("e:") + "*";
    }

    /** Who makes an entry. */
    public String cacheClaim(CacheKey key) {
        return ofHash("c:", key);
    }

    /** The version of a tag, by which entries are worth something. */
    public String cacheTag(Tag tag) {
        return cache("t:") + "{" + TAGS.get(shardOf(tag.value())) + "}:" + tag;
    }

    /** The version of the whole cache. */
    public String cacheAll() {
        return cache("all");
    }

    /**
     * Written only to hear of it.
     *
     * @param round which of the shards, one after the other
     */
    public String cacheCanary(long round, String name) {
        return cache("canary:") + "{" + TAGS.get(Math.floorMod(round, SHARDS)) + "}:" + name;
    }

    private String ofHash(String what, CacheKey key) {
        String hash = Sha256.hex(key.text(), CACHE_KEY_BYTES);
        return cache(what) + "{" + TAGS.get(shardOf(hash)) + "}:" + hash;
    }

    private String cache(String what) {
        return prefix + ":cache:" + what;
    }

    /**
     * What a subject has taken of a policy that is a rate. It lies with the session's other data, or in the shard of
     * the address's hash, or of the policy's name where all share one quota. The subject's name is only a hash, so that
     * neither session nor address is to be read in it; who has the key could still try all addresses there are.
     */
    public String taken(String policy, Subject subject) {
        return of(policy, subject, "taken:");
    }

    /** Who holds a subject's slots of a policy; otherwise as {@link #taken}. */
    public String slots(String policy, Subject subject) {
        return of(policy, subject, "slots:");
    }

    /** What a run has taken of budgets. */
    public String budgets(RunRef run) {
        return inShard(shardOf(run.session()), "budgets:" + run.id());
    }

    /** Who is told of what happens, each sealed. */
    public String webhooks() {
        return prefix + ":webhooks";
    }

    /** What others keep and is to be told of when it has happened, by since when. */
    public String awaited() {
        return prefix + ":awaited";
    }

    /** The ids of events that were put down in this shard and not handed on. */
    public String outbox(int shard) {
        return inShard(shard, "outbox");
    }

    /** Those events. */
    public String outgoing(int shard) {
        return inShard(shard, "outgoing");
    }

    /** The shard of all that is sent to an endpoint. */
    public static int shardOf(EndpointId endpoint) {
        return shardOf(endpoint.value());
    }

    /** Where an event lies that is about no session. */
    public static int shardOf(EventId event) {
        return shardOf(event.value());
    }

    /** What there is of an endpoint beside itself. */
    public String hook(EndpointId endpoint, String what) {
        return inShard(shardOf(endpoint), "hook:" + endpoint + ":" + what);
    }

    /** The endpoints of a shard by when the first of their deliveries is due. */
    public String hooksNext(int shard) {
        return inShard(shard, "hooks");
    }

    /** What the names of deliveries in a shard begin with. */
    public String deliveries(int shard) {
        return inShard(shard, "delivery:");
    }

    public String policies() {
        return prefix + ":policies";
    }

    public String leases(int shard) {
        return inShard(shard, "leases");
    }

    public String unwanted(int shard) {
        return inShard(shard, "unwanted");
    }

    public String expiries(int shard) {
        return inShard(shard, "expiries");
    }

    public String counts(int shard) {
        return inShard(shard, "counts");
    }

    /** The channel on which this node hears that a log it reads has grown. */
    public String wake(String node) {
        return prefix + ":wake:" + node;
    }

    /** The channel on which all nodes hear all others. */
    public String signals() {
        return prefix + ":signals";
    }

    /** What a lease is called in its shard's set. */
    public static String lease(SessionId session, RunId run, long epoch) {
        return session + "/" + run + "/" + epoch;
    }

    private String of(String policy, Subject subject, String what) {
        String hash = Sha256.hex(subject.kind() + ":" + subject.value(), SUBJECT_BYTES);
        int shard = switch (subject.kind()) {
            case SESSION -> shardOf(subject.value());
            case ADDRESS -> shardOf(hash);
            case GLOBAL -> shardOf(policy);
        };
        return inShard(shard, what + policy + ":" + hash);
    }

    private String of(SessionId session, String what) {
        return inShard(shardOf(session), session + ":" + what);
    }

    private String inShard(int shard, String what) {
        return prefix + ":{" + TAGS.get(shard) + "}:" + what;
    }

    private static int shardOf(String name) {
        return SlotHash.getSlot(name.getBytes(StandardCharsets.US_ASCII)) / SLOTS_PER_SHARD;
    }

    /** For each shard the smallest number whose slot is one of the shard's. */
    private static List<String> tags() {
        String[] found = new String[SHARDS];
        int missing = SHARDS;
        for (int number = 0; missing > 0; number++) {
            String tag = Integer.toString(number);
            int shard = shardOf(tag);
            if (found[shard] == null) {
                found[shard] = tag;
                missing--;
            }
        }
        return List.of(found);
    }
}
