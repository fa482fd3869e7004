package dev.daveloper.embedded.documents.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.daveloper.domain.documents.MediaKind;
import dev.daveloper.domain.failures.DocumentRefused;
import dev.daveloper.domain.failures.DocumentsUnavailable;
import dev.daveloper.domain.failures.FailureCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The way out where no process can be started. */
@Timeout(60)
class InProcessExtractorTest {
    @TempDir
    Path folder;

    private Extractor extractor = new InProcessExtractor(ExtractionConfig.defaults());

    @AfterEach
    void close() {
        extractor.close();
    }

    @ParameterizedTest
    @EnumSource
    void every_kind_is_read(MediaKind kind) throws Exception {
        Path file = SampleFiles.write(folder, kind);

        assertThat(extractor.extract(file, kind, done -> {}).markdown()).contains(SampleFiles.FACT);
    }

    @Test
    void a_refusal_is_told_as_it_is() throws Exception {
        Path file = Files.writeString(folder.resolve("a.json"), "{");

        assertThatExceptionOfType(DocumentRefused.class)
                .isThrownBy(() -> extractor.extract(file, MediaKind.JSON, done -> {}))
                .extracting(DocumentRefused::code)
                .isEqualTo(FailureCode.DOCUMENT_UNREADABLE);
    }

    @Test
    void what_takes_too_long_is_given_up() throws Exception {
        extractor = new InProcessExtractor(Configs.of(1, Duration.ofMillis(200), Duration.ofMinutes(1), 1));
        Path file = SampleFiles.write(folder, MediaKind.TEXT);
        AtomicBoolean ended = new AtomicBoolean();

        assertThatExceptionOfType(DocumentRefused.class)
                .isThrownBy(() -> extractor.extract(file, MediaKind.TEXT, done -> hang(ended)))
                .extracting(DocumentRefused::code)
                .isEqualTo(FailureCode.DOCUMENT_TOO_COMPLEX);
        await().untilTrue(ended);
    }

    @Test
    void closing_ends_what_is_read() throws Exception {
        Path file = SampleFiles.write(folder, MediaKind.TEXT);
        AtomicBoolean ended = new AtomicBoolean();
        CountDownLatch begun = new CountDownLatch(1);
        Thread closer = Thread.ofVirtual().start(() -> {
            try {
                begun.await();
                extractor.close();
            } catch (InterruptedException givenUp) {
                Thread.currentThread().interrupt();
            }
        });

        assertThatExceptionOfType(DocumentsUnavailable.class)
                .isThrownBy(() -> extractor.extract(file, MediaKind.TEXT, done -> {
                    begun.countDown();
                    hang(ended);
                }));
        await().untilTrue(ended);
        closer.join();
    }

    /** As a parser that takes for ever but notices its interruption. */
    private static void hang(AtomicBoolean ended) {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException noticed) {
            ended.set(true);
            throw new GivenUp();
        }
    }
}
