package dev.daveloper.embedded.chat;

import dev.daveloper.domain.chat.MessageId;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.sessions.SessionId;
import java.nio.charset.StandardCharsets;

/**
 * Where a content lies.
 *
 * @param shown for the operator
 * @param bound into what is sealed there, so that it opens in no other row and for nobody else. What is stored depends
 *     on it: it must never be made in another way
 */
record Place(String shown, String bound) {
    static Place of(SessionId session, MessageId message) {
        return new Place("message " + message.value(), "messages/" + session.value() + "/" + message.value());
    }

    static Place of(RunId run, long epoch, long firstSeq) {
        return new Place("log of " + run.value(), "run_log/" + run.value() + "/" + epoch + "/" + firstSeq);
    }

    static Place of(SessionId session, String idempotencyKey) {
        return new Place("idempotency key of a message", "idempotency_keys/" + session.value() + "/" + idempotencyKey);
    }

    static Place ofVerifier(String keyName) {
        return new Place("encryption key '" + keyName + "'", "content_keys/" + keyName);
    }

    byte[] context() {
        return bound.getBytes(StandardCharsets.UTF_8);
    }
}
