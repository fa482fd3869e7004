package dev.daveloper.application.chat.out;

import dev.daveloper.domain.Page;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.chat.Message;
import dev.daveloper.domain.sessions.SessionId;
import java.util.List;

/**
 * Reads and forgets conversations; {@link RunStore} is who writes them. Safe for use by many threads; throws
 * {@link dev.daveloper.domain.failures.StoreUnavailable}.
 */
public interface MessageStore {
    /**
     * Messages in the order in which they were accepted, oldest first.
     *
     * @throws dev.daveloper.domain.failures.InvalidRequest when the cursor is none of this session's
     */
    Page<Message> page(SessionId session, PageRequest page);

    /** The last messages, oldest first. */
    List<Message> recent(SessionId session, int max);

    /** Forgets the session's messages, runs, logs and idempotency keys, in one step. */
    void clear(SessionId session);
}
