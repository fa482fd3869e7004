package dev.daveloper.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java program of the guide, exactly as it stands there. */
class ClientGuideTest {
    private static final Path GUIDE = Path.of("..", "docs", "guides", "client-java.md");
    private static final Pattern PROGRAM = Pattern.compile("^```java\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);
    private static final String QUESTION = "Which events does a stream have?";

    @TempDir
    private Path directory;

    @Test
    void the_program_of_the_guide_streams_and_goes_on_when_the_connection_breaks() throws Exception {
        try (RunningProgram gateway = RunningProgram.gateway(directory, "--agent.pace=20ms");
                CutNetwork network = CutNetwork.to(gateway.base())) {
            String whole = Visitor.JSON
                    .readTree(Visitor.at(gateway.base()).ask(QUESTION).body())
                    .path("message")
                    .path("text")
                    .asText();
            Path out = directory.resolve("answer.txt");
            Process asking = start(network.address().toString(), out);
            try {
                await().atMost(RunningProgram.PATIENCE)
                        .until(() -> Files.readString(out).length() > 20 || !asking.isAlive());
                assertThat(network.cut()).isPositive();
                assertThat(Files.readString(out)).hasSizeLessThan(whole.length());

                assertThat(asking.waitFor(RunningProgram.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
                assertThat(asking.exitValue()).isZero();
                assertThat(Files.readString(out)).isEqualToNormalizingNewlines(whole + "\ncompleted\n");
            } finally {
                asking.destroyForcibly();
            }
        }
    }

    private Process start(String gateway, Path out) throws Exception {
        Matcher program = PROGRAM.matcher(Files.readString(GUIDE));
        assertThat(program.find()).isTrue();
        Path source = Files.writeString(directory.resolve("Ask.java"), program.group(1));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dstdout.encoding=UTF-8",
                        "-cp",
                        RunningProgram.classPath(),
                        source.toString(),
                        gateway)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(out.toFile())
                .start();
    }
}
