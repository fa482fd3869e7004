package dev.daveloper.redis.chat;

import dev.daveloper.domain.ContentKeys;
import dev.daveloper.domain.UnreadableContent;
import dev.daveloper.domain.chat.LoggedEvent;
import dev.daveloper.domain.chat.Message;
import dev.daveloper.domain.chat.MessageId;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.stored.chat.EventCodec;
import dev.daveloper.stored.chat.MessageCodec;
import dev.daveloper.stored.chat.Place;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Contents on their way in and out, sealed where keys are configured and bound to their place. */
record SealedContents(ContentKeys keys) {
    byte[] seal(SessionId session, Message message) {
        return keys.seal(
                MessageCodec.encode(message), Place.of(session, message.id()).context());
    }

    Message openMessage(SessionId session, MessageId id, byte[] stored) {
        return MessageCodec.decode(open(stored, Place.of(session, id)));
    }

    /** Whether this is what is stored; sealed twice it is not the same to look at. */
    boolean holds(SessionId session, Message message, byte[] stored) {
        return stored.length > 0
                && Arrays.equals(open(stored, Place.of(session, message.id())), MessageCodec.encode(message));
    }

    byte[] seal(RunId run, List<LoggedEvent> batch) {
        var first = batch.getFirst().cursor();
        return keys.seal(
                EventCodec.encode(batch),
                Place.of(run, first.epoch(), first.seq()).context());
    }

    List<LoggedEvent> openBatch(RunId run, long epoch, long firstSeq, byte[] stored) {
        return EventCodec.decode(open(stored, Place.of(run, epoch, firstSeq)), epoch, firstSeq);
    }

    byte[] sealFingerprint(SessionId session, String key, String fingerprint) {
        return keys.seal(
                fingerprint.getBytes(StandardCharsets.UTF_8),
                Place.of(session, key).context());
    }

    String openFingerprint(SessionId session, String key, byte[] stored) {
        return new String(open(stored, Place.of(session, key)), StandardCharsets.UTF_8);
    }

    private byte[] open(byte[] stored, Place place) {
        try {
            return keys.open(stored, place.context());
        } catch (UnreadableContent e) {
            throw new UnreadableContent("in Redis, " + place.shown() + " cannot be read: " + e.getMessage(), e);
        }
    }
}
