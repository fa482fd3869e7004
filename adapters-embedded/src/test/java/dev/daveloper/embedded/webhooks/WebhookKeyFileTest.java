package dev.daveloper.embedded.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.daveloper.application.testkit.ManualClock;
import dev.daveloper.application.testkit.Racing;
import dev.daveloper.domain.ContentKey;
import dev.daveloper.domain.ContentKeys;
import dev.daveloper.domain.failures.StoreUnavailable;
import dev.daveloper.domain.webhooks.Endpoint;
import dev.daveloper.embedded.EmbeddedStores;
import dev.daveloper.embedded.EmbeddedStoresConfig;
import dev.daveloper.embedded.TestStores;
import dev.daveloper.embedded.UnusableDataDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WebhookKeyFileTest {
    private static final int RACERS = 16;

    @TempDir
    Path parent;

    @RegisterExtension
    final TestStores opener = new TestStores();

    private final ManualClock clock = new ManualClock();
    private final WebhookThings things = new WebhookThings(clock);

    @Test
    void it_is_made_with_the_first_endpoint_for_its_owner_only() throws Exception {
        EmbeddedStores stores = open(ContentKeys.NONE);
        stores.outbox().put(things.event("{}"));
        assertThat(stores.webhookStore().all()).isEmpty();
        assertThat(file()).doesNotExist();

        stores.webhookStore().add(things.endpoint("x"), WebhookThings.MANY);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(Base64.getDecoder().decode(Files.readString(file()).strip())).hasSize(ContentKey.BYTES);
        assertThat(names()).noneMatch(name -> name.endsWith(".new"));
    }

    @Test
    void where_contents_have_keys_there_is_none() {
        open(TestStores.keys("k1")).webhookStore().add(things.endpoint("x"), WebhookThings.MANY);

        assertThat(file()).doesNotExist();
    }

    @Test
    void it_is_on_the_disk_name_and_all_before_an_endpoint_is() throws Exception {
        EmbeddedStores stores = open(ContentKeys.NONE);
        Path recorded = parent.resolve("forced.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.FileForce").withoutThreshold();
            recording.start();
            stores.webhookStore().add(things.endpoint("x"), WebhookThings.MANY);
            recording.stop();
            recording.dump(recorded);
        }

        List<RecordedEvent> forced = RecordingFile.readAllEvents(recorded);
        assertThat(forced)
                .extracting(event -> event.getString("path"))
                .containsExactly(directory().toString());
    }

    @Test
    void of_many_who_add_the_first_endpoint_at_once_all_seal_by_the_same_key() throws Exception {
        EmbeddedStores stores = open(ContentKeys.NONE);
        List<Endpoint> endpoints =
                IntStream.range(0, RACERS).mapToObj(i -> things.endpoint("x")).toList();
        Racing.race(RACERS, i -> stores.webhookStore().add(endpoints.get(i), WebhookThings.MANY));
        stores.close();

        assertThat(open(ContentKeys.NONE).webhookStore().all()).containsExactlyInAnyOrderElementsOf(endpoints);
    }

    @Test
    void one_that_is_lost_is_asked_for_and_put_back_opens_all() throws Exception {
        Endpoint endpoint = addAndClose();
        Path away = Files.move(file(), parent.resolve("away"));

        refused("the secrets of its webhooks are encrypted with the key in webhooks.key, which is not there.");
        refused("Put it back.");
        assertThat(file()).doesNotExist();
        Files.move(away, file());
        assertThat(open(ContentKeys.NONE).webhookStore().all()).containsExactly(endpoint);
    }

    @Test
    void one_that_is_damaged_is_told_apart_and_left_as_it_is() throws Exception {
        Endpoint endpoint = addAndClose();
        byte[] whole = Files.readAllBytes(file());
        String half = new String(whole, 0, 24, StandardCharsets.US_ASCII);
        for (String damaged :
                List.of("", "\n", half, half + "!" + half, "\0\0\0\0", "schl\u00fcssel", "AAAA".repeat(11))) {
            Files.write(file(), damaged.getBytes(StandardCharsets.ISO_8859_1));

            refused("webhooks.key in it is damaged.");
            refused("encrypted with that key. Put back a copy of it.");
            assertThat(file()).hasBinaryContent(damaged.getBytes(StandardCharsets.ISO_8859_1));
        }
        Files.write(file(), whole);
        assertThat(open(ContentKeys.NONE).webhookStore().all()).containsExactly(endpoint);
    }

    @Test
    void another_installations_is_refused_and_the_right_one_asked_for() throws Exception {
        Endpoint endpoint = addAndClose();
        byte[] right = Files.readAllBytes(file());
        Files.writeString(file(), Base64.getEncoder().encodeToString(new byte[ContentKey.BYTES]));

        refused("encrypted with another key than the one in webhooks.key. Put that one back.");
        Files.write(file(), right);
        assertThat(open(ContentKeys.NONE).webhookStore().all()).containsExactly(endpoint);
    }

    @Test
    void a_damaged_one_that_nothing_is_encrypted_with_may_be_removed() throws Exception {
        open(ContentKeys.NONE).close();
        Files.writeString(file(), "none");

        refused("Nothing is encrypted with that key: put back a copy of it, or remove it.");
        Files.delete(file());
        addAndClose();
        assertThat(file()).exists();
    }

    @Test
    void one_that_cannot_be_read_is_named() throws Exception {
        addAndClose();
        Files.delete(file());
        Files.createDirectory(file());

        refused("webhooks.key in it cannot be read");
    }

    @Test
    void what_a_killed_process_left_half_made_is_removed_at_the_next_opening() throws Exception {
        Endpoint endpoint = addAndClose();
        Files.writeString(directory().resolve("webhooks.key.new"), "half");
        Files.writeString(directory().resolve("webhooks.key8471.new"), "");

        EmbeddedStores stores = open(ContentKeys.NONE);
        assertThat(names()).contains("webhooks.key").noneMatch(name -> name.endsWith(".new"));
        assertThat(stores.webhookStore().all()).containsExactly(endpoint);
    }

    @Test
    void while_none_can_be_made_the_store_is_unavailable_and_nothing_is_left_behind() throws Exception {
        EmbeddedStores stores = open(ContentKeys.NONE);
        Endpoint endpoint = things.endpoint("x");
        Path away = Files.move(directory(), parent.resolve("away"));

        assertThatExceptionOfType(StoreUnavailable.class)
                .isThrownBy(() -> stores.webhookStore().add(endpoint, WebhookThings.MANY));
        Files.move(away, directory());
        assertThat(names()).noneMatch(name -> name.startsWith("webhooks.key"));
        assertThat(stores.webhookStore().all()).isEmpty();
        assertThat(stores.webhookStore().add(endpoint, WebhookThings.MANY)).isTrue();
    }

    private Endpoint addAndClose() {
        EmbeddedStores stores = open(ContentKeys.NONE);
        Endpoint endpoint = things.endpoint("x");
        stores.webhookStore().add(endpoint, WebhookThings.MANY);
        stores.close();
        return endpoint;
    }

    private void refused(String because) {
        assertThatExceptionOfType(UnusableDataDirectory.class)
                .isThrownBy(() -> open(ContentKeys.NONE))
                .withMessageContaining(directory().getFileName().toString())
                .withMessageContaining(because);
    }

    private EmbeddedStores open(ContentKeys keys) {
        return opener.open(EmbeddedStoresConfig.in(directory(), clock).with(keys));
    }

    private Path directory() {
        return parent.resolve("data");
    }

    private Path file() {
        return directory().resolve("webhooks.key");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory())) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
