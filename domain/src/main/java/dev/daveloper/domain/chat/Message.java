package dev.daveloper.domain.chat;

import java.time.Instant;

/** One turn of a conversation, as history keeps it. */
public sealed interface Message permits UserMessage, AssistantMessage {
    MessageId id();

    /** The run that this message started or is the answer of. */
    RunId runId();

    Instant at();

    /** Verbatim, as it came. */
    String text();
}
