package dev.daveloper.embedded.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.webhooks.out.DeliveryQueue;
import dev.daveloper.application.webhooks.out.DeliveryQueue.Claim;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.chat.RunRef;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.webhooks.DeliveryId;
import dev.daveloper.domain.webhooks.DeliveryState;
import dev.daveloper.domain.webhooks.Endpoint;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.WebhookEvent;
import dev.daveloper.embedded.EmbeddedStores;
import dev.daveloper.embedded.TestStores;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a process that is killed was answered for is there afterwards, whatever it was about. */
@Timeout(120)
class KilledWebhooksTest {
    private static final int BEFORE_THE_KILL = 200;
    private static final int ALL = 1_000_000;

    private static final Pattern WHOLE = Pattern.compile(
            "(begun|ended) \\S+ \\S+ \\S+ dlv_\\w{26}|handed dlv_\\w{26}|(claimed|settled) dlv_\\w{26} \\d+");

    @TempDir
    Path directory;

    @RegisterExtension
    final TestStores opener = new TestStores();

    /** What was said, by its first word: of each line the other words. */
    private final Map<String, List<String[]>> said = new HashMap<>();

    private Process gateway;
    private EmbeddedStores stores;

    @BeforeEach
    void killInTheMidst() throws Exception {
        gateway = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DoomedWebhooks.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = gateway.inputReader()) {
            while (lines("settled").size() < BEFORE_THE_KILL) {
                note(lines.readLine());
            }
            // By its handle: the process object would close the pipe, and what is left in it counts.
            gateway.toHandle().destroyForcibly();
            noteTheRest(lines);
        }
        gateway.onExit().join();
        stores = opener.open(Optional.of(directory), InstantSource.system());
    }

    @AfterEach
    void stop() {
        gateway.destroyForcibly().onExit().join();
    }

    @Test
    void a_run_has_ended_if_and_only_if_it_is_told_of() {
        Set<String> told = stores.outbox().waiting(ALL).stream()
                .map(event -> event.id().value())
                .collect(Collectors.toCollection(HashSet::new));
        Set<String> ended = new HashSet<>();
        for (String[] run : lines("begun")) {
            stores.deliveryQueue()
                    .find(new DeliveryId(run[3]))
                    .ifPresent(known -> told.add(known.event().id().value()));
            if (answered(run)) {
                ended.add(run[2]);
            }
        }

        assertThat(ended).isEqualTo(told);
        assertThat(ended).containsAll(lines("ended").stream().map(run -> run[2]).toList());
    }

    @Test
    void what_was_handed_on_is_not_in_the_outbox_and_what_was_not_has_no_delivery() {
        Set<DeliveryId> outgoing = new HashSet<>();
        for (WebhookEvent event : stores.outbox().waiting(ALL)) {
            outgoing.add(DeliveryId.of(event, endpoint()));
        }

        assertThat(lines("handed")).hasSizeGreaterThanOrEqualTo(BEFORE_THE_KILL).allSatisfy(handed -> {
            assertThat(stores.deliveryQueue().find(new DeliveryId(handed[0]))).isPresent();
            assertThat(outgoing).doesNotContain(new DeliveryId(handed[0]));
        });
        assertThat(outgoing)
                .allSatisfy(delivery ->
                        assertThat(stores.deliveryQueue().find(delivery)).isEmpty());
    }

    @Test
    void what_was_claimed_is_attempted_again_and_what_was_settled_stays_so() {
        Set<String> settled = lines("settled").stream().map(line -> line[0]).collect(Collectors.toSet());
        List<DeliveryQueue.Known> sending = new ArrayList<>();
        int settledUnsaid = 0;
        for (String[] claimed : lines("claimed")) {
            DeliveryQueue.Known known =
                    stores.deliveryQueue().find(new DeliveryId(claimed[0])).orElseThrow();
            assertThat(known.delivery().state()).isInstanceOf(DeliveryState.Waiting.class);
            if (settled.contains(claimed[0])) {
                assertThat(known.attempts())
                        .extracting(attempt -> attempt.number())
                        .containsExactly(1);
            } else if (known.attempts().isEmpty()) {
                sending.add(known);
            } else {
                settledUnsaid++;
            }
        }

        assertThat(settledUnsaid).as("killed between the deed and the word").isLessThanOrEqualTo(1);
        assertThat(sending).hasSizeGreaterThan(BEFORE_THE_KILL / 2);
        List<Claim> due = stores.deliveryQueue()
                .claim(endpoint(), ALL, OptionalInt.empty(), Instant.now(), Duration.ofMinutes(1));
        assertThat(due).extracting(Claim::number).containsOnly(1);
        assertThat(due)
                .extracting(Claim::id)
                .containsAll(
                        sending.stream().map(known -> known.delivery().id()).toList());
    }

    @Test
    void the_endpoint_is_there_with_its_secrets() {
        assertThat(stores.webhookStore().all()).extracting(Endpoint::id).containsExactly(endpoint());
    }

    private boolean answered(String[] run) {
        return stores.runStore()
                .find(new RunRef(new SessionId(run[0]), new RunId(run[1])))
                .orElseThrow()
                .answer()
                .isPresent();
    }

    private EndpointId endpoint() {
        return new EndpointId(lines("endpoint").getFirst()[0]);
    }

    private List<String[]> lines(String about) {
        return said.getOrDefault(about, List.of());
    }

    private void note(String line) {
        String[] words = line.split(" ", 2);
        said.computeIfAbsent(words[0], about -> new ArrayList<>()).add(words[1].split(" ", -1));
    }

    /** The last line of all may have been cut short by the kill. */
    private void noteTheRest(BufferedReader lines) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (WHOLE.matcher(line).matches()) {
                note(line);
            }
        }
    }
}
