package dev.daveloper.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.daveloper.application.chat.out.RunLog.Slice;
import dev.daveloper.domain.chat.AgentEvent.TextDelta;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.Lease;
import dev.daveloper.domain.chat.LoggedEvent;
import dev.daveloper.domain.chat.Message;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.chat.RunRef;
import dev.daveloper.domain.sessions.SessionId;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class KilledProcessTest {
    private static final int BEFORE_THE_KILL = 300;
    private static final int ALL = 1_000_000;

    @TempDir
    Path directory;

    @RegisterExtension
    final TestStores opener = new TestStores();

    private final Map<RunId, SessionId> sessions = new LinkedHashMap<>();
    private final Map<RunId, Long> written = new LinkedHashMap<>();
    private Process gateway;

    @BeforeEach
    void start() throws IOException {
        gateway = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DoomedGateway.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    @AfterEach
    void stop() {
        gateway.destroyForcibly().onExit().join();
    }

    @Test
    void what_was_accepted_before_a_kill_is_there_and_its_runs_are_taken_over() throws Exception {
        try (BufferedReader said = gateway.inputReader()) {
            for (int i = 0; i < BEFORE_THE_KILL; i++) {
                note(said.readLine());
            }
            // By its handle: the process object would close the pipe, and what is left in it counts.
            gateway.toHandle().destroyForcibly();
            for (String line = said.readLine();
                    line != null && line.split(" ", -1).length == 3;
                    line = said.readLine()) {
                note(line);
            }
        }
        gateway.onExit().join();

        EmbeddedStores stores = opener.open(Optional.of(directory), InstantSource.system());
        List<Lease> taken = stores.runStore().takeOverExpired(Duration.ofMinutes(1), 10);
        assertThat(taken).extracting(lease -> lease.run().id()).containsExactlyElementsOf(sessions.keySet());
        assertThat(taken).extracting(Lease::epoch).containsOnly(2L);
        assertThat(written.keySet()).isEqualTo(sessions.keySet());
        written.forEach((run, seq) ->
                assertThat(textOf(stores, new RunRef(sessions.get(run), run))).startsWith(countedTo(seq)));
        sessions.values()
                .forEach(session -> assertThat(stores.messageStore().recent(session, 10))
                        .extracting(Message::text)
                        .containsExactly("Why?"));
    }

    @Test
    void a_directory_that_another_process_has_is_refused_and_that_process_named() throws Exception {
        try (BufferedReader said = gateway.inputReader()) {
            note(said.readLine());

            // Twice: a refused try must not take the lock from the one who has it.
            for (int i = 0; i < 2; i++) {
                assertThatExceptionOfType(UnusableDataDirectory.class)
                        .isThrownBy(() -> opener.open(Optional.of(directory), InstantSource.system()))
                        .withMessageContaining("another process has it, process " + gateway.pid());
            }
        }
    }

    private void note(String line) {
        String[] words = line.split(" ", -1);
        if (words[0].equals("run")) {
            sessions.put(new RunId(words[2]), new SessionId(words[1]));
        } else {
            written.put(new RunId(words[1]), Long.valueOf(words[2]));
        }
    }

    /** What a run that wrote so far says at least: the last line of all may have been cut short by the kill. */
    private static String countedTo(long seq) {
        StringBuilder text = new StringBuilder();
        for (long i = 1; i <= seq; i++) {
            text.append(i).append(',');
        }
        return text.toString();
    }

    private static String textOf(EmbeddedStores stores, RunRef run) {
        StringBuilder text = new StringBuilder();
        for (LoggedEvent logged : ((Slice.Held) stores.runLog().read(run, Cursor.START, ALL)).events()) {
            text.append(((TextDelta) logged.event()).text());
        }
        return text.toString();
    }
}
