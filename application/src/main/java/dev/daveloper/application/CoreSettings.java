package dev.daveloper.application;

import dev.daveloper.application.chat.ChatSettings;
import dev.daveloper.application.documents.DocumentSettings;
import dev.daveloper.application.ratelimits.LimitSettings;
import dev.daveloper.application.sessions.SessionSettings;
import dev.daveloper.application.webhooks.WebhookSettings;
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
        LimitSettings limits,
        WebhookSettings webhooks) {
    public static final CoreSettings DEFAULT = new CoreSettings(
            ChatSettings.DEFAULT, SessionSettings.DEFAULT, DocumentSettings.DEFAULT, Duration.ofSeconds(20));

    /** Without rate limits, and with the usual bounds of webhooks. */
    public CoreSettings(ChatSettings chat, SessionSettings sessions, DocumentSettings documents, Duration drainGrace) {
        this(chat, sessions, documents, drainGrace, LimitSettings.NONE, WebhookSettings.DEFAULT);
    }

    public CoreSettings with(LimitSettings other) {
        return new CoreSettings(chat, sessions, documents, drainGrace, other, webhooks);
    }

    public CoreSettings with(WebhookSettings other) {
        return new CoreSettings(chat, sessions, documents, drainGrace, limits, other);
    }
}
