package dev.daveloper.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.chat.out.RunLog.Appended;
import dev.daveloper.application.chat.out.RunLog.Slice;
import dev.daveloper.application.chat.out.RunStore.Begun;
import dev.daveloper.application.chat.out.RunStore.Finished;
import dev.daveloper.application.chat.out.RunStore.NewRun;
import dev.daveloper.application.testkit.ChatStores;
import dev.daveloper.application.testkit.Conversations;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.Lease;
import dev.daveloper.domain.chat.LoggedEvent;
import dev.daveloper.domain.failures.StoreUnavailable;
import dev.daveloper.domain.sessions.SessionId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * An owner who writes one run's log word by word on a thread of its own until it is told to stop, through all that
 * befalls the store: it goes back where the store has less than it wrote, and puts back what the store lost.
 */
final class Scribbling {
    private static final Conversations CONVERSATIONS = new Conversations(InstantSource.system());
    private static final long PAUSE_NANOS = Duration.ofMillis(5).toNanos();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ChatStores stores;
    private final NewRun question;
    private final Lease lease;
    private final CompletableFuture<Long> done = new CompletableFuture<>();
    private volatile boolean stopping;
    private volatile long written;
    private volatile long longestWaitNanos;
    private final AtomicInteger refusals = new AtomicInteger();

    private Scribbling(ChatStores stores, NewRun question) {
        this.stores = stores;
        this.question = question;
        this.lease = new Lease(question.run(), 1);
    }

    /** Begins a run of this session and writes it. */
    static Scribbling in(SessionId session, ChatStores stores) {
        NewRun question = CONVERSATIONS.question("q").in(session);
        assertThat(stores.runs().begin(question)).isInstanceOf(Begun.Started.class);
        Scribbling scribbling = new Scribbling(stores, question);
        Thread.ofVirtual().name("scribbling").start(scribbling::scribble);
        return scribbling;
    }

    private void scribble() {
        try {
            long lastNanos = System.nanoTime();
            long next = 1;
            while (!stopping || next <= written) {
                long answer = write(next);
                long now = System.nanoTime();
                if (answer >= next) {
                    longestWaitNanos = Math.max(longestWaitNanos, now - lastNanos);
                    lastNanos = now;
                    written = Math.max(written, answer);
                }
                next = answer + 1;
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            done.complete(written);
        } catch (RuntimeException | AssertionError e) {
            done.completeExceptionally(e);
        }
    }

    /** Up to where the log is written after this. */
    private long write(long seq) {
        try {
            return switch (stores.log().append(lease, Conversations.deltas(lease, seq, word(seq)))) {
                case Appended.Written now -> seq;
                case Appended.Behind behind -> behind.topSeq();
                case Appended.Lost lost -> {
                    stores.runs().restore(question, lease.epoch());
                    yield 0;
                }
                case Appended.Superseded other -> throw new AssertionError("superseded");
                case Appended.Cleared other -> throw new AssertionError("cleared");
            };
        } catch (StoreUnavailable e) {
            refusals.incrementAndGet();
            return seq - 1;
        }
    }

    private static String word(long seq) {
        return seq + " ";
    }

    SessionId session() {
        return question.run().sessionId();
    }

    NewRun question() {
        return question;
    }

    /** How many words the store has answered for. */
    long written() {
        return written;
    }

    int refusals() {
        return refusals.get();
    }

    Duration longestWait() {
        return Duration.ofNanos(longestWaitNanos);
    }

    boolean hasFailed() {
        return done.isCompletedExceptionally();
    }

    /** Ends it, and looks that the log has every word once and in order, as these stores see it. */
    long stopAndCheck(ChatStores reader) throws Exception {
        stopping = true;
        long words = done.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(readAll(reader)).isEqualTo(wordsUpTo(words));
        assertThat(stores.runs().finish(lease, CONVERSATIONS.answer(question.run(), "done")))
                .isEqualTo(Finished.DONE);
        return words;
    }

    List<String> readAll(ChatStores reader) {
        List<String> words = new ArrayList<>();
        Cursor after = Cursor.START;
        while (reader.log().read(question.run().ref(), after, 500) instanceof Slice.Held held
                && !held.events().isEmpty()) {
            for (LoggedEvent event : held.events()) {
                words.add(((AgentEvent.TextDelta) event.event()).text());
            }
            after = held.events().getLast().cursor();
        }
        return words;
    }

    static List<String> wordsUpTo(long last) {
        List<String> words = new ArrayList<>();
        for (long seq = 1; seq <= last; seq++) {
            words.add(word(seq));
        }
        return words;
    }
}
