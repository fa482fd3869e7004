package dev.daveloper.bootstrap.jfr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.domain.Ids;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.MessageId;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.chat.RunOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the flight recorder of this virtual machine is told of answers. */
class RecordedRunsTest {
    private static final long MILLI = Duration.ofMillis(1).toNanos();

    private final Ids ids = new Ids(InstantSource.system(), new SecureRandom());
    private final RecordedRuns runs = new RecordedRuns();
    private final RunId run = RunId.next(ids);

    @TempDir
    private Path directory;

    /** Ours alone: other tests of this process may be making answers too. */
    private List<RecordedEvent> whileRecording(UnaryOperator<Recording> settings, Runnable steps) throws IOException {
        Path file = directory.resolve("recorded.jfr");
        try (Recording recording = settings.apply(new Recording())) {
            recording.start();
            steps.run();
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().startsWith("daveloper."))
                .filter(event -> event.getString("runId").equals(run.value()))
                .toList();
    }

    private AssistantMessage answer(RunOutcome outcome) {
        return new AssistantMessage(
                MessageId.next(ids),
                run,
                Instant.EPOCH,
                "words",
                outcome,
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    private void wholeRun() {
        runs.asked(run, 2 * MILLI);
        runs.firstDelta(run, 30 * MILLI);
        runs.sent(run, MILLI);
        runs.sent(run, 7 * MILLI);
        runs.appended(run, 12, 6 * MILLI);
        runs.appended(run, 3, MILLI);
        runs.finished(run, answer(RunOutcome.COMPLETED), 4 * MILLI, 90 * MILLI);
    }

    @Test
    void a_run_tells_how_it_ended_and_what_of_it_was_the_gateways_own_time() throws IOException {
        List<RecordedEvent> events = whileRecording(given -> given, this::wholeRun);

        assertThat(events)
                .filteredOn(event -> event.getEventType().getName().equals("daveloper.Run"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getString("outcome")).isEqualTo("completed");
                    assertThat(event.getDuration("start")).isEqualTo(Duration.ofMillis(2));
                    assertThat(event.getDuration("firstDelta")).isEqualTo(Duration.ofMillis(30));
                    assertThat(event.getDuration("finish")).isEqualTo(Duration.ofMillis(4));
                    assertThat(event.getDuration("total")).isEqualTo(Duration.ofMillis(90));
                    assertThat(event.getInt("sends")).isEqualTo(2);
                    assertThat(event.getStackTrace()).isNull();
                });
    }

    @Test
    void only_what_took_long_is_recorded_of_the_many_steps() throws IOException {
        List<RecordedEvent> events = whileRecording(given -> given, this::wholeRun);

        assertThat(events)
                .filteredOn(event -> event.getEventType().getName().equals("daveloper.Send"))
                .extracting(event -> event.getDuration("took"))
                .containsExactly(Duration.ofMillis(7));
        assertThat(events)
                .filteredOn(event -> event.getEventType().getName().equals("daveloper.LogAppend"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getDuration("took")).isEqualTo(Duration.ofMillis(6));
                    assertThat(event.getInt("events")).isEqualTo(12);
                });
    }

    @Test
    void whoever_records_says_what_is_long() throws IOException {
        List<RecordedEvent> all = whileRecording(
                given -> {
                    given.enable("daveloper.Send").with("slowerThan", "0 ms");
                    given.enable("daveloper.LogAppend").with("slowerThan", "500us");
                    return given;
                },
                this::wholeRun);

        assertThat(all).hasSize(5);
    }

    @Test
    void of_a_run_that_began_before_the_recording_the_end_is_known() throws IOException {
        List<RecordedEvent> events = whileRecording(
                given -> given, () -> runs.finished(run, answer(RunOutcome.FAILED), 4 * MILLI, 90 * MILLI));

        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.getString("outcome")).isEqualTo("failed");
            assertThat(event.getLong("start")).isEqualTo(RunMade.UNKNOWN);
            assertThat(event.getLong("firstDelta")).isEqualTo(RunMade.UNKNOWN);
            assertThat(event.getDuration("total")).isEqualTo(Duration.ofMillis(90));
        });
    }

    @Test
    void what_is_switched_off_is_not_recorded() throws IOException {
        List<RecordedEvent> events = whileRecording(
                given -> {
                    given.disable("daveloper.Run");
                    given.disable("daveloper.Send");
                    given.disable("daveloper.LogAppend");
                    return given;
                },
                this::wholeRun);

        assertThat(events).isEmpty();
    }

    @Test
    void runs_that_never_end_are_forgotten_when_there_are_too_many() throws IOException {
        whileRecording(given -> given, () -> {
            for (int i = 0; i < RecordedRuns.MAX_RUNS + 10; i++) {
                runs.asked(RunId.next(ids), MILLI);
            }
        });

        assertThat(runs.begun()).isEqualTo(RecordedRuns.MAX_RUNS);
    }
}
