package dev.daveloper.stored.chat;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.Citation;
import dev.daveloper.domain.chat.Message;
import dev.daveloper.domain.chat.MessageId;
import dev.daveloper.domain.chat.ToolCall;
import dev.daveloper.domain.sessions.SessionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The last messages of conversations that went on here, so that an agent is given them without asking the store again.
 * What is held may be old, and is never given away as it is: the step that begins a run says which message was the last
 * before it, and how many there are, and only what ends with that very message is handed out, once, to who asks right
 * after. Messages are only ever added behind and taken away in front, or as the last one; so the last tells all before
 * it, as far as they are still there, which the number tells. Safe for use by many threads.
 */
public final class NearHistory {
    /** Characters of all that is held; what was used least goes first. */
    static final long MAX_CHARS = 16_000_000;

    private static final Duration UNUSED_FOR = Duration.ofMinutes(10);
    private static final Duration CONFIRMED_FOR = Duration.ofSeconds(1);

    /** What a message takes beside its texts. */
    private static final int CHARS_PER_MESSAGE = 300;

    private final Cache<SessionId, Held> conversations;
    /** How many messages somebody has asked for. */
    private volatile int mostAsked = Integer.MAX_VALUE;

    public NearHistory() {
        this(MAX_CHARS);
    }

    NearHistory(long maxChars) {
        this.conversations = Caffeine.newBuilder()
                // Its upkeep takes less than to wake another thread for it, and each answer asks for some.
                .executor(Runnable::run)
                .maximumWeight(maxChars)
                .<SessionId, Held>weigher((session, held) -> held.chars())
                .expireAfterAccess(UNUSED_FOR.toNanos(), TimeUnit.NANOSECONDS)
                .build();
    }

    /** @param confirmed that it is what the store had a moment ago; absent when that is not known */
    private record Held(List<Message> messages, @Nullable Confirmation confirmed) {
        Held {
            messages = List.copyOf(messages);
        }

        boolean endsWith(Optional<MessageId> last) {
            return messages.isEmpty()
                    ? last.isEmpty()
                    : last.equals(Optional.of(messages.getLast().id()));
        }

        Held and(Message next, @Nullable Confirmation confirmation) {
            List<Message> all = new ArrayList<>(messages);
            all.add(next);
            return new Held(all, confirmation);
        }

        int chars() {
            long chars = 0;
            for (Message message : messages) {
                chars += CHARS_PER_MESSAGE + charsOf(message);
            }
            return (int) Math.min(chars, Integer.MAX_VALUE);
        }
    }

    /** @param there how many messages there are in the store */
    private record Confirmation(long there, long atNanos) {
        boolean holds() {
            return System.nanoTime() - atNanos < CONFIRMED_FOR.toNanos();
        }
    }

    /**
     * Notes that a run was begun.
     *
     * @param last the message before its question, as the store said; empty when there was none
     * @param there how many messages there are, with the question; as many as can be where it {@link #suffices}
     */
    public void begun(SessionId session, Message question, Optional<MessageId> last, long there) {
        Confirmation now = new Confirmation(there, System.nanoTime());
        conversations.asMap().compute(session, (same, held) -> {
            Held before = held == null || last.isEmpty() ? new Held(List.of(), null) : held;
            return before.endsWith(last) ? before.and(question, now) : null;
        });
    }

    /**
     * Whether so much of a conversation is held that with one message more it is as much as is asked for. How many
     * messages there are need not be known then, for a store that takes none away in front.
     */
    public boolean suffices(SessionId session) {
        Held held = conversations.getIfPresent(session);
        return held != null && held.messages().size() >= mostAsked - 1;
    }

    /** The last messages, oldest first, if they are here and a beginning has just said so; that is used up then. */
    public Optional<List<Message>> take(SessionId session, int max) {
        if (mostAsked < max || mostAsked == Integer.MAX_VALUE) {
            mostAsked = max;
        }
        Held held = conversations.getIfPresent(session);
        if (held == null || held.confirmed() == null) {
            return Optional.empty();
        }
        long wanted = Math.min(max, held.confirmed().there());
        if (!held.confirmed().holds() || held.messages().size() < wanted) {
            conversations.asMap().remove(session, held);
            return Optional.empty();
        }
        int size = held.messages().size();
        List<Message> given = held.messages().subList((int) (size - wanted), size);
        Held kept = new Held(given, null);
        return conversations.asMap().replace(session, held, kept) ? Optional.of(kept.messages()) : Optional.empty();
    }

    /** Notes what was read. */
    public void read(SessionId session, List<Message> last) {
        conversations.put(session, new Held(last, null));
    }

    /** Notes an answer that was written; otherwise as {@link #begun}. */
    public void finished(SessionId session, Message answer, Optional<MessageId> last) {
        conversations
                .asMap()
                .computeIfPresent(session, (same, held) -> held.endsWith(last) ? held.and(answer, null) : null);
    }

    /** For who changes the conversation in any other way, or knows that it is over. */
    public void drop(SessionId session) {
        conversations.invalidate(session);
    }

    /** Of how many conversations something is held. */
    long size() {
        conversations.cleanUp();
        return conversations.estimatedSize();
    }

    private static long charsOf(Message message) {
        long chars = message.text().length();
        if (message instanceof AssistantMessage answer) {
            for (Citation citation : answer.citations()) {
                chars += CHARS_PER_MESSAGE + citation.quote().length();
            }
            for (ToolCall call : answer.toolCalls()) {
                chars += call.toString().length();
            }
        }
        return chars;
    }
}
