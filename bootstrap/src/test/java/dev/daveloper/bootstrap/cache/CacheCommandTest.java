package dev.daveloper.bootstrap.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.daveloper.bootstrap.config.CacheOptions;
import dev.daveloper.bootstrap.config.CommandLine;
import dev.daveloper.bootstrap.config.InvalidConfiguration;
import dev.daveloper.bootstrap.operator.AdminKey;
import dev.daveloper.bootstrap.operator.CommandFailed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What it is told, and what it says before it asks anybody. */
class CacheCommandTest {
    private static final Map<String, String> WITH_KEY = Map.of("DAVELOPER_ADMIN_KEY", "a key for the administrator");

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void it_takes_one_of_three_forms() {
        assertThat(mistakes(WITH_KEY))
                .containsExactly("Say what to do with the cache: cache backup FILE, cache restore FILE or cache warm"
                        + " [NAME]....");
        assertThat(mistakes(WITH_KEY, "empty"))
                .singleElement()
                .asString()
                .startsWith("'empty' cannot be done with the cache, but cache backup FILE");
        assertThat(mistakes(WITH_KEY, "backup")).containsExactly("cache backup takes the name of one file, not none.");
        assertThat(mistakes(WITH_KEY, "restore", "a", "b"))
                .containsExactly("cache restore takes the name of one file, not 'a', 'b'.");
        assertThat(mistakes(WITH_KEY, "restore", "a", "--force")).containsExactly("--force is for cache backup alone.");
    }

    @Test
    void a_url_is_that_of_a_gateway() {
        assertThat(Stream.of(
                                "gateway",
                                "ftp://gateway",
                                "http://",
                                "http://a b",
                                "http://k@gw",
                                "http://gw?k",
                                "file:x")
                        .map(url -> mistakes(WITH_KEY, "warm", "--url=" + url)))
                .allSatisfy(mistakes -> assertThat(mistakes)
                        .singleElement()
                        .asString()
                        .startsWith("--url must be the address of a gateway, such as http://localhost:8080"));
    }

    @Test
    void without_a_key_nobody_is_asked() throws IOException {
        assertThat(mistakes(Map.of(), "warm"))
                .containsExactly("No admin key is given: set DAVELOPER_ADMIN_KEY in the environment, or name a file"
                        + " that holds it with --admin-key-file.");
        assertThat(mistakes(Map.of("DAVELOPER_ADMIN_KEY", " "), "warm"))
                .containsExactly("There is no admin key in DAVELOPER_ADMIN_KEY.");
        assertThat(mistakes(WITH_KEY, "warm", "--admin-key-file=none"))
                .containsExactly("The admin key cannot be read from none: there is no such file.");
        Files.writeString(directory.resolve("two"), "one\nand another\n");
        assertThat(mistakes(WITH_KEY, "warm", "--admin-key-file=two"))
                .containsExactly("What is in two is no admin key: one line of at most 4096 characters of ASCII.");
    }

    @Test
    void a_key_may_stand_in_a_file_and_is_shown_nowhere() throws IOException {
        Path file = Files.writeString(directory.resolve("key"), "  a key for the administrator\r\n");

        AdminKey key = AdminKey.in(file, "key", mistake -> {}).orElseThrow();

        assertThat(key.authorization()).isEqualTo("Bearer a key for the administrator");
        assertThat(key.toString()).doesNotContain("administrator");
    }

    @Test
    void every_mistake_is_told_at_once() {
        assertThat(mistakes(Map.of(), "fill", "--url=x")).hasSize(3);
    }

    @Test
    void a_file_that_is_there_is_not_overwritten() throws Exception {
        Files.writeString(directory.resolve("there"), "precious");

        assertThat(failure("backup", "there")).isEqualTo("there is there already; --force overwrites it.");
        assertThat(failure("backup", ".")).isEqualTo(". is a directory.");
        assertThat(directory.resolve("there")).hasContent("precious");
    }

    @Test
    void what_is_no_whole_backup_is_not_sent() throws Exception {
        byte[] whole = Backups.of(1, "kept");
        Files.write(directory.resolve("cut"), java.util.Arrays.copyOf(whole, whole.length - 1));
        Files.writeString(directory.resolve("letter"), "Dear gateway,");
        whole[7] = 9;
        Files.write(directory.resolve("later"), whole);

        assertThat(failure("restore", "none")).isEqualTo("none cannot be read: there is no such file.");
        assertThat(failure("restore", ".")).isEqualTo(". is a directory.");
        assertThat(failure("restore", "cut"))
                .isEqualTo("cut is not whole: its checksum is another. It was cut off or altered; nothing was sent.");
        assertThat(failure("restore", "letter")).isEqualTo("letter is no backup of a cache.");
        assertThat(failure("restore", "later"))
                .isEqualTo("later is a backup of version 9, and this program knows version 1.");
    }

    private List<String> mistakes(Map<String, String> environment, String... args) {
        return catchThrowableOfType(InvalidConfiguration.class, () -> run(environment, args))
                .mistakes();
    }

    /** Nobody is at the address: whoever is asked would be missed. */
    private String failure(String... args) {
        String told = catchThrowableOfType(CommandFailed.class, () -> run(WITH_KEY, args))
                .getMessage();
        assertThat(err.size()).isZero();
        return told;
    }

    private void run(Map<String, String> environment, String... args) throws Exception {
        String[] all = Stream.concat(Stream.of("cache"), Stream.of(args)).toArray(String[]::new);
        new CacheCommand(environment, directory, new PrintStream(err, true, StandardCharsets.UTF_8), () -> false)
                .run(CacheOptions.of(CommandLine.parse(all)));
    }
}
