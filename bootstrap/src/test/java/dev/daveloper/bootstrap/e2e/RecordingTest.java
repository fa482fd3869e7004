package dev.daveloper.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.bootstrap.e2e.Launcher.Started;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the flight recorder knows after somebody asked, as the launcher starts it. */
class RecordingTest {
    private static final String EVERYTHING = ",+daveloper.Send#slowerThan=0ms,+daveloper.LogAppend#slowerThan=0ms";
    private static final int DELTAS = 50;

    @TempDir
    private Path directory;

    private Launcher launcher;

    @BeforeEach
    void build() throws IOException {
        launcher = Launcher.in(directory);
    }

    @Test
    void the_launcher_gives_the_virtual_machine_a_bounded_recording_and_the_program_the_rest() throws Exception {
        Started started = launcher.start("--http.port=0", "--jfr=my file.jfr", "--log.format=text");

        assertThat(started.args()).containsExactly("--http.port=0", "--log.format=text");
        assertThat(started.options("-XX:StartFlightRecording="))
                .singleElement()
                .asString()
                .contains(",settings=profile,", ",maxsize=100m,", ",maxage=1h,", ",dumponexit=true,")
                .endsWith(",filename=my file.jfr");
        assertThat(started.options("-XX:+AutoCreateSharedArchive")).isEmpty();
        assertThat(started.said()).contains("into my file.jfr", "jcmd " + started.pid() + " JFR.dump");
    }

    @Test
    void a_recording_without_a_name_is_called_after_its_process() throws Exception {
        Started started = launcher.start("--jfr");

        assertThat(started.args()).isEmpty();
        assertThat(started.options("-XX:StartFlightRecording="))
                .singleElement()
                .asString()
                .endsWith(",filename=daveloper-" + started.pid() + ".jfr");
    }

    @Test
    void nothing_is_recorded_unless_somebody_wants_it() throws Exception {
        Started started = launcher.start("agent", "--port", "0");

        assertThat(started.args()).containsExactly("agent", "--port", "0");
        assertThat(started.options("-XX:StartFlightRecording")).isEmpty();
        assertThat(started.options("-XX:+AutoCreateSharedArchive")).hasSize(1);
        assertThat(started.said()).isEmpty();
    }

    @Test
    void a_name_that_would_be_taken_for_more_options_is_refused() throws Exception {
        Started started = launcher.start("--jfr=a,settings=default");

        assertThat(started.exitCode()).isEqualTo(1);
        assertThat(started.given()).isEmpty();
        assertThat(started.said()).contains("without commas and quotes");
    }

    @Test
    void an_answer_can_be_seen_at_once_and_leaves_nothing_that_people_keep_to_themselves() throws Exception {
        String question = "Count, please, and tell nobody.";
        String adminKey = "an administrators key";
        Path file = directory.resolve("ended.jfr");
        String option = recorder(file) + EVERYTHING;
        String token;
        String runId;
        try (ServedAgent agent = ServedAgent.counting(DELTAS);
                RunningProgram program = recording(option, "--admin.keys=" + adminKey, agent.target())) {
            Visitor visitor = Visitor.at(program.base());
            token = visitor.token();
            try (EventStream answer = visitor.watch(question).awaitEnd()) {
                runId = answer.last().runId();
            }
            // The viewer is told of the end before whoever listens is.
            await().atMost(RunningProgram.PATIENCE).until(() -> hasRun(dumped(program)));
            program.terminate();
            assertThat(program.awaitExit()).isZero();
        }

        List<RecordedEvent> events = RecordingFile.readAllEvents(file);

        assertThat(of(events, "daveloper.Run")).singleElement().satisfies(run -> {
            assertThat(run.getString("runId")).isEqualTo(runId);
            assertThat(run.getString("outcome")).isEqualTo("completed");
            assertThat(run.getDuration("total"))
                    .isGreaterThanOrEqualTo(run.getDuration("start").plus(run.getDuration("finish")));
            assertThat(run.getDuration("firstDelta")).isPositive();
        });
        assertThat(of(events, "daveloper.LogAppend")).isNotEmpty().allSatisfy(append -> {
            assertThat(append.getString("runId")).isEqualTo(runId);
            assertThat(append.getInt("events")).isPositive();
        });
        assertThat(of(events, "daveloper.Send"))
                .hasSize(of(events, "daveloper.Run").getFirst().getInt("sends"))
                .isNotEmpty();
        String whole = events.stream().map(RecordedEvent::toString).collect(Collectors.joining());
        assertThat(List.of(question, adminKey, token)).noneMatch(whole::contains);
    }

    @Test
    void a_virtual_machine_without_a_flight_recorder_serves_as_well() throws Exception {
        String modules = ModuleLayer.boot().modules().stream()
                .map(Module::getDescriptor)
                .filter(module -> !needsTheRecorder(module))
                .map(ModuleDescriptor::name)
                .collect(Collectors.joining(","));
        try (RunningProgram program = RunningProgram.start(
                directory,
                List.of("--limit-modules=" + modules),
                "--http.port=0",
                "--agent.pace=0s",
                "--rate-limits.defaults=false")) {
            assertThat(Visitor.at(program.base())
                            .ask("How do I connect my own agent?")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(program.log()).doesNotContain("jdk/jfr");
        }
    }

    private static boolean needsTheRecorder(ModuleDescriptor module) {
        return module.name().equals("jdk.jfr")
                || module.requires().stream().map(Requires::name).anyMatch("jdk.jfr"::equals);
    }

    /** What the launcher would give to the virtual machine. */
    private String recorder(Path file) throws Exception {
        return launcher.start("--jfr=" + file)
                .options("-XX:StartFlightRecording=")
                .getFirst();
    }

    private RunningProgram recording(String recorder, String... args) {
        List<String> all =
                new ArrayList<>(List.of("--http.port=0", "--log.format=text", "--rate-limits.defaults=false"));
        all.addAll(List.of(args));
        return RunningProgram.start(directory, List.of(recorder, "-Xlog:disable"), all.toArray(String[]::new));
    }

    /** What the recording has while it goes on, as an operator asks for it. */
    private Path dumped(RunningProgram program) throws IOException, InterruptedException {
        Path file = directory.resolve("now.jfr");
        Path said = directory.resolve("jcmd.out");
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        List<String> command = List.of(
                jcmd.toString(), Long.toString(program.pid()), "JFR.dump", "name=daveloper", "filename=" + file);
        new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start()
                .waitFor();
        assertThat(file).as(Files.readString(said)).exists();
        return file;
    }

    private static boolean hasRun(Path file) throws IOException {
        try (RecordingFile recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                if (recording.readEvent().getEventType().getName().equals("daveloper.Run")) {
                    return true;
                }
            }
        }
        return false;
    }

    private static List<RecordedEvent> of(List<RecordedEvent> events, String name) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals(name))
                .toList();
    }
}
