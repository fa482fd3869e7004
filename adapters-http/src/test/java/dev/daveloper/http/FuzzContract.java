package dev.daveloper.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Something that strangers' bytes come to. Whatever they are, nothing comes of them but what the house says may, in
 * bounded time and memory. Every build tries the corpus, which is in the folder of resources that is called after the
 * class with {@code Inputs} behind it, and what chance makes of it; {@code -Ddaveloper.fuzz.seconds} lets Jazzer look
 * for more, guided by the code that is reached, and put what it finds into the corpus.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class FuzzContract {
    private static final String SECONDS = "daveloper.fuzz.seconds";
    private static final Path RESOURCES = Path.of("src", "test", "resources");
    private static final Path FOUND = Path.of("target", "fuzz");
    private static final String CORPUS = "anything_is_judged_by_rule";
    /** The same on every machine; how far it comes in the time is the machine's affair. */
    private static final long SEED = 20_261_128;

    private static final Duration TIME_FOR_CHANCE = Duration.ofSeconds(1);
    /** A hundred times what the slowest takes, because a build may share its machine. */
    private static final Duration SLOWEST = Duration.ofSeconds(10);

    private static final long MOST_ALLOCATED_BYTES = 64L << 20;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Takes it, and fails when what comes of it is none of what may. Called one after the other. */
    protected abstract void take(byte[] input) throws Exception;

    @Test
    @DisabledIfSystemProperty(named = SECONDS, matches = ".+")
    void the_corpus_is_judged_by_rule() throws Exception {
        List<byte[]> corpus = corpus();
        assertThat(corpus).hasSizeGreaterThanOrEqualTo(3);
        judge(new byte[0]);
        for (byte[] input : corpus) {
            judge(input);
        }
    }

    @Test
    @DisabledIfSystemProperty(named = SECONDS, matches = ".+")
    void what_chance_makes_of_the_corpus_is_judged_by_rule() throws Exception {
        Mutations mutations = new Mutations(corpus(), SEED);
        long end = System.nanoTime() + TIME_FOR_CHANCE.toNanos();
        do {
            judge(mutations.next());
        } while (System.nanoTime() < end);
    }

    @FuzzTest(maxDuration = "1m")
    @Timeout(value = 7, unit = TimeUnit.DAYS)
    @EnabledIfSystemProperty(named = SECONDS, matches = ".+")
    void anything_is_judged_by_rule(byte[] input) throws Exception {
        judge(input);
    }

    private void judge(byte[] input) throws IOException {
        try {
            // The first input of its kind also pays for the code that is loaded for it.
            if (!takesLittle(input)) {
                assertThat(takesLittle(input)).as("time and memory are bounded").isTrue();
            }
        } catch (Exception | AssertionError | StackOverflowError e) {
            throw new AssertionError("over what is kept as " + kept(input), e);
        }
    }

    private boolean takesLittle(byte[] input) throws Exception {
        long began = System.nanoTime();
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        take(input);
        return THREADS.getCurrentThreadAllocatedBytes() - allocated < MOST_ALLOCATED_BYTES
                && System.nanoTime() - began < SLOWEST.toNanos();
    }

    /** To be tried again, and to go into the corpus when the cause is found. */
    private Path kept(byte[] input) throws IOException {
        String name = getClass().getSimpleName() + "-" + Integer.toHexString(Arrays.hashCode(input));
        return Files.write(Files.createDirectories(FOUND).resolve(name), input);
    }

    private List<byte[]> corpus() throws IOException {
        String folder = getClass().getName().replace('.', '/') + "Inputs/" + CORPUS;
        try (Stream<Path> files = Files.list(RESOURCES.resolve(folder))) {
            return files.sorted().map(FuzzContract::read).toList();
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
