package dev.daveloper.embedded.documents.extraction;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a process that reads documents is started. */
final class ChildCommand {
    /** Where paths and temporary files are found by; none of the gateway's own settings and secrets is among them. */
    private static final Set<String> INHERITED =
            Set.of("LANG", "LC_ALL", "LC_CTYPE", "TZ", "SystemRoot", "SYSTEMROOT", "TEMP", "TMP", "LD_LIBRARY_PATH");

    private static final List<String> SMALL_AND_QUICK = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-XX:MaxMetaspaceSize=128m",
            "-XX:MaxDirectMemorySize=16m",
            "-XX:ReservedCodeCacheSize=48m");

    /** It leaves no trace but its exit code. */
    private static final List<String> SILENT = List.of(
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+DisplayVMOutputToStderr",
            "-XX:+SuppressFatalErrorMessage",
            "-XX:-UsePerfData",
            "-Djava.awt.headless=true",
            "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider",
            "-Dslf4j.internal.verbosity=ERROR");

    private ChildCommand() {}

    /** The java that runs us; empty where there is none, as in an image without launchers. */
    static Optional<Path> java() {
        Path bin = Path.of(System.getProperty("java.home", ""), "bin");
        return Stream.of("java", "java.exe")
                .map(bin::resolve)
                .filter(Files::isExecutable)
                .findFirst();
    }

    static ProcessBuilder of(ExtractionConfig config) {
        List<String> command = new ArrayList<>();
        command.add(java().orElseThrow().toString());
        command.add("-Xmx" + config.maxHeapBytes());
        command.add("-Xms" + Math.min(config.maxHeapBytes(), ExtractionConfig.MIN_HEAP_BYTES));
        command.addAll(SMALL_AND_QUICK);
        command.addAll(SILENT);
        command.add("-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"));
        command.add("-cp");
        command.add(classPath());
        command.add(ExtractionMain.class.getName());
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(INHERITED);
        return builder;
    }

    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path", "").split(File.pathSeparator, -1))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
