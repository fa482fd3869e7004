package dev.daveloper.redis.chat;

import dev.daveloper.application.chat.out.RunLog;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.Lease;
import dev.daveloper.domain.chat.LoggedEvent;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.chat.RunRef;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.redis.Keys;
import dev.daveloper.redis.Redis;
import dev.daveloper.redis.RedisConfig.Keeping;
import dev.daveloper.redis.Reply;
import dev.daveloper.redis.Script;
import dev.daveloper.stored.Doorbells;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The logs of runs in Redis: a stream per run with an entry per batch, whose id is the cursor of the batch's last
 * event. A node that follows a run notes so beside it, and the owner's batches wake that node by its channel; a word
 * that is lost costs a wait and no event.
 */
public final class RedisRunLog implements RunLog {
    /** For how long a node counts as following without asking again. */
    static final Duration FOLLOWED_FOR = Duration.ofSeconds(10);

    private static final Script APPEND = Script.beside(RedisRunLog.class, "append");
    private static final Script READ = Script.beside(RedisRunLog.class, "read");
    private static final Script FOLLOW = Script.beside(RedisRunLog.class, "follow");
    private static final int ENTRY_PARTS = 3;

    private final Redis redis;
    private final Keys keys;
    private final Keeping keeping;
    private final SealedContents contents;
    private final String node;
    private final String wakePrefix;
    private final Doorbells<RunRef> doorbells = new Doorbells<>();
    private final AtomicLong forgottenBeforeMillis = new AtomicLong();

    /** @param node this node's name among all that share the Redis */
    public RedisRunLog(Redis redis, String node) {
        this.redis = redis;
        this.keys = redis.keys();
        this.keeping = redis.config().keeping();
        this.contents = new SealedContents(redis.config().contentKeys());
        this.node = node;
        this.wakePrefix = keys.wake("");
    }

    @Override
    public Appended append(Lease lease, List<LoggedEvent> batch) {
        RunRef run = lease.run().ref();
        long last = batch.getLast().cursor().seq();
        Reply reply = redis.run(
                APPEND,
                List.of(keys.runs(run.session()), keys.log(run), keys.followers(run), keys.cleared(run.session())),
                redis.moment(),
                run.id(),
                lease.epoch(),
                batch.getFirst().cursor().seq(),
                last,
                contents.seal(run.id(), batch),
                keeping.session().toMillis(),
                keeping.log().toMillis(),
                run.session(),
                wakePrefix);
        return switch (reply.text(0)) {
            case "written" -> new Appended.Written(reply.number(1) > 0);
            case "partly" -> append(lease, behind(batch, reply.number(1)));
            case "behind" -> new Appended.Behind(reply.number(1));
            case "superseded" -> new Appended.Superseded();
            case "cleared" -> new Appended.Cleared();
            default -> new Appended.Lost();
        };
    }

    @Override
    public Slice read(RunRef run, Cursor after, int maxEvents) {
        Reply reply = redis.run(
                READ,
                List.of(keys.runs(run.session()), keys.log(run)),
                redis.moment(),
                run.id(),
                after,
                maxEvents,
                forgottenBeforeMillis.get(),
                keeping.log().toMillis());
        if (reply.text(0).equals("gone")) {
            redis.requireMemory();
            return new Slice.Gone();
        }
        List<LoggedEvent> events = new ArrayList<>();
        for (int i = 1; i + ENTRY_PARTS <= reply.size() && events.size() < maxEvents; i += ENTRY_PARTS) {
            addBehind(after, run.id(), reply, i, events);
        }
        return new Slice.Held(events.size() > maxEvents ? List.copyOf(events.subList(0, maxEvents)) : events);
    }

    @Override
    public void awaitMore(RunRef run, Cursor after, Duration patience) throws InterruptedException {
        try (Doorbells<RunRef>.Listening listening = doorbells.listen(run)) {
            Reply reply = redis.run(
                    FOLLOW,
                    List.of(keys.runs(run.session()), keys.log(run), keys.followers(run)),
                    redis.moment(),
                    run.id(),
                    after,
                    node,
                    FOLLOWED_FOR.toMillis());
            if (reply.number(0) == 0) {
                listening.await(patience);
            }
        }
    }

    /** Redis forgets them itself; until it does they are passed over. */
    @Override
    public void forget(Instant endedBefore) {
        forgottenBeforeMillis.accumulateAndGet(endedBefore.toEpochMilli(), Math::max);
    }

    /**
     * Hears that a log has grown.
     *
     * @param said a session and a run, as {@code append.lua} says them
     */
    public void wake(String said) {
        int slash = said.indexOf('/');
        if (slash > 0) {
            doorbells.ring(new RunRef(new SessionId(said.substring(0, slash)), new RunId(said.substring(slash + 1))));
        }
    }

    /** What may have been said while nobody listened: all who wait look for themselves. */
    public void wakeAll() {
        doorbells.ringAll();
    }

    private void addBehind(Cursor after, RunId run, Reply reply, int at, List<LoggedEvent> events) {
        Cursor last = Cursor.parse(reply.text(at));
        for (LoggedEvent event : contents.openBatch(run, last.epoch(), reply.number(at + 1), reply.bytes(at + 2))) {
            if (event.cursor().isAfter(after)) {
                events.add(event);
            }
        }
    }

    private static List<LoggedEvent> behind(List<LoggedEvent> batch, long seq) {
        return batch.stream().filter(event -> event.cursor().seq() > seq).toList();
    }
}
