package dev.daveloper.embedded.documents.extraction;

import static dev.daveloper.domain.failures.FailureCode.DOCUMENT_TOO_COMPLEX;
import static dev.daveloper.domain.failures.FailureCode.DOCUMENT_UNREADABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.daveloper.domain.documents.MediaKind;
import dev.daveloper.domain.failures.DocumentRefused;
import dev.daveloper.domain.failures.DocumentsUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What happens to the processes in which documents are read. */
@Timeout(60)
class ProcessExtractorTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final int ALL = 1_000;

    @TempDir
    Path folder;

    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private ProcessExtractor extractor = opened(Configs.of(2, LONG, LONG, ALL));
    private Path harmless;
    private Path endless;

    @BeforeEach
    void write() throws IOException {
        harmless = SampleFiles.write(folder, MediaKind.TEXT);
        endless = Files.write(folder.resolve("endless.pdf"), PdfFiles.selfDrawing());
    }

    @AfterEach
    void close() {
        extractor.close();
        callers.close();
    }

    @Test
    void one_process_reads_many_documents_and_is_replaced_after_so_many() throws Exception {
        reopen(Configs.of(1, LONG, LONG, 3));
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            assertThat(read(harmless, MediaKind.TEXT)).contains(SampleFiles.FACT);
            extractor.processes().map(ProcessHandle::pid).forEach(seen::add);
        }
        assertThat(seen).hasSize(1);
        assertThat(extractor.processes()).isEmpty();

        read(harmless, MediaKind.TEXT);
        assertThat(extractor.processes())
                .singleElement()
                .satisfies(process -> assertThat(seen).doesNotContain(process.pid()));
    }

    @Test
    void a_document_that_takes_too_long_is_too_complex_while_another_is_read_well() throws Exception {
        reopen(Configs.of(2, Duration.ofSeconds(4), LONG, ALL));
        Future<String> bombing = callers.submit(() -> read(endless, MediaKind.PDF));
        await().until(() -> extractor.processes().count() == 1);

        for (int i = 0; i < 3; i++) {
            assertThat(read(harmless, MediaKind.TEXT)).contains(SampleFiles.FACT);
        }
        assertThat(bombing).isNotDone();
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(bombing::get)
                .havingCause()
                .withMessage("The document could not be read within 4 seconds.")
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.type(DocumentRefused.class))
                .extracting(DocumentRefused::code)
                .isEqualTo(DOCUMENT_TOO_COMPLEX);
        assertThat(extractor.processes()).hasSize(1);
    }

    @Test
    void no_more_documents_are_read_at_a_time_than_there_are_workers() throws Exception {
        reopen(Configs.of(1, LONG, LONG, ALL));
        var unused = callers.submit(() -> read(endless, MediaKind.PDF));
        await().until(() -> extractor.processes().count() == 1);
        Future<String> waiting = callers.submit(() -> read(harmless, MediaKind.TEXT));

        await().during(Duration.ofMillis(300))
                .until(() -> !waiting.isDone() && extractor.processes().count() == 1);
    }

    @Test
    void a_process_that_is_killed_in_the_middle_is_replaced_and_the_document_read_again() throws Exception {
        Path large = folder.resolve("large.txt");
        Files.writeString(large, (SampleFiles.FACT + "\n\n").repeat(120_000));
        Set<Long> killed = new HashSet<>();

        String text = extractor
                .extract(large, MediaKind.TEXT, done -> {
                    if (killed.isEmpty()) {
                        processes().forEach(process -> {
                            killed.add(process.pid());
                            process.destroyForcibly();
                        });
                    }
                })
                .markdown();

        assertThat(killed).hasSize(1);
        assertThat(text).startsWith(SampleFiles.FACT).endsWith(SampleFiles.FACT).hasSizeGreaterThan(7_000_000);
        assertThat(processes())
                .singleElement()
                .satisfies(process -> assertThat(killed).doesNotContain(process.pid()));
    }

    @Test
    void a_document_that_kills_its_process_twice_is_unreadable() throws Exception {
        Set<Long> killed = new HashSet<>();

        assertThatExceptionOfType(DocumentRefused.class)
                .isThrownBy(() -> extractor.extract(
                        endless,
                        MediaKind.PDF,
                        done -> processes().forEach(process -> {
                            killed.add(process.pid());
                            process.destroyForcibly();
                        })))
                .extracting(DocumentRefused::code)
                .isEqualTo(DOCUMENT_UNREADABLE);
        assertThat(killed).hasSize(2);
    }

    @Test
    void a_process_that_died_while_idle_is_not_used_again() throws Exception {
        read(harmless, MediaKind.TEXT);
        ProcessHandle dead = processes().getFirst();
        dead.destroyForcibly();
        dead.onExit().join();

        assertThat(read(harmless, MediaKind.TEXT)).contains(SampleFiles.FACT);
    }

    @Test
    void a_caller_who_is_interrupted_leaves_nothing_running() throws Exception {
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                end.complete(new AssertionError(read(endless, MediaKind.PDF)));
            } catch (InterruptedException | RuntimeException expected) {
                end.complete(expected);
            }
        });
        ProcessHandle process = await().until(() -> processes().stream().findFirst(), Optional::isPresent)
                .orElseThrow();

        caller.interrupt();

        assertThat(end.get()).isInstanceOf(InterruptedException.class);
        await().atMost(Duration.ofSeconds(5)).until(() -> !process.isAlive());
        assertThat(read(harmless, MediaKind.TEXT)).contains(SampleFiles.FACT);
    }

    @Test
    void an_idle_process_ends() throws Exception {
        reopen(Configs.of(1, LONG, Duration.ofMillis(200), ALL));
        read(harmless, MediaKind.TEXT);

        await().until(() -> extractor.processes().findAny().isEmpty());
        assertThat(read(harmless, MediaKind.TEXT)).contains(SampleFiles.FACT);
    }

    @Test
    void closing_ends_every_process_and_every_caller() throws Exception {
        read(harmless, MediaKind.TEXT);
        Future<String> reading = callers.submit(() -> read(endless, MediaKind.PDF));
        await().until(() -> extractor.processes().count() == 1);
        List<ProcessHandle> processes = processes();

        extractor.close();
        extractor.close();

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(reading::get)
                .withCauseInstanceOf(DocumentsUnavailable.class);
        assertThatExceptionOfType(DocumentsUnavailable.class).isThrownBy(() -> read(harmless, MediaKind.TEXT));
        await().until(() -> processes.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void a_process_ends_with_its_parent_also_in_the_middle_of_a_document() throws Exception {
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DoomedParent.class.getName(),
                        harmless.toString(),
                        endless.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var said = parent.inputReader()) {
            ProcessHandle child =
                    ProcessHandle.of(Long.parseLong(said.readLine())).orElseThrow();
            await().until(() -> child.info().totalCpuDuration().isEmpty()
                    || child.info().totalCpuDuration().get().toMillis() > 0);
            assertThat(child.isAlive()).isTrue();

            parent.destroyForcibly().onExit().join();

            await().atMost(Duration.ofSeconds(10)).until(() -> !child.isAlive());
        } finally {
            parent.destroyForcibly();
        }
    }

    @Test
    void nothing_of_the_gateways_environment_is_handed_down() {
        ProcessBuilder command = ChildCommand.of(ExtractionConfig.defaults());

        assertThat(command.environment().keySet())
                .isSubsetOf(
                        "LANG",
                        "LC_ALL",
                        "LC_CTYPE",
                        "TZ",
                        "SystemRoot",
                        "SYSTEMROOT",
                        "TEMP",
                        "TMP",
                        "LD_LIBRARY_PATH");
        assertThat(System.getenv()).containsKey("PATH");
        assertThat(command.command()).contains("-Xmx201326592", "-XX:+UseSerialGC");
    }

    private List<ProcessHandle> processes() {
        return extractor.processes().toList();
    }

    private void reopen(ExtractionConfig config) {
        extractor.close();
        extractor = opened(config);
    }

    private static ProcessExtractor opened(ExtractionConfig config) {
        return (ProcessExtractor) ProcessExtractor.open(config);
    }

    private String read(Path file, MediaKind kind) throws InterruptedException {
        return extractor.extract(file, kind, done -> {}).markdown();
    }
}
