package dev.daveloper.bootstrap.e2e;

import dev.daveloper.bootstrap.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The program in a process of its own, as an operator sees it. Closing it ends the process however it is. */
final class RunningProgram implements AutoCloseable {
    /** Generous, because a build may share its machine with others. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Pattern LISTENING = Pattern.compile(
            "^(?:listening on (http://\\S+)|(?:agent|documents) listening on (\\S+))$", Pattern.MULTILINE);

    private final Process process;
    private final Path out;
    private final Path err;

    private RunningProgram(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Starts it and returns at once. Its output goes to files in the directory, which is its working directory. */
    static RunningProgram start(Path directory, List<String> jvmOptions, String... args) {
        return start(directory, jvmOptions, Map.of(), args);
    }

    /** @param environment of its own, beside what is inherited */
    static RunningProgram start(
            Path directory, List<String> jvmOptions, Map<String, String> environment, String... args) {
        return start(List.of(), directory, jvmOptions, environment, args);
    }

    /** As {@link #start(Path, String...)}, in a process that may open only so many files. */
    static RunningProgram startWithFiles(int most, Path directory, String... args) {
        List<String> limited = List.of("sh", "-c", "ulimit -n $0; exec \"$@\"", Integer.toString(most));
        return start(limited, directory, List.of(), Map.of(), args);
    }

    private static RunningProgram start(
            List<String> before,
            Path directory,
            List<String> jvmOptions,
            Map<String, String> environment,
            String... args) {
        try {
            String name = "program-" + System.nanoTime();
            Path out = directory.resolve(name + ".out");
            Path err = directory.resolve(name + ".err");
            List<String> command = new ArrayList<>(before);
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.add("--enable-native-access=ALL-UNNAMED");
            command.add("-XX:+UseSerialGC");
            command.add("-XX:TieredStopAtLevel=1");
            command.addAll(coverage());
            command.addAll(jvmOptions);
            command.add("-cp");
            command.add(classPath());
            command.add(Main.class.getName());
            command.addAll(List.of(args));
            ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
            builder.environment().keySet().removeIf(variable -> variable.startsWith("DAVELOPER_"));
            // The usual one is for one gateway of a machine.
            builder.environment().put("DAVELOPER_MANAGEMENT_PORT", "0");
            builder.environment().putAll(environment);
            builder.redirectOutput(out.toFile()).redirectError(err.toFile());
            return new RunningProgram(builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RunningProgram start(Path directory, String... args) {
        return start(directory, List.of(), args);
    }

    /** A gateway on a free port, waited for. Tests ask more than people may, so nothing is limited but by options. */
    static RunningProgram gateway(Path directory, String... args) {
        List<String> all =
                new ArrayList<>(List.of("--http.port=0", "--log.format=text", "--rate-limits.defaults=false"));
        all.addAll(List.of(args));
        RunningProgram program = start(directory, all.toArray(String[]::new));
        program.awaitListening();
        return program;
    }

    /** Waits until it listens, and says where: a URL of the gateway, an authority of the agent service. */
    String awaitListening() {
        return Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(this::listening, found -> !found.isEmpty());
    }

    URI base() {
        return URI.create(awaitListening());
    }

    long pid() {
        return process.pid();
    }

    /** Files and connections that it has open. Linux only. */
    long openFiles() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
            return all.count();
        }
    }

    String out() {
        return read(out);
    }

    /** All that it has logged. */
    String log() {
        return read(err);
    }

    /** Ends it as SIGKILL does: nothing of it runs any more when this returns. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        awaitExit();
    }

    /** Stops it from running, as if it hung: its connections stay, and nobody answers on them. */
    void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** Lets it run on where it stood. */
    void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /** Sends SIGTERM and returns at once. */
    void terminate() {
        process.destroy();
    }

    int awaitExit() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("it does not end; its log: " + log());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private String listening() {
        if (!process.isAlive()) {
            throw new AssertionError("it ended with " + process.exitValue() + ": " + out() + log());
        }
        Matcher matcher = LISTENING.matcher(out());
        if (!matcher.find()) {
            return "";
        }
        return matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    }

    /** What measures the coverage of this process measures that one as well. */
    private static List<String> coverage() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-javaagent:") && argument.contains("jacoco"))
                .toList();
    }

    /** Surefire may keep the class path in a jar of its own making. */
    static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
