package dev.daveloper.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    Path parent;

    @RegisterExtension
    final TestStores stores = new TestStores();

    @Test
    void a_directory_that_is_missing_is_made_for_its_owner_only() throws Exception {
        Path data = parent.resolve("deep/data");
        open(data);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                .isEqualTo("rwx------");
        for (String file : List.of("daveloper.db", "daveloper.db-wal", "daveloper.lock")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(file))))
                    .as(file)
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void a_directory_that_this_process_has_open_is_not_opened_again() throws Exception {
        EmbeddedStores first = open(parent);

        refused(parent, "this process has it open already");
        Path link = Files.createSymbolicLink(parent.resolve("link"), parent);
        refused(link, "this process has it open already");
        first.close();
        open(parent);
    }

    @Test
    void a_file_in_the_directorys_place_is_named() throws Exception {
        Path file = Files.writeString(parent.resolve("data"), "not a directory");

        refused(file, "something of this name that is no directory");
        refused(file.resolve("below"), "cannot be made");
    }

    @Test
    void a_directory_that_may_not_be_written_to_is_named() throws Exception {
        Path data = Files.createDirectory(parent.resolve("data"));
        assertThat(data.toFile().setWritable(false)).isTrue();

        if (Files.isWritable(data)) {
            // The superuser may write anywhere, so for them there is nothing to name.
            open(data);
        } else {
            refused(data, "may not write to it");
        }
    }

    @Test
    void a_database_that_is_none_is_left_as_it_is() throws Exception {
        Path database = parent.resolve("daveloper.db");
        byte[] junk = "this is not a database, ".repeat(1000).getBytes(StandardCharsets.UTF_8);
        Files.write(database, junk);

        refused(parent, "daveloper.db cannot be opened");
        assertThat(Files.readAllBytes(database)).isEqualTo(junk);
        Files.delete(database);
        open(parent);
    }

    @Test
    void a_database_of_a_later_version_is_refused_with_both_versions() throws Exception {
        open(parent).close();
        try (SqliteConnection connection =
                SqliteConnection.writing(parent.resolve("daveloper.db"), Durability.PROCESS_DEATH)) {
            connection.script("PRAGMA user_version = 77");
        }

        refused(parent, "version 77");
        refused(parent, "knows versions up to " + Schema.CONVERSATIONS.steps().size());
    }

    @Test
    void nothing_is_left_beside_the_database_when_all_went_well() throws Exception {
        open(parent).close();

        try (var files = Files.list(parent)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("daveloper.db", "daveloper.lock", "daveloper.pid");
        }
    }

    private EmbeddedStores open(Path directory) {
        return stores.open(EmbeddedStoresConfig.in(directory, InstantSource.system()));
    }

    private void refused(Path directory, String because) {
        assertThatExceptionOfType(UnusableDataDirectory.class)
                .isThrownBy(() -> open(directory))
                .withMessageContaining(because)
                .withMessageContaining(directory.getFileName().toString());
    }
}
