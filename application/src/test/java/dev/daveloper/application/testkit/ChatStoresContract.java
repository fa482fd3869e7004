package dev.daveloper.application.testkit;

import static dev.daveloper.application.testkit.Conversations.LEASE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.chat.out.RunStore.Begun;
import dev.daveloper.application.chat.out.RunStore.Finished;
import dev.daveloper.application.chat.out.RunStore.NewRun;
import dev.daveloper.domain.chat.Lease;
import dev.daveloper.domain.sessions.SessionId;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;

/** What the contracts of the ports that keep conversations have in common: stores that begin empty, and a clock. */
public abstract class ChatStoresContract {
    final ManualClock clock = new ManualClock();
    final Conversations conversations = new Conversations(clock);
    final SessionId session = conversations.someSession();
    ChatStores stores;

    /** Empty stores on this clock. Closing them is the subclass's business. */
    protected abstract ChatStores open(InstantSource time) throws Exception;

    @BeforeEach
    void openStores() throws Exception {
        stores = open(clock);
    }

    /** A run of a session of its own. */
    final Lease begin() {
        return begin(conversations.someSession());
    }

    final Lease begin(SessionId of) {
        return begin(conversations.question("Why?").in(of));
    }

    final Lease begin(NewRun question) {
        assertThat(stores.runs().begin(question)).isEqualTo(new Begun.Started(new Lease(question.run(), 1)));
        return new Lease(question.run(), 1);
    }

    /** Whether this lease ended the run. */
    final boolean finish(Lease lease) {
        return stores.runs().finish(lease, conversations.answer(lease.run(), "Because.")) == Finished.DONE;
    }

    /** Lets all leases run out and takes the oldest run over. */
    final Lease takeOver() {
        clock.advance(LEASE);
        return stores.runs().takeOverExpired(LEASE, 1).getFirst();
    }
}
