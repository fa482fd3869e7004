package dev.daveloper.bootstrap.shipping;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** What somebody has who has unpacked the archive, and what they do with it. */
record Distribution(Path root) {
    /** Generous, because a build may share its machine with others. */
    static final Duration PATIENCE = Duration.ofMinutes(4);

    private static final Pattern LISTENING = Pattern.compile("^listening on (http://\\S+)$", Pattern.MULTILINE);

    /** What came of a command that ends by itself. */
    record Said(int exitCode, String out) {}

    /** Unpacks it as a user would. */
    static Distribution unpack(Path archive, Path folder) throws IOException, InterruptedException {
        Process tar = new ProcessBuilder("tar", "xzf", archive.toString(), "-C", folder.toString())
                .inheritIO()
                .start();
        awaitEnd(tar);
        String name = archive.getFileName().toString();
        return new Distribution(folder.resolve(name.substring(0, name.length() - ".tar.gz".length())));
    }

    Path file(String name) {
        return root.resolve(name);
    }

    /** Both outputs as one. */
    Said run(String program, String... args) throws IOException, InterruptedException {
        Path out = Files.createTempFile(root.getParent(), "said", ".txt");
        Process process = start(out, program, args);
        return new Said(awaitEnd(process), Files.readString(out));
    }

    /** A gateway on free ports, waited for. */
    Serving serve(String... args) throws IOException {
        Path out = Files.createTempFile(root.getParent(), "served", ".txt");
        Process process = start(out, "bin/daveloper", args);
        return new Serving(process, out);
    }

    private Process start(Path out, String program, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(file(program).toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(root.getParent().toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().keySet().removeIf(variable -> variable.startsWith("DAVELOPER_"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder.start();
    }

    private static int awaitEnd(Process process) throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("it does not end: " + process.info());
        }
        return process.exitValue();
    }

    /** A gateway that runs. Closing it ends it however it is. */
    record Serving(Process process, Path out) implements AutoCloseable {
        URI base() {
            return URI.create(
                    Awaitility.await().atMost(PATIENCE).until(() -> listening(), address -> !address.isEmpty()));
        }

        private String listening() throws IOException {
            String said = Files.readString(out);
            if (!process.isAlive()) {
                throw new AssertionError("it ended with " + process.exitValue() + ": " + said);
            }
            Matcher matcher = LISTENING.matcher(said);
            return matcher.find() ? matcher.group(1) : "";
        }

        /** Sends SIGTERM and answers the exit code. */
        int stop() throws InterruptedException {
            process.destroy();
            return awaitEnd(process);
        }

        @Override
        public void close() {
            process.destroyForcibly().onExit().join();
        }
    }
}
