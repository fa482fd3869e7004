package dev.daveloper.embedded.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.daveloper.application.testkit.Racing;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class LateIndexTest {
    private static final List<SourceDocument> DOCUMENTS =
            List.of(new SourceDocument("a", "Agents", "/library/a", "# Agents\n\nConnect your own agent.\n", 1));

    private final AtomicInteger made = new AtomicInteger();

    private List<SourceDocument> documents() {
        made.incrementAndGet();
        return DOCUMENTS;
    }

    @Test
    void it_is_made_when_it_is_wanted_and_no_sooner() {
        try (LateIndex late = LateIndex.of(this::documents)) {
            assertThat(made).hasValue(0);
            assertThat(late.get().search("How do I connect my own agent?", 1)).hasSize(1);
            assertThat(made).hasValue(1);
        }
    }

    @Test
    void one_that_nobody_wanted_was_never_made() {
        LateIndex.of(this::documents).close();
        assertThat(made).hasValue(0);
    }

    @Test
    void all_who_want_it_get_the_same() throws Exception {
        try (LateIndex late = LateIndex.of(this::documents)) {
            late.begin();
            assertThat(Racing.race(8, i -> late.get())).containsOnly(late.get());
            assertThat(made).hasValue(1);
        }
    }

    @Test
    void who_is_interrupted_while_it_is_made_gets_it_and_stays_interrupted() throws Exception {
        CountDownLatch mayBeMade = new CountDownLatch(1);
        Supplier<List<SourceDocument>> slowly = () -> {
            await(mayBeMade);
            return documents();
        };
        try (LateIndex late = LateIndex.of(slowly)) {
            late.begin();
            AtomicInteger found = new AtomicInteger();
            Thread waiting = Thread.ofPlatform().start(() -> {
                found.addAndGet(late.get().documents().size());
                found.addAndGet(Thread.currentThread().isInterrupted() ? 10 : 0);
            });
            waiting.interrupt();
            mayBeMade.countDown();
            waiting.join();
            assertThat(found).hasValue(11);
        }
    }

    @Test
    void what_cannot_be_made_says_so_to_each_and_stands_in_nobodys_way_at_the_end() {
        LateIndex late = LateIndex.of(() -> {
            throw new UnsupportedOperationException("no documents");
        });
        assertThatIllegalStateException()
                .isThrownBy(late::get)
                .withRootCauseInstanceOf(UnsupportedOperationException.class);
        assertThatIllegalStateException().isThrownBy(late::get);
        late.close();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
