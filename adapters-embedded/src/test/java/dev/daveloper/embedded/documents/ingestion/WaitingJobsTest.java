package dev.daveloper.embedded.documents.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.testkit.Uploads;
import dev.daveloper.domain.documents.IngestionJob.Ticket;
import dev.daveloper.domain.documents.MediaKind;
import dev.daveloper.domain.documents.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WaitingJobsTest {
    private final WaitingJobs waiting = new WaitingJobs();
    private final Scope busy = Uploads.someSession();
    private final Scope modest = Uploads.someSession();

    @Test
    void scopes_take_turns_and_each_gives_its_oldest() {
        Ticket busy1 = added(busy, "busy 1");
        Ticket busy2 = added(busy, "busy 2");
        Ticket busy3 = added(busy, "busy 3");
        Ticket modest1 = added(modest, "modest 1");
        Ticket modest2 = added(modest, "modest 2");

        assertThat(taken(5)).containsExactly(busy1, modest1, busy2, modest2, busy3);
    }

    @Test
    void whoever_comes_late_waits_for_one_turn_only() {
        for (int i = 0; i < 200; i++) {
            added(busy, "busy " + i);
        }
        taken(10);
        Ticket late = added(modest, "late");

        assertThat(taken(2)).contains(late);
    }

    @Test
    void what_was_removed_is_given_to_nobody() {
        Ticket first = added(busy, "first");
        Ticket second = added(busy, "second");
        waiting.remove(first);
        waiting.remove(first);

        assertThat(waiting.take()).contains(second);
    }

    @Test
    void a_scope_that_is_held_waits_until_all_have_let_go() {
        WaitingJobs.Hold one = waiting.hold(busy);
        WaitingJobs.Hold two = waiting.hold(busy);
        Ticket heldBack = added(busy, "held back");
        Ticket other = added(modest, "other");

        assertThat(waiting.take()).contains(other);
        CompletableFuture<Optional<Ticket>> next = CompletableFuture.supplyAsync(waiting::take);
        one.close();
        Ticket another = added(modest, "another");
        assertThat(next.join()).contains(another);
        two.close();
        assertThat(waiting.take()).contains(heldBack);
    }

    @Test
    void closing_sends_everybody_home() {
        CompletableFuture<Optional<Ticket>> idle = CompletableFuture.supplyAsync(waiting::take);
        waiting.close();
        added(busy, "too late");

        assertThat(idle.join()).isEmpty();
        assertThat(waiting.take()).isEmpty();
    }

    private Ticket added(Scope scope, String name) {
        Ticket job =
                new Ticket(Uploads.someJob(), Uploads.someDocument(), scope, name, MediaKind.TEXT, 1, Instant.EPOCH);
        waiting.add(job);
        return job;
    }

    private List<Ticket> taken(int count) {
        List<Ticket> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            waiting.take().ifPresent(taken::add);
        }
        return taken;
    }
}
