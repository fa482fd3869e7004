package dev.daveloper.application;

import dev.daveloper.application.chat.ChatSettings;
import dev.daveloper.application.documents.DocumentSettings;
import dev.daveloper.domain.sessions.IdlePolicy;
import java.time.Duration;

/**
 * Every bound of the core.
 *
 * @param drainGrace how long runs may go on after the core was told to close
 */
public record CoreSettings(ChatSettings chat, IdlePolicy sessions, DocumentSettings documents, Duration drainGrace) {
    public static final CoreSettings DEFAULT = new CoreSettings(
            ChatSettings.DEFAULT,
            new IdlePolicy(Duration.ofHours(24), Duration.ofDays(30)),
            DocumentSettings.DEFAULT,
            Duration.ofSeconds(20));
}
