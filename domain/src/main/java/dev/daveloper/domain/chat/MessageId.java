package dev.daveloper.domain.chat;

import dev.daveloper.domain.Ids;

/** One message of a conversation. Written {@code msg_} and 26 characters, see {@link Ids}. */
public record MessageId(String value) {
    public static final String PREFIX = "msg_";

    public MessageId {
        Ids.require("messageId", PREFIX, value);
    }

    public static MessageId next(Ids ids) {
        return new MessageId(ids.next(PREFIX));
    }

    @Override
    public String toString() {
        return value;
    }
}
