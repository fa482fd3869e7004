package dev.daveloper.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daveloper.application.health.out.HealthProbe.Finding;
import dev.daveloper.domain.health.ErrorClass;
import dev.daveloper.domain.health.Status;
import dev.daveloper.embedded.SpaceProbe.Space;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpaceProbeTest {
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;

    @TempDir
    Path folder;

    private static Finding with(long free, long total) {
        return new SpaceProbe("disk:data", () -> new Space(free, total), SpaceLimits.DEFAULT).check();
    }

    @Test
    void less_than_a_tenth_or_a_gibibyte_is_warned_of_and_less_than_a_hundred_mebibytes_is_a_failure() {
        assertThat(with(50 * GIB, 100 * GIB)).isEqualTo(Finding.PASS);
        assertThat(with(9 * GIB, 100 * GIB).status()).isEqualTo(Status.WARN);
        assertThat(with(GIB - 1, 2 * GIB))
                .isEqualTo(Finding.warning(ErrorClass.FULL, "Only 1023 of 2048 MiB are left."));
        assertThat(with(99 * MIB, 2 * GIB))
                .isEqualTo(Finding.failing(ErrorClass.FULL, "Only 99 of 2048 MiB are left."));
    }

    @Test
    void the_volume_of_a_folder_is_looked_at() {
        SpaceProbe probe = SpaceProbe.of("data", folder, new SpaceLimits(0, 0, 0));
        assertThat(probe.component()).isEqualTo("disk:data");
        assertThat(probe.vital()).isFalse();
        assertThat(probe.check()).isEqualTo(Finding.PASS);
        assertThat(SpaceProbe.of("data", folder, new SpaceLimits(0, 0, Long.MAX_VALUE))
                        .check()
                        .status())
                .isEqualTo(Status.FAIL);
    }

    @Test
    void what_cannot_be_looked_at_is_a_warning() {
        SpaceProbe probe = new SpaceProbe(
                "disk:data",
                () -> {
                    throw new IOException("gone");
                },
                SpaceLimits.DEFAULT);
        assertThat(probe.check().status()).isEqualTo(Status.WARN);
        assertThat(probe.check().detail()).doesNotContain("gone");
    }

    @Test
    void limits_that_cannot_be_are_refused() {
        assertThatThrownBy(() -> new SpaceLimits(101, 0, 0)).hasMessageContaining("101");
        assertThatThrownBy(() -> new SpaceLimits(10, -1, 0)).hasMessageContaining("-1");
        assertThatThrownBy(() -> new SpaceLimits(10, 0, -2)).hasMessageContaining("-2");
    }
}
