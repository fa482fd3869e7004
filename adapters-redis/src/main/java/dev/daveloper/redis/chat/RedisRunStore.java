package dev.daveloper.redis.chat;

import dev.daveloper.application.chat.out.RunStore;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.Lease;
import dev.daveloper.domain.chat.LoggedEvent;
import dev.daveloper.domain.chat.MessageId;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.chat.RunRecord;
import dev.daveloper.domain.chat.RunRef;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.webhooks.WebhookEvent;
import dev.daveloper.redis.Keys;
import dev.daveloper.redis.Redis;
import dev.daveloper.redis.RedisConfig.Keeping;
import dev.daveloper.redis.Reply;
import dev.daveloper.redis.Script;
import dev.daveloper.redis.Sha256;
import dev.daveloper.redis.webhooks.OutboxStep;
import dev.daveloper.stored.chat.NearHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Runs in Redis; each step is one script over keys of one shard. What concerns leases is {@link RunLeases}'s. */
public final class RedisRunStore implements RunStore {
    private static final Script BEGIN = script("begin");
    private static final Script WITHDRAW = script("withdraw");
    private static final Script RESTORE = script("restore");
    private static final Script FINISH = script("finish");
    private static final Script FIND = script("find");
    private static final Script ACTIVE = script("active");
    private static final Script CANCEL = script("cancel");
    private static final long FIRST_EPOCH = 1;

    private final Redis redis;
    private final Keys keys;
    private final Keeping keeping;
    private final SealedContents contents;
    private final RunLeases leases;
    private final NearHistory near;
    private final OutboxStep outbox;
    private final String wakePrefix;
    private final AtomicLong keysForgottenBeforeMillis = new AtomicLong();

    /**
     * @param near shared with who reads the messages
     * @param outbox where what is told of is put in the same script
     */
    public RedisRunStore(Redis redis, NearHistory near, OutboxStep outbox) {
        this.redis = redis;
        this.keys = redis.keys();
        this.keeping = redis.config().keeping();
        this.contents = new SealedContents(redis.config().contentKeys());
        this.leases = new RunLeases(redis);
        this.near = near;
        this.outbox = outbox;
        this.wakePrefix = keys.wake("");
    }

    @Override
    public Begun begin(NewRun newRun) {
        Run run = newRun.run();
        List<String> names = new ArrayList<>(namesOf(run.sessionId()));
        List<Object> values = new ArrayList<>(beginning(newRun));
        values.add(keeping.messages());
        if (newRun.key().isPresent()) {
            IdempotencyKey key = newRun.key().get();
            names.add(keys.idempotency(run.sessionId(), Sha256.hex(key.value())));
            values.add(contents.sealFingerprint(run.sessionId(), key.value(), key.fingerprint()));
            values.add(keeping.idempotencyKey().toMillis());
            values.add(keysForgottenBeforeMillis.get());
        }
        Reply reply = redis.runDurably(BEGIN, names, values.toArray());
        return switch (reply.text(0)) {
            case "busy" -> new Begun.Busy(new RunId(reply.text(1)));
            case "attached" -> attached(run.sessionId(), newRun.key().orElseThrow(), reply);
            default -> started(newRun, reply);
        };
    }

    /** Of one that had begun before it is not said what stood before it. */
    private Begun started(NewRun newRun, Reply reply) {
        SessionId session = newRun.run().sessionId();
        if (reply.size() > 1) {
            near.begun(session, newRun.message(), lastIn(reply), reply.number(2));
        } else {
            near.drop(session);
        }
        return new Begun.Started(new Lease(newRun.run(), FIRST_EPOCH));
    }

    private static Optional<MessageId> lastIn(Reply reply) {
        return reply.optional(1).filter(last -> !last.isEmpty()).map(MessageId::new);
    }

    @Override
    public void withdraw(Run run) {
        near.drop(run.sessionId());
        redis.run(WITHDRAW, namesOf(run.sessionId()), run.id(), run.userMessageId(), run.sessionId());
    }

    @Override
    public void restore(NewRun lost, long epoch) {
        near.drop(lost.run().sessionId());
        List<String> names = new ArrayList<>(namesOf(lost.run().sessionId()));
        names.add(keys.cleared(lost.run().sessionId()));
        List<Object> values = new ArrayList<>(beginning(lost));
        values.add(epoch);
        redis.runDurably(RESTORE, names, values.toArray());
    }

    @Override
    public Finished finish(Lease lease, AssistantMessage answer, List<LoggedEvent> rest, Optional<WebhookEvent> told) {
        Run run = lease.run();
        SessionId session = run.sessionId();
        List<String> names = new ArrayList<>(namesOf(session));
        names.add(keys.cleared(session));
        names.add(keys.unwanted(Keys.shardOf(session)));
        names.add(keys.log(run.ref()));
        names.add(keys.followers(run.ref()));
        names.addAll(outbox.names(Keys.shardOf(session)));
        List<Object> values = new ArrayList<>(List.of(
                run.id(),
                lease.epoch(),
                answer.id(),
                contents.seal(session, answer),
                session,
                keeping.session().toMillis(),
                keeping.log().toMillis(),
                answer.at().toEpochMilli()));
        values.addAll(outbox.values(told));
        values.addAll(rest(run.id(), rest));
        Reply reply = redis.runDurably(FINISH, names, values.toArray());
        outbox.done(Keys.shardOf(session), told);
        if (reply.text(0).equals("done")) {
            near.finished(session, answer, lastIn(reply));
        } else {
            near.drop(session);
        }
        return switch (reply.text(0)) {
            case "done" -> Finished.DONE;
            case "cleared" -> Finished.CLEARED;
            case "lost" -> Finished.LOST;
            case "behind" -> Finished.BEHIND;
            case "ended" -> contents.holds(session, answer, reply.bytes(1)) ? Finished.DONE : Finished.REFUSED;
            default -> Finished.REFUSED;
        };
    }

    private List<Object> rest(RunId run, List<LoggedEvent> rest) {
        return rest.isEmpty()
                ? List.of(redis.moment(), 0, 0, "", wakePrefix)
                : List.of(
                        redis.moment(),
                        rest.getFirst().cursor().seq(),
                        rest.getLast().cursor().seq(),
                        contents.seal(run, rest),
                        wakePrefix);
    }

    @Override
    public Optional<RunRecord> find(RunRef ref) {
        Reply reply = redis.run(FIND, List.of(keys.runs(ref.session()), keys.messages(ref.session())), ref.id());
        if (reply.isEmpty()) {
            redis.requireMemory();
            return Optional.empty();
        }
        Run run = StoredRun.read(ref.session(), ref.id(), reply.text(0));
        return Optional.of(new RunRecord(
                run,
                reply.has(1)
                        ? Optional.of(
                                (AssistantMessage) contents.openMessage(ref.session(), run.messageId(), reply.bytes(1)))
                        : Optional.empty()));
    }

    @Override
    public Optional<Run> active(SessionId session) {
        Reply reply = redis.run(ACTIVE, List.of(keys.runs(session)));
        return reply.isEmpty()
                ? Optional.empty()
                : Optional.of(StoredRun.read(session, new RunId(reply.text(0)), reply.text(1)));
    }

    @Override
    public void cancel(RunRef run) {
        redis.run(
                CANCEL,
                List.of(keys.runs(run.session()), keys.unwanted(Keys.shardOf(run.session()))),
                redis.moment(),
                run.id(),
                run.session());
    }

    @Override
    public Map<Lease, Standing> renew(Collection<Lease> held, Duration leaseFor) {
        return leases.renew(held, leaseFor);
    }

    @Override
    public List<Lease> takeOverExpired(Duration leaseFor, int max) {
        List<Lease> taken = leases.takeOverExpired(leaseFor, max);
        taken.forEach(lease -> near.drop(lease.run().sessionId()));
        return taken;
    }

    /** Redis forgets them itself; until it does they are passed over. */
    @Override
    public void forgetKeys(Instant usedBefore) {
        keysForgottenBeforeMillis.accumulateAndGet(usedBefore.toEpochMilli(), Math::max);
    }

    private Begun attached(SessionId session, IdempotencyKey key, Reply reply) {
        boolean same =
                contents.openFingerprint(session, key.value(), reply.bytes(3)).equals(key.fingerprint());
        return same
                ? new Begun.Attached(StoredRun.read(session, new RunId(reply.text(1)), reply.text(2)))
                : new Begun.KeyReused();
    }

    private List<String> namesOf(SessionId session) {
        return List.of(
                keys.runs(session), keys.order(session), keys.messages(session), keys.leases(Keys.shardOf(session)));
    }

    private List<Object> beginning(NewRun newRun) {
        Run run = newRun.run();
        return List.of(
                redis.moment(),
                run.id(),
                StoredRun.write(run),
                run.userMessageId(),
                contents.seal(run.sessionId(), newRun.message()),
                run.sessionId(),
                newRun.leaseFor().toMillis(),
                keeping.session().toMillis());
    }

    private static Script script(String name) {
        return Script.beside(RedisRunStore.class, name);
    }
}
