package dev.daveloper.redis.chat;

import dev.daveloper.application.chat.out.MessageStore;
import dev.daveloper.domain.Page;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.chat.Message;
import dev.daveloper.domain.chat.MessageId;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.chat.RunRef;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.redis.Keys;
import dev.daveloper.redis.Redis;
import dev.daveloper.redis.Reply;
import dev.daveloper.redis.Script;
import dev.daveloper.stored.chat.NearHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Conversations in Redis, the newest messages of each. A page's cursor is the id of the last message before it, which
 * is of no use any more once that message had to make room.
 */
public final class RedisMessageStore implements MessageStore {
    private static final Script PAGE = Script.beside(RedisMessageStore.class, "page");
    private static final Script RECENT = Script.beside(RedisMessageStore.class, "recent");
    private static final Script CLEAR = Script.beside(RedisMessageStore.class, "clear");

    /** How many logs are unlinked by one command. */
    private static final int UNLINKED_AT_ONCE = 500;

    private final Redis redis;
    private final Keys keys;
    private final SealedContents contents;
    private final NearHistory near;

    /** @param near shared with who writes the messages */
    public RedisMessageStore(Redis redis, NearHistory near) {
        this.redis = redis;
        this.keys = redis.keys();
        this.contents = new SealedContents(redis.config().contentKeys());
        this.near = near;
    }

    @Override
    public Page<Message> page(SessionId session, PageRequest page) {
        Reply reply = redis.run(PAGE, names(session), page.cursor().orElse(""), page.limit() + 1);
        if (reply.text(0).equals("unknown")
                || page.cursor().filter(String::isEmpty).isPresent()) {
            throw new InvalidRequest("#/cursor", "The cursor is none of this conversation's.");
        }
        List<Message> found = messages(session, reply, 1);
        if (found.size() <= page.limit()) {
            return new Page<>(found, Optional.empty());
        }
        List<Message> items = found.subList(0, page.limit());
        return new Page<>(items, Optional.of(items.getLast().id().value()));
    }

    @Override
    public List<Message> recent(SessionId session, int max) {
        return max <= 0 ? List.of() : near.take(session, max).orElseGet(() -> read(session, max));
    }

    private List<Message> read(SessionId session, int max) {
        List<Message> read =
                messages(session, redis.run(RECENT, names(session), max), 0).reversed();
        near.read(session, read);
        return read;
    }

    /** The logs go last: without their runs nobody finds them, and should this be cut short they go by themselves. */
    @Override
    public void clear(SessionId session) {
        near.drop(session);
        Reply runs = redis.run(
                CLEAR,
                List.of(
                        keys.runs(session),
                        keys.order(session),
                        keys.messages(session),
                        keys.cleared(session),
                        keys.leases(Keys.shardOf(session))),
                redis.moment(),
                session);
        near.drop(session);
        List<byte[]> logs = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            RunRef run = new RunRef(session, new RunId(runs.text(i)));
            logs.add(Redis.bytes(keys.log(run)));
            logs.add(Redis.bytes(keys.followers(run)));
        }
        for (int from = 0; from < logs.size(); from += UNLINKED_AT_ONCE) {
            byte[][] some = logs.subList(from, Math.min(logs.size(), from + UNLINKED_AT_ONCE))
                    .toArray(byte[][]::new);
            redis.send(commands -> commands.unlink(some)).await();
        }
    }

    private List<String> names(SessionId session) {
        return List.of(keys.order(session), keys.messages(session));
    }

    private List<Message> messages(SessionId session, Reply reply, int from) {
        List<Message> messages = new ArrayList<>();
        for (int i = from; i + 1 < reply.size(); i += 2) {
            messages.add(contents.openMessage(session, new MessageId(reply.text(i)), reply.bytes(i + 1)));
        }
        return messages;
    }
}
