package dev.daveloper.stored;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.daveloper.application.testkit.Conversations;
import dev.daveloper.application.testkit.ManualClock;
import dev.daveloper.domain.chat.RunId;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DoorbellsTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Conversations conversations = new Conversations(new ManualClock());
    private final RunId run =
            conversations.question("?").in(conversations.someSession()).run().id();
    private final Doorbells<RunId> doorbells = new Doorbells<>();

    @Test
    void a_ring_between_listening_and_waiting_is_heard() throws Exception {
        try (Doorbells<RunId>.Listening listening = doorbells.listen(run)) {
            doorbells.ring(run);
            listening.await(LONG);
        }
    }

    @Test
    void a_ring_from_before_is_not_heard_and_patience_ends() throws Exception {
        try (Doorbells<RunId>.Listening first = doorbells.listen(run)) {
            doorbells.ring(run);
            try (Doorbells<RunId>.Listening second = doorbells.listen(run)) {
                second.await(Duration.ofMillis(1));
            }
            first.await(LONG);
        }
    }

    @Test
    void one_pull_rings_all() throws Exception {
        try (Doorbells<RunId>.Listening listening = doorbells.listen(run)) {
            doorbells.ringAll();
            listening.await(LONG);
        }
    }

    @Test
    void nothing_is_held_for_runs_that_nobody_waits_for() {
        doorbells.ring(run);
        Doorbells<RunId>.Listening one = doorbells.listen(run);
        Doorbells<RunId>.Listening two = doorbells.listen(run);
        one.close();
        assertThat(doorbells.size()).isOne();
        two.close();
        assertThat(doorbells.size()).isZero();
    }

    @Test
    void waiting_can_be_interrupted() {
        try (Doorbells<RunId>.Listening listening = doorbells.listen(run)) {
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> listening.await(LONG));
        }
    }
}
