package dev.daveloper.grpc;

import static org.assertj.core.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The example in Python, in a process of its own. */
final class PythonExample {
    private static final String LISTENING = "listening on 127.0.0.1:";
    private static final long END_SECONDS = 30;

    private final Process process;
    private final int port;

    private PythonExample(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it with these options on any free port, and waits until it listens. */
    static PythonExample start(String... options) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of("..", "examples", "python-agent", "run").toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("--port", "0"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new PythonExample(process, portOf(process));
    }

    String target() {
        return "dns:///localhost:" + port;
    }

    /** Ends it as the end of power would. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Asks it to end, and fails when it does not. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            fail("the example did not stop when it was told to");
        }
    }

    private static int portOf(Process process) throws IOException {
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        StringBuilder seen = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(LISTENING)) {
                // Whatever else it says must not fill the pipe.
                Thread.ofVirtual().start(() -> output.lines().forEach(ignored -> {}));
                return Integer.parseInt(line.substring(LISTENING.length()));
            }
            seen.append(line).append('\n');
        }
        return fail("the example did not start: " + seen);
    }
}
