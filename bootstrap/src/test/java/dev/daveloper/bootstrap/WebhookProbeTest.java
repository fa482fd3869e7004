package dev.daveloper.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.health.out.HealthProbe.Finding;
import dev.daveloper.application.webhooks.in.Webhooks.Overview;
import dev.daveloper.domain.health.Status;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WebhookProbeTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final WebhookProbe probe = new WebhookProbe(InstantSource.fixed(NOW));

    private Finding check(int disabled, int leftAlone, long waiting, Optional<Instant> oldest) {
        probe.ask(() -> new Overview(4, disabled, leftAlone, 1, waiting, oldest));
        return probe.check();
    }

    @Test
    void all_is_well_before_there_is_anything_to_ask() {
        assertThat(probe.check()).isEqualTo(Finding.PASS);
        assertThat(probe.vital()).isFalse();
    }

    @Test
    void a_receiver_that_is_left_alone_for_a_while_is_no_matter_of_the_gateway() {
        assertThat(check(0, 2, 900, Optional.of(NOW.minusSeconds(20)))).isEqualTo(Finding.PASS);
        assertThat(check(0, 0, 0, Optional.empty())).isEqualTo(Finding.PASS);
    }

    @Test
    void endpoints_that_nobody_disabled_are_told_of() {
        Finding finding = check(1, 0, 0, Optional.empty());

        assertThat(finding.status()).isEqualTo(Status.WARN);
        assertThat(finding.detail()).startsWith("1 of 4 endpoints");
    }

    @Test
    void deliveries_that_do_not_get_their_turn_are_told_of() {
        assertThat(check(0, 0, 12, Optional.of(NOW.minus(WebhookProbe.OLD).plusMillis(1)))
                        .status())
                .isEqualTo(Status.PASS);
        Finding finding = check(0, 0, 12, Optional.of(NOW.minus(WebhookProbe.OLD)));

        assertThat(finding.status()).isEqualTo(Status.WARN);
        assertThat(finding.detail()).isEqualTo("The oldest of 12 deliveries is due since 5 minutes.");
    }
}
