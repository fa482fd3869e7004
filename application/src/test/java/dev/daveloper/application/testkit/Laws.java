package dev.daveloper.application.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.chat.in.Chat;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.Message;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.failures.NotFound;
import dev.daveloper.domain.sessions.SessionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What can be asked of a chat from outside, put as questions with an answer. */
public final class Laws {
    private Laws() {}

    /** Whether this session can neither read, follow nor cancel the run. */
    public static boolean hasNoSuchRun(Chat chat, SessionId session, RunId run) {
        return isNotFound(() -> chat.find(session, run))
                && isNotFound(() -> chat.follow(session, run, Cursor.START).close())
                && isNotFound(() -> chat.cancel(session, run));
    }

    /** The whole history, page by page. */
    public static List<Message> historyOf(Chat chat, SessionId session) {
        List<Message> all = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            var page = chat.history(session, new PageRequest(7, cursor));
            all.addAll(page.items());
            cursor = page.nextCursor();
        } while (cursor.isPresent());
        return all;
    }

    /** The history ends with the run's question and this answer, and has that answer once. */
    public static void lastTurnIs(Chat chat, Run run, AssistantMessage answer) {
        List<Message> history = historyOf(chat, run.sessionId());
        assertThat(history)
                .filteredOn(message -> message.runId().equals(run.id()))
                .hasSize(2);
        assertThat(history.getLast()).isEqualTo(answer);
        assertThat(history.get(history.size() - 2).id()).isEqualTo(run.userMessageId());
    }

    private static boolean isNotFound(Runnable call) {
        try {
            call.run();
            return false;
        } catch (NotFound e) {
            return true;
        }
    }
}
