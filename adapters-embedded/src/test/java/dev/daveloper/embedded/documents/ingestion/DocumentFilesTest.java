package dev.daveloper.embedded.documents.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daveloper.application.testkit.Uploads;
import dev.daveloper.domain.failures.DocumentRefused;
import dev.daveloper.domain.failures.DocumentsUnavailable;
import dev.daveloper.domain.failures.FailureCode;
import dev.daveloper.embedded.Durability;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentFilesTest {
    private static final long PLENTY = 1L << 40;

    @TempDir
    Path directory;

    private DocumentFiles files;

    /** A stream of zeros that never ends, and counts what was taken of it. */
    private static final class Endless extends InputStream {
        private long taken;

        @Override
        public int read() {
            taken++;
            return 0;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            Arrays.fill(into, offset, offset + length, (byte) 0);
            taken += length;
            return length;
        }
    }

    /** A disk that is full after so many bytes. */
    @SuppressWarnings("ArrayRecordComponent")
    private record FullDisk(FileChannel file, int[] left) implements WritableByteChannel {
        @Override
        public int write(ByteBuffer bytes) throws IOException {
            if (bytes.remaining() > left[0]) {
                throw new IOException("No space left on device");
            }
            left[0] -= bytes.remaining();
            return file.write(bytes);
        }

        @Override
        public boolean isOpen() {
            return file.isOpen();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    @BeforeEach
    void open() throws IOException {
        files = DocumentFiles.open(Optional.of(directory), Durability.POWER_CUT);
    }

    @Test
    void what_has_come_whole_is_kept_under_a_name_of_ours_and_for_the_owner_alone() throws Exception {
        Incoming whole = files.receive(Uploads.bytes("text"), 4);

        assertThat(whole.bytes()).isEqualTo(4);
        assertThat(whole.hash().hex()).startsWith("982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1");
        assertThat(files.path(whole.file())).hasContent("text");
        assertThat(files.kept()).containsExactly(whole.file());
        assertThat(Files.getPosixFilePermissions(files.path(whole.file())))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.getPosixFilePermissions(directory.resolve(DocumentFiles.KEPT)))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        files.remove(whole.file());
        assertNothingIsKept();
    }

    @Test
    void what_is_too_large_is_refused_while_it_comes() {
        Endless endless = new Endless();

        assertRefused(FailureCode.DOCUMENT_TOO_LARGE, endless, 1_000_000);
        assertThat(endless.taken).isLessThan(1_000_000 + 2 * DocumentFiles.BUFFER_BYTES);
        assertNothingIsKept();
    }

    @Test
    void what_is_empty_is_refused() {
        assertRefused(FailureCode.DOCUMENT_EMPTY, InputStream.nullInputStream(), PLENTY);
        assertNothingIsKept();
    }

    @Test
    void a_full_disk_makes_the_service_unavailable_and_keeps_nothing() {
        DocumentFiles full = new DocumentFiles(
                directory,
                false,
                Durability.PROCESS_DEATH,
                file -> new FullDisk(
                        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        new int[] {200_000}));

        assertThatExceptionOfType(DocumentsUnavailable.class).isThrownBy(() -> full.receive(new Endless(), PLENTY));
        assertNothingIsKept();
    }

    @Test
    void a_directory_that_is_gone_makes_the_service_unavailable() throws IOException {
        Files.delete(directory.resolve(DocumentFiles.INCOMING));

        assertThatExceptionOfType(DocumentsUnavailable.class)
                .isThrownBy(() -> files.receive(Uploads.bytes("text"), PLENTY));
    }

    @Test
    void whatever_the_source_throws_comes_through_and_nothing_is_kept() {
        assertThatThrownBy(() -> files.receive(
                        new InputStream() {
                            @Override
                            public int read() {
                                throw new IllegalStateException("the source broke");
                            }

                            @Override
                            public int read(byte[] into, int offset, int length) {
                                throw new IllegalStateException("the source broke");
                            }
                        },
                        PLENTY))
                .hasMessage("the source broke");
        assertNothingIsKept();
    }

    @Test
    void an_interrupt_ends_the_receiving_and_nothing_is_kept() {
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> files.receive(new Endless(), PLENTY));
        assertThat(Thread.interrupted()).isFalse();
        assertNothingIsKept();
    }

    @Test
    void what_never_came_whole_is_gone_when_the_directory_is_opened_again() throws Exception {
        Files.writeString(directory.resolve(DocumentFiles.INCOMING).resolve("half"), "ha");
        Incoming whole = files.receive(Uploads.bytes("text"), PLENTY);

        DocumentFiles again = DocumentFiles.open(Optional.of(directory), Durability.PROCESS_DEATH);

        assertThat(directory.resolve(DocumentFiles.INCOMING)).isEmptyDirectory();
        assertThat(again.kept()).containsExactly(whole.file());
    }

    @Test
    void a_temporary_directory_goes_with_what_is_in_it() throws Exception {
        DocumentFiles temporary = DocumentFiles.open(Optional.empty(), Durability.PROCESS_DEATH);
        Path file =
                temporary.path(temporary.receive(Uploads.bytes("text"), PLENTY).file());
        assertThat(file).exists();

        temporary.close();

        assertThat(file.getParent().getParent()).doesNotExist();
    }

    private void assertRefused(FailureCode code, InputStream content, long maxBytes) {
        assertThatThrownBy(() -> files.receive(content, maxBytes))
                .isInstanceOfSatisfying(
                        DocumentRefused.class,
                        refused -> assertThat(refused.code()).isEqualTo(code));
    }

    private void assertNothingIsKept() {
        assertThat(directory.resolve(DocumentFiles.INCOMING)).isEmptyDirectory();
        assertThat(directory.resolve(DocumentFiles.KEPT)).isEmptyDirectory();
    }
}
