package dev.daveloper.embedded.documents.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.domain.documents.MediaKind;
import dev.daveloper.domain.failures.DocumentRefused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever bytes there are, the outcome is a text or a refusal, and it comes soon. */
@Timeout(60)
class TruncatedFilesTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final long SEED = 4711;

    private static Extractor extractor;

    @TempDir
    Path folder;

    @BeforeAll
    static void open() {
        extractor = ProcessExtractor.open(Configs.within(SOON));
    }

    @AfterAll
    static void close() {
        extractor.close();
    }

    @ParameterizedTest
    @EnumSource
    void a_file_that_was_cut(MediaKind kind) throws Exception {
        byte[] whole = SampleFiles.of(kind);
        for (int cut : new int[] {4, 5, 30, whole.length / 4, whole.length / 2, whole.length - 30, whole.length - 1}) {
            String outcome = outcome(Arrays.copyOf(whole, Math.max(1, cut)), kind);

            if (kind.isArchive()) {
                assertThat(outcome).isEqualTo("document_unreadable");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void random_bytes_behind_the_right_ones(MediaKind kind) throws Exception {
        Random random = new Random(SEED);
        byte[] whole = SampleFiles.of(kind);
        for (int head : new int[] {8, whole.length / 3}) {
            byte[] noise = new byte[Math.max(whole.length, 4_096)];
            random.nextBytes(noise);
            System.arraycopy(whole, 0, noise, 0, head);

            outcome(noise, kind);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_few_bytes_that_flipped(MediaKind kind) throws Exception {
        Random random = new Random(SEED);
        for (int round = 0; round < 3; round++) {
            byte[] bytes = SampleFiles.of(kind);
            for (int i = 0; i < 8; i++) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }

            outcome(bytes, kind);
        }
    }

    private String outcome(byte[] content, MediaKind kind) throws Exception {
        Path file = Files.write(folder.resolve("document"), content);
        try {
            return extractor.extract(file, kind, done -> {}).markdown();
        } catch (DocumentRefused refused) {
            assertThat(refused.code().name()).startsWith("DOCUMENT_");
            assertThat(refused).hasMessageNotContaining("could not be read within");
            return refused.code().wireName();
        }
    }
}
