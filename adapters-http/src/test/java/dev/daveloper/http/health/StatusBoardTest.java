package dev.daveloper.http.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.application.health.out.HealthProbe;
import dev.daveloper.application.ratelimits.in.RateLimits;
import dev.daveloper.application.testkit.ManualClock;
import dev.daveloper.domain.health.Status;
import dev.daveloper.http.SseStreams;
import dev.daveloper.http.TestGateway;
import dev.daveloper.http.failures.FailureCounts;
import dev.daveloper.http.requests.JsonCodec;
import dev.daveloper.http.testkit.ApiContract;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StatusBoardTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Figures.Reading READING = new Figures.Reading(
            Map.of(Figures.Counted.REQUESTS, 7L),
            Map.of(Figures.Level.VIEWERS, 2.0),
            Map.of(Figures.Timed.REQUEST, new Spread(new double[] {0.1}, new long[] {7}, 7)));

    private final ManualClock clock = new ManualClock();
    private final TestGateway gateway = TestGateway.withProbes(List.of(new Fine()));
    private final SseStreams streams = new SseStreams(1, Duration.ofSeconds(1), Duration.ofSeconds(1));
    private final StatusBoard board = new StatusBoard(
            gateway.core().health(),
            new Gauges(
                    RateLimits.NONE, gateway.core().cacheControl(), new FailureCounts(clock), streams, () -> READING),
            clock,
            new JsonCodec(1_000));

    private record Fine() implements HealthProbe {
        @Override
        public String component() {
            return "agent";
        }

        @Override
        public boolean vital() {
            return true;
        }

        @Override
        public Finding check() {
            return new Finding(Status.PASS, "");
        }
    }

    @AfterEach
    void stop() {
        board.close();
        streams.close();
        gateway.close();
    }

    private static JsonNode dataOf(byte[] event) throws Exception {
        String text = new String(event, StandardCharsets.UTF_8);
        assertThat(text).startsWith("event: status.snapshot\ndata: ").endsWith("}\n\n");
        return TestGateway.JSON.readTree(text.substring(text.indexOf('{')));
    }

    @Test
    void a_snapshot_is_made_once_for_all_who_watch() throws Exception {
        assertThat(board.after(0, Duration.ZERO)).isNull();
        board.take();
        StatusBoard.Snapshot first = board.after(0, LONG);
        assertThat(board.after(0, LONG)).isSameAs(first);
        assertThat(board.after(1, Duration.ZERO)).isNull();
        assertThat(dataOf(first.forEverybody()).has("details")).isFalse();
        assertThat(dataOf(first.forAdministrators()).has("details")).isTrue();
    }

    @Test
    void figures_are_told_to_administrators_as_they_are_described() throws Exception {
        board.take();
        clock.advance(Duration.ofSeconds(2));
        board.take();
        JsonNode told = dataOf(board.after(1, LONG).forAdministrators());
        ApiContract.checkStatus(told);
        assertThat(told.at("/details/figures/viewers").doubleValue()).isEqualTo(2);
        assertThat(told.at("/details/figures/requestP50").isNull()).isTrue();
        assertThat(told.at("/details/figures").has("documentsWaiting")).isFalse();
        JsonNode history = TestGateway.JSON.readTree(new String(board.historyEvent(true), StandardCharsets.UTF_8)
                .replaceFirst("(?s)^event: status.history\ndata: ", ""));
        ApiContract.checkStatus(history);
        assertThat(history.at("/series/figures/requests/0").doubleValue()).isZero();
    }

    @Test
    void who_waits_is_woken_by_the_next_one() throws Exception {
        CompletableFuture<StatusBoard.Snapshot> waiting = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                waiting.complete(board.after(1, LONG));
            } catch (InterruptedException e) {
                waiting.completeExceptionally(e);
            }
        });
        board.take();
        board.take();
        assertThat(waiting.get(10, TimeUnit.SECONDS).number()).isEqualTo(2);
    }

    @Test
    void the_numbers_of_the_last_quarter_of_an_hour_are_there_at_once() {
        for (int i = 0; i < 100; i++) {
            board.take();
            clock.advance(Duration.ofSeconds(10));
        }
        assertThat(board.history(true).series()).isNotNull();
        assertThat(board.history(true).series().times()).hasSize(90);
        assertThat(board.history(false).series()).isNull();
    }

    @Test
    void somebody_who_comes_is_not_kept_waiting_for_the_slow_turn() throws Exception {
        assertThat(board.awaitTurn(Duration.ofMillis(1), LONG)).isTrue();
        CompletableFuture<Boolean> turn = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                turn.complete(board.awaitTurn(Duration.ofMillis(1), LONG));
            } catch (InterruptedException e) {
                turn.completeExceptionally(e);
            }
        });
        board.join();
        assertThat(turn.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void after_the_end_there_is_no_turn_and_nobody_waits() throws Exception {
        board.close();
        assertThat(board.awaitTurn(LONG, LONG)).isFalse();
        assertThat(board.after(0, LONG)).isNull();
        assertThat(board.isClosed()).isTrue();
    }
}
