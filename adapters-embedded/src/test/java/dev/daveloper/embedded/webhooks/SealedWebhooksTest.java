package dev.daveloper.embedded.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.testkit.ManualClock;
import dev.daveloper.application.webhooks.out.DeliveryQueue;
import dev.daveloper.application.webhooks.out.DeliveryQueue.Claim;
import dev.daveloper.domain.UnreadableContent;
import dev.daveloper.domain.webhooks.Attempt;
import dev.daveloper.domain.webhooks.DeliveryId;
import dev.daveloper.domain.webhooks.Endpoint;
import dev.daveloper.domain.webhooks.SigningSecret;
import dev.daveloper.domain.webhooks.WebhookEvent;
import dev.daveloper.embedded.EmbeddedStores;
import dev.daveloper.embedded.EmbeddedStoresConfig;
import dev.daveloper.embedded.TestStores;
import dev.daveloper.embedded.UnusableDataDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** By which keys webhooks are sealed, and that nothing of what is sealed can be read in the database's files. */
@Timeout(60)
class SealedWebhooksTest {
    private static final String HEADER = "a-header-for-nobody-else";
    private static final String BODY = "{\"text\":\"what-was-answered\"}";

    /** A receiver that answers with what it was sent, as error pages do. */
    private static final String ECHO = "you sent " + BODY;

    @TempDir
    Path directory;

    @RegisterExtension
    final TestStores opener = new TestStores();

    private final ManualClock clock = new ManualClock();
    private final WebhookThings things = new WebhookThings(clock);
    private final Endpoint endpoint = things.endpoint(HEADER);
    private final WebhookEvent tried = things.event(BODY);
    private final WebhookEvent outgoing = things.event(BODY);
    private Attempt attempt;

    @Test
    void no_secret_is_found_in_the_files_where_there_are_no_keys_for_contents() throws Exception {
        EmbeddedStores stores = open();
        fill(stores);
        assertNoSecretIn(files());
        assertThat(files()).as("what nobody asked to be sealed").contains(BODY);

        stores.webhookStore().replace(things.changed(endpoint));
        assertNoSecretIn(files());
        stores.close();
        assertNoSecretIn(files());
    }

    @Test
    void with_keys_neither_a_secret_nor_what_is_sent_or_answered_is() throws Exception {
        EmbeddedStores stores = open("k1");
        fill(stores);
        assertThat(files()).contains("k1").doesNotContain("what-was-answered");
        assertNoSecretIn(files());

        stores.close();
        assertThat(files()).doesNotContain("what-was-answered");
        assertNoSecretIn(files());
        assertAllIsThere(open("k1"));
    }

    @Test
    void switched_on_keys_cover_what_is_there_and_the_file_is_needed_no_more() throws Exception {
        fillAndClose();
        byte[] before = contentOf(endpoint);

        EmbeddedStores stores = open("k1");
        assertThat(sealedBy()).as("endpoints do not wait for their turn").startsWith("webhook_endpoints 1");
        await().until(() -> sealedBy().equals(allSealedBy(1)));
        assertAllIsThere(stores);
        stores.close();

        assertThat(files()).doesNotContain("what-was-answered").doesNotContain(text(before));
        assertNoSecretIn(files());
        Files.delete(directory.resolve("webhooks.key"));
        assertAllIsThere(open("k1"));
    }

    @Test
    void the_key_is_changed_while_all_stays_readable_and_the_old_one_may_go() throws Exception {
        fillAndClose("k1");

        EmbeddedStores rotated = open("k2", "k1");
        assertAllIsThere(rotated);
        await().until(() -> sealedBy().equals(allSealedBy(2)));
        assertAllIsThere(rotated);
        rotated.close();

        assertAllIsThere(open("k2"));
    }

    @Test
    void a_key_that_is_missing_is_named_with_what_it_is_needed_for() {
        fillAndClose("k1");

        // An endpoint, two events, a delivery's attempts, an endpoint's last failure.
        for (String[] keys : List.of(new String[0], new String[] {"k2"})) {
            assertThatExceptionOfType(UnusableDataDirectory.class)
                    .isThrownBy(() -> open(keys))
                    .withMessageContaining("5 of its entries are encrypted with the key 'k1', which is not configured");
        }
        assertAllIsThere(open("k1"));
    }

    @Test
    void one_that_was_tampered_with_is_named_and_keeps_no_other_from_being_sealed_anew() throws Exception {
        EmbeddedStores plain = open();
        Endpoint spoilt = things.endpoint(HEADER);
        plain.webhookStore().add(spoilt, WebhookThings.MANY);
        fill(plain);
        plain.close();
        jdbc().update("UPDATE webhook_endpoints SET content = substr(content, 1, length(content) - 1) || x'00'"
                + " WHERE id = '" + spoilt.id() + "'");

        EmbeddedStores stores = open("k1");
        assertThat(jdbc().rows("SELECT id, sealed_by FROM webhook_endpoints ORDER BY sealed_by"))
                .containsExactly(spoilt.id() + " -1", endpoint.id() + " 1");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> stores.webhookStore().all())
                .havingCause()
                .isInstanceOf(UnreadableContent.class)
                .withMessageContaining(spoilt.id().value());
    }

    @Test
    void what_was_moved_to_another_row_is_not_shown() throws Exception {
        fillAndClose("k1");
        EmbeddedStores stores = open("k1");
        Endpoint other = things.endpoint("x");
        stores.webhookStore().add(other, WebhookThings.MANY);
        jdbc().update("UPDATE webhook_endpoints SET content = (SELECT content FROM webhook_endpoints WHERE id = '"
                + endpoint.id() + "') WHERE id = '" + other.id() + "'");
        jdbc().update("UPDATE webhook_events SET body = (SELECT body FROM webhook_events WHERE id = '" + tried.id()
                + "') WHERE id = '" + outgoing.id() + "'");

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> stores.webhookStore().all())
                .havingCause()
                .withMessageContaining(other.id().value());
        assertThat(stores.outbox().waiting(WebhookThings.MANY)).isEmpty();
    }

    private void fillAndClose(String... keys) {
        EmbeddedStores stores = open(keys);
        fill(stores);
        stores.close();
    }

    /** An endpoint, an event on its way to it that was tried in vain, and one that was not handed on. */
    private void fill(EmbeddedStores stores) {
        stores.webhookStore().add(endpoint, WebhookThings.MANY);
        stores.outbox().put(tried);
        stores.outbox().distribute(tried, Set.of(endpoint.id()), clock.instant(), WebhookThings.MANY);
        stores.outbox().put(outgoing);
        DeliveryQueue queue = stores.deliveryQueue();
        Claim claim = queue.claim(endpoint.id(), 1, OptionalInt.empty(), clock.instant(), WebhookThings.LEASE)
                .getFirst();
        attempt = things.failure(claim, ECHO);
        queue.settle(claim, attempt, WebhookThings.DEAD);
    }

    private void assertAllIsThere(EmbeddedStores stores) {
        assertThat(stores.webhookStore().all()).containsExactly(endpoint);
        assertThat(stores.outbox().waiting(WebhookThings.MANY)).containsExactly(outgoing);
        DeliveryQueue.Known known =
                stores.deliveryQueue().find(DeliveryId.of(tried, endpoint.id())).orElseThrow();
        assertThat(known.event()).isEqualTo(tried);
        assertThat(known.attempts()).containsExactly(attempt);
        assertThat(stores.deliveryQueue()
                        .stats(endpoint.id(), clock.instant(), clock.instant())
                        .lastFailure())
                .contains(attempt);
    }

    private void assertNoSecretIn(String files) {
        List<SigningSecret> secrets = new ArrayList<>(List.of(endpoint.signing().current()));
        endpoint.signing().previous().ifPresent(secrets::add);
        assertThat(secrets).hasSize(2);
        for (SigningSecret secret : secrets) {
            String base64 = secret.reveal().substring(SigningSecret.PREFIX.length());
            assertThat(files)
                    .doesNotContain(base64)
                    .doesNotContain(text(Base64.getDecoder().decode(base64)));
        }
        assertThat(files).contains(endpoint.id().value()).doesNotContain(HEADER);
    }

    private List<String> allSealedBy(int key) {
        return List.of(
                "webhook_endpoints " + key,
                "webhook_events " + key,
                "webhook_deliveries " + key,
                "webhook_standings " + key);
    }

    private List<String> sealedBy() throws SQLException {
        List<String> rows = new ArrayList<>();
        for (String table : List.of("webhook_endpoints", "webhook_events", "webhook_deliveries", "webhook_standings")) {
            rows.addAll(jdbc().rows("SELECT DISTINCT '" + table + "', sealed_by FROM " + table));
        }
        return rows;
    }

    private byte[] contentOf(Endpoint one) throws SQLException {
        String hex = jdbc().rows("SELECT hex(content), '' FROM webhook_endpoints WHERE id = '" + one.id() + "'")
                .getFirst();
        return HexFormat.of().parseHex(hex.strip());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private DatabaseBeside jdbc() {
        return new DatabaseBeside(directory);
    }

    /** What the database's files together say. */
    private String files() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                if (file.getFileName().toString().startsWith("daveloper.db")) {
                    all.append(text(Files.readAllBytes(file)));
                }
            }
        }
        return all.toString();
    }

    private EmbeddedStores open(String... keys) {
        return opener.open(EmbeddedStoresConfig.in(directory, clock).with(TestStores.keys(keys)));
    }
}
