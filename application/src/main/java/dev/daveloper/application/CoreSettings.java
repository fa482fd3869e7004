package dev.daveloper.application;

import dev.daveloper.application.chat.ChatSettings;
import dev.daveloper.application.documents.DocumentSettings;
import dev.daveloper.application.ratelimits.LimitSettings;
import dev.daveloper.application.sessions.SessionSettings;
import java.time.Duration;

/**
 * Every bound of the core.
 *
 * @param drainGrace how long runs may go on after the core was told to close
 */
public record CoreSettings(
        ChatSettings chat,
        SessionSettings sessions,
        DocumentSettings documents,
        Duration drainGrace,
        LimitSettings limits) {
    public static final CoreSettings DEFAULT = new CoreSettings(
            ChatSettings.DEFAULT, SessionSettings.DEFAULT, DocumentSettings.DEFAULT, Duration.ofSeconds(20));

    /** Without rate limits. */
    public CoreSettings(ChatSettings chat, SessionSettings sessions, DocumentSettings documents, Duration drainGrace) {
        this(chat, sessions, documents, drainGrace, LimitSettings.NONE);
    }

    public CoreSettings with(LimitSettings other) {
        return new CoreSettings(chat, sessions, documents, drainGrace, other);
    }
}
