package dev.daveloper.embedded.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.documents.out.PassageSearch;
import dev.daveloper.domain.Ids;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.failures.DocumentsFailed;
import dev.daveloper.domain.failures.DocumentsUnavailable;
import dev.daveloper.domain.sessions.SessionId;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class LookupBoundsTest {
    private static final PassageIndex LIBRARY = PassageIndex.of(Fixtures.documents());
    private static final Scope MINE = Scope.of(SessionId.next(new Ids(InstantSource.system(), new SecureRandom())));
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @AfterAll
    static void closeLibrary() {
        LIBRARY.close();
    }

    @Test
    void documents_that_cannot_be_searched_are_missed_and_not_asked_for_again() throws Exception {
        for (RuntimeException failure : List.of(
                new DocumentsUnavailable(),
                new DocumentsFailed(new IllegalStateException("broken")),
                new IllegalStateException("a fault"))) {
            AtomicInteger calls = new AtomicInteger();
            PassageSearch broken = (question, scopes, limit) -> {
                calls.incrementAndGet();
                throw failure;
            };
            Lookup lookup = Lookup.in(LIBRARY, broken, MINE.readable());
            assertThat(lookup.documentsMissed()).isFalse();
            assertThat(lookup.search("How do I connect my own agent?", 3))
                    .isEqualTo(LIBRARY.search("How do I connect my own agent?", 3));
            assertThat(lookup.search("summarise my document", 3)).isEmpty();
            assertThat(lookup.documentsMissed()).isTrue();
            assertThat(calls).hasValue(1);
        }
    }

    @Test
    void a_search_that_takes_too_long_is_given_up_and_told_so() throws Exception {
        CountDownLatch toldOff = new CountDownLatch(1);
        PassageSearch slow = (question, scopes, limit) -> waitForEver(toldOff);
        Lookup lookup = Lookup.in(LIBRARY, slow, MINE.readable(), Duration.ofMillis(50));
        assertThat(lookup.search("How do I connect my own agent?", 3)).isNotEmpty();
        assertThat(lookup.documentsMissed()).isTrue();
        assertThat(toldOff.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whoever_waits_for_a_search_can_be_interrupted() throws Exception {
        CountDownLatch toldOff = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        PassageSearch slow = (question, scopes, limit) -> {
            asked.countDown();
            return waitForEver(toldOff);
        };
        CompletableFuture<String> outcome = new CompletableFuture<>();
        Thread asking = Thread.ofVirtual().start(() -> {
            try {
                Lookup.in(LIBRARY, slow, MINE.readable()).search("How do I connect my own agent?", 3);
                outcome.complete("answered");
            } catch (InterruptedException e) {
                outcome.complete("interrupted");
            }
        });
        assertThat(asked.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        asking.interrupt();
        assertThat(outcome.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo("interrupted");
        assertThat(toldOff.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    private static <T> List<T> waitForEver(CountDownLatch toldOff) throws InterruptedException {
        try {
            new CountDownLatch(1).await();
            return List.of();
        } catch (InterruptedException e) {
            toldOff.countDown();
            throw e;
        }
    }
}
