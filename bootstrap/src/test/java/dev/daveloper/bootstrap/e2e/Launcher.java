package dev.daveloper.bootstrap.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The launcher in a house where all is built, with a virtual machine that only says what it was given. */
final class Launcher {
    private static final Path SCRIPT = Path.of("..", "daveloper");
    private static final String SHARED = "src/distribution/lib/launch.sh";
    private static final long PATIENCE_SECONDS = RunningProgram.PATIENCE.toSeconds();

    private final Path house;
    private final Path jdk;

    private Launcher(Path house, Path jdk) {
        this.house = house;
        this.jdk = jdk;
    }

    /** What came of a start. */
    record Started(int exitCode, List<String> given, String said, long pid) {
        /** The options of the virtual machine that begin so. */
        List<String> options(String prefix) {
            return given.subList(0, given.indexOf("-jar")).stream()
                    .filter(option -> option.startsWith(prefix))
                    .toList();
        }

        /** What the program gets. */
        List<String> args() {
            return given.subList(given.indexOf("-jar") + 2, given.size());
        }
    }

    static Launcher in(Path directory) throws IOException {
        Path house = Files.createDirectories(directory.resolve("house"));
        Path quick = Files.createDirectories(house.resolve("bootstrap/target/quick"));
        Files.copy(SCRIPT, house.resolve("daveloper"));
        Path shared = house.resolve("bootstrap").resolve(SHARED);
        Files.createDirectories(shared.getParent());
        Files.copy(Path.of(SHARED), shared);
        Path pom = Files.createFile(house.resolve("pom.xml"));
        Files.setLastModifiedTime(pom, FileTime.from(Instant.now().minusSeconds(60)));
        Files.createFile(quick.resolve("daveloper.jar"));
        Files.createFile(quick.resolve("built"));
        Path bin = Files.createDirectories(directory.resolve("jdk/bin"));
        program(bin.resolve("java"), "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        program(bin.resolve("javac"), "#!/bin/sh\n");
        Files.writeString(directory.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
        return new Launcher(house, directory.resolve("jdk"));
    }

    Started start(String... args) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("sh", house.resolve("daveloper").toString()));
        command.addAll(List.of(args));
        Path out = Files.createTempFile(house, "said", ".out");
        Path err = Files.createTempFile(house, "said", ".err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().remove("DAVELOPER_JAVA_OPTS");
        builder.environment().put("JAVA_HOME", jdk.toString());
        Process process = builder.start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("it does not end: " + Files.readString(err));
        }
        return new Started(process.exitValue(), Files.readAllLines(out), Files.readString(err), process.pid());
    }

    private static void program(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
